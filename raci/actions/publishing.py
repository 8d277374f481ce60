"""Publish the matrix, whole or process by process: exactly one accountable role a row, or nothing (design rule 6)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, scope
from ismsroles.core.access import require
from ismsroles.core.errors import InUse, Invalid, Stale
from ismsroles.core.shown import fingerprint
from raci.differences import differences
from raci.models import Activity, ActivityGroup, Publication, PublishedActivity, PublishedGroup
from raci.queries.picture import Picture, picture
from raci.queries.published import published_groups, published_rows


@transaction.atomic
def publish(groups: Iterable[int] | None, *, actor, seen: Mapping[int, str], note: str = "") -> Publication:
    """Put these processes (None: all of them) into force as they are drafted, and as they were shown (`seen`: process → fingerprint).

    Nobody writes in these rows meanwhile. The document prints what is published, so its sign-off by top management approves it."""
    require(actor, "raci.matrix.publish")
    chosen = _locked(groups)
    scope.forget()
    drafted = picture()
    if any(seen.get(group.pk) != shown(drafted, group.pk) for group in chosen):
        raise Stale(_("The draft changed while you were reading. Nothing was published. Read it again."))
    _refuse_not_one(drafted, {group.pk for group in chosen})
    if not changes_of(drafted, {group.pk for group in chosen}):
        raise Invalid(_("Nothing is new in what you chose, so there is nothing to publish."))
    act = Publication.objects.create(
        whole=groups is None, note=note, published_by=actor, published_by_name=actor.name, published_at=clock.now()
    )
    _write(act, chosen, drafted)
    what = _("all of it") if groups is None else ", ".join(group.name for group in chosen)
    events.record("matrix.published", actor=actor, subject=act, what=what, reason=note)
    scope.forget()
    return act


def shown(drafted: Picture, group: int) -> str:
    """The fingerprint of the rows of a process that would be published."""
    rows = [
        [row.pk, row.title, row.note, row.group, row.group_name, sorted(drafted.cells.get(row.pk, {}).items())]
        for row in drafted.rows.values()
        if row.group == group
    ]
    return fingerprint(rows)


def changes_of(drafted: Picture, groups: set[int]) -> list[Any]:
    """What would be new, in these processes."""
    return [each for each in differences(drafted, published_rows()) if each.group in groups]


def not_one_accountable(drafted: Picture, groups: set[int]) -> list[str]:
    """The rows that cannot be published, each with what is wrong."""
    found = []
    for row in drafted.rows.values():
        count = len(drafted.with_letter(row.pk, "A"))
        if row.group in groups and count != 1:
            words = {"activity": row.title, "count": count}
            found.append(_("%(activity)s: %(count)d accountable roles, exactly one is needed.") % words)
    return found


def publishable() -> list[ActivityGroup]:
    """Processes that have something to publish or something published, in their order."""
    ever = published_groups()
    return [group for group in ActivityGroup.objects.all() if not group.retired or group.pk in ever]


def _locked(groups: Iterable[int] | None) -> list[ActivityGroup]:
    rows = ActivityGroup.objects.select_for_update().order_by("pk")
    wanted = {group.pk for group in publishable()} & (set(groups) if groups is not None else _everything())
    chosen = sorted(rows.filter(pk__in=wanted), key=lambda group: (group.position, group.pk))
    if not chosen:
        raise Invalid(_("Choose at least one process to publish."), "groups")
    list(Activity.objects.select_for_update().filter(group__in=wanted).order_by("pk").values_list("pk"))
    return chosen


def _everything() -> set[int]:
    return set(ActivityGroup.objects.values_list("pk", flat=True))


def _refuse_not_one(drafted: Picture, groups: set[int]) -> None:
    if wrong := not_one_accountable(drafted, groups):
        raise InUse(_("Nothing was published. Each activity needs exactly one accountable role."), wrong)


def _write(act: Publication, chosen: list[ActivityGroup], drafted: Picture) -> None:
    kept = PublishedGroup.objects.bulk_create(
        PublishedGroup(publication=act, group=group, name=group.name, position=group.position) for group in chosen
    )
    by_group = {row.group_id: row for row in kept}
    rows = [row for row in drafted.rows.values() if row.group in by_group]
    PublishedActivity.objects.bulk_create(
        [_published(by_group[row.group], row, place, drafted) for place, row in enumerate(rows)], batch_size=200
    )


def _published(group: PublishedGroup, row, place: int, drafted: Picture) -> PublishedActivity:
    cells = drafted.cells[row.pk]
    (accountable,) = [role for role, letters in cells.items() if "A" in letters]
    others = {str(role): letters.replace("A", "") for role, letters in cells.items() if letters != "A"}
    return PublishedActivity(
        published=group, activity_id=row.pk, title=row.title, note=row.note, position=place, accountable_id=accountable,
        others=others,
    )  # fmt: skip
