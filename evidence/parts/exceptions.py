"""Exceptions from segregation of duties that cover the day: printed in every document while they last (A5; design rule 8)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.parts.part import Part
from ismsroles.core import clock
from roles.queries.separation import standing_exceptions


def _read(day: date) -> list[dict[str, Any]]:
    return [
        {
            "id": one.pk,
            "person": one.person.name,
            "rule": str(one.rule),
            "why": one.rule.why,
            "control": one.control,
            "since": one.starts_on.isoformat(),
            "until": one.ends_on.isoformat(),
            "approved_by": one.decided_by.name,
            "approved_as": one.decided_by_role,
            "approved_on": one.decided_at.astimezone(clock.zone()).date().isoformat(),
        }
        for one in standing_exceptions(day)
    ]


def _changes(was: Any, now: Any) -> Iterable[dict[str, Any]]:
    before, after = ({row["id"]: row for row in rows or []} for rows in (was, now))
    for pk, row in after.items():
        if pk not in before:
            yield _row("added", row, _("New exception from segregation of duties: %(rule)s."))
        elif before[pk] != row:
            yield _row("changed", row, _("Changed exception from segregation of duties: %(rule)s."))
    for pk, row in before.items():
        if pk not in after:
            yield _row("removed", row, _("No exception from segregation of duties any more: %(rule)s."))


def _row(kind: str, row: dict[str, Any], sentence: str) -> dict[str, Any]:
    return {"kind": kind, "what": row["person"], "role": None, "detail": sentence % {"rule": row["rule"]}}


PART = Part(
    key="exceptions",
    read=_read,
    after="approvals",
    title=gettext_lazy("Exceptions from segregation of duties"),
    lead=gettext_lazy("Who may for a time unite what a rule keeps apart, under which compensating control."),
    changes=_changes,
)
