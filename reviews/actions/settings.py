"""How each kind of thing is reviewed, and spreading the reviews of a year (V1)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Stale
from reviews.models import Earlier, Setting
from reviews.queries import year
from reviews.reviewable import Kind
from roles.actions import changes


@transaction.atomic
def change_setting(kind: Kind, *, actor, **values: Any) -> Setting:
    """Another interval (never longer than a year), another reviewer, others who are asked."""
    require(actor, "reviews.setting.keep")
    row = Setting.objects.select_for_update().filter(kind=kind.key).first() or Setting(kind=kind.key)
    if row.pk is None:
        values.pop("seen", None)
    if what := changes.apply(row, values):
        history.save(row, actor=actor)
        events.record("review.setting_changed", actor=actor, subject=None, kind=kind.label, what=what)
    return row


@transaction.atomic
def spread(*, actor, seen: str) -> int:
    """Move coming reviews to the earlier days that were shown; none to a later one."""
    require(actor, "reviews.spread")
    moves = year.spread(clock.today())
    if year.print_of(moves) != seen:
        raise Stale(
            _("The reviews of the year changed in the meantime. Look at the proposal again; nothing was moved.")
        )
    rows = [
        Earlier(subject_kind=move.coming.kind, subject_id=move.coming.subject, period=move.coming.period, due_on=move.to)
        for move in moves
    ]  # fmt: skip
    keys = {(row.subject_kind, row.subject_id, row.period): row for row in rows}
    there = {(row.subject_kind, row.subject_id, row.period): row for row in Earlier.objects.select_for_update()}
    again = [there[key] for key in keys if key in there]
    for row in again:
        row.due_on = keys[row.subject_kind, row.subject_id, row.period].due_on
    history.bulk_create([row for key, row in keys.items() if key not in there], Earlier, actor=actor)
    history.bulk_update(again, Earlier, ["due_on"], actor=actor)
    events.record("review.spread", actor=actor, subject=None, many=len(rows))
    return len(rows)
