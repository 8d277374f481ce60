"""What of the matrix is published now: for each process the newest publication that names it. One statement."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from raci.models import Publication, PublishedActivity, PublishedGroup


@dataclass(frozen=True)
class PublishedRow:
    """One row as it was published."""

    activity: int
    title: str
    note: str
    group: int
    group_name: str
    letters: dict[int, str]
    at: datetime
    by: str


def published_rows() -> dict[int, PublishedRow]:
    """Every published row by its activity, in the order of the matrix. One that moved to another process counts where it went."""
    found = {row.activity_id: row for row in _newest().order_by("published_id", "pk")}
    ordered = sorted(found.values(), key=lambda row: (row.published.position, row.published_id, row.position, row.pk))
    return {row.activity_id: _read(row) for row in ordered}


def published_groups() -> set[int]:
    """The processes that have ever been published, and therefore stand in the document."""
    return set(PublishedGroup.objects.values_list("group", flat=True))


def last_publication() -> Publication | None:
    return Publication.objects.first()


def _newest() -> QuerySet[PublishedActivity]:
    newest = PublishedGroup.objects.order_by().values("group").annotate(newest=Max("pk")).values("newest")
    return PublishedActivity.objects.filter(published__in=newest).select_related("published__publication")


def _read(row: PublishedActivity) -> PublishedRow:
    group, act = row.published, row.published.publication
    return PublishedRow(
        row.activity_id, row.title, row.note, group.group_id, group.name, row.letters, act.published_at,
        act.published_by_name,
    )  # fmt: skip
