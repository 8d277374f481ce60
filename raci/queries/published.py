"""What of the matrix is published now: for each process the newest publication that names it. One statement."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from raci.models import Publication, PublishedActivity, PublishedGroup, canonical_letters


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
    found = {row[2].activity: row for row in map(_read, _newest().order_by("published_id", "pk"))}
    return {row.activity: row for _process, _place, row in sorted(found.values(), key=lambda each: each[:2])}


def published_groups() -> set[int]:
    """The processes that have ever been published, and therefore stand in the document."""
    return set(PublishedGroup.objects.values_list("group", flat=True))


def last_publication() -> Publication | None:
    return Publication.objects.first()


def _newest() -> QuerySet:
    newest = PublishedGroup.objects.order_by().values("group").annotate(newest=Max("pk")).values("newest")
    return PublishedActivity.objects.filter(published__in=newest).values_list(
        "published__position", "published_id", "position", "pk", "activity_id", "title", "note", "accountable_id", "others",
        "published__group_id", "published__name", "published__publication__published_at",
        "published__publication__published_by_name",
    )  # fmt: skip


def _read(row: tuple) -> tuple[tuple[int, int], tuple[int, int], PublishedRow]:
    """Where its process stands, where it stands in it, and the row."""
    activity, title, note, accountable, others, group, name, at, by = row[4:]
    letters = {int(role): letters for role, letters in others.items()}
    letters[accountable] = canonical_letters("A" + letters.get(accountable, ""))
    return row[:2], row[2:4], PublishedRow(activity, title, note, group, name, letters, at, by)
