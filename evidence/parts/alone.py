"""What is printed while the organisation had no two deciding people: exceptions for the only approver, and successors whom the board
appointed because nobody was left to approve (design rule 1, decision 9)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.parts.part import Part
from ismsroles.core import clock
from roles.models import ApproverException, Assignment
from roles.policy import exceptions

Row = dict[str, Any]


def read(day: date) -> Row:
    """Nothing at all where two people always decided."""
    found = {"exceptions": _exceptions(day), "appointed": _appointed()}
    return {name: rows for name, rows in found.items() if rows}


def _exceptions(day: date) -> list[Row]:
    """The one in force, and every earlier one under which something was decided that still counts."""
    rows = [row for row in exceptions.recorded() if row.starts_on <= day]
    used = rows and set(Assignment.objects.current(day).exclude(exception=None).values_list("exception_id", flat=True))
    return [_exception(row, day) for row in rows if row.is_current(day) or row.pk in used]


def _exception(row: ApproverException, day: date) -> Row:
    ended = row.ended_at and row.ended_at.astimezone(clock.zone()).date().isoformat()
    return {
        "id": row.pk, "approver": row.approver.name, "since": row.starts_on.isoformat(), "until": ended or row.ends_on.isoformat(),
        "in_force": row.is_current(day), "reason": row.reason, "control": row.control, "board_date": row.board_date.isoformat(),
        "reference": row.board_reference, "recorded_by": row.recorded_by.name,
    }  # fmt: skip


def _appointed() -> list[Row]:
    rows = [term for term in exceptions.approving_terms() if term.is_succession]
    return [
        {
            "id": row.pk, "person": row.person.name, "role": row.role.title, "board_date": row.founding_date.isoformat(),
            "reference": row.founding_reference, "recorded_by": row.proposed_by.name, "recorded_on": row.starts_on.isoformat(),
        }
        for row in rows
    ]  # fmt: skip


def changes(was: Row | None, now: Row | None) -> Iterable[Row]:
    """A new exception, one that ended, and an appointment by the board are changes of who may decide."""
    old, new = was or {}, now or {}
    before = {row["id"] for row in old.get("exceptions", []) if row["in_force"]}
    after = {row["id"]: row["approver"] for row in new.get("exceptions", []) if row["in_force"]}
    label = _("Exception for the only approver")
    names = {row["id"]: row["approver"] for row in old.get("exceptions", [])}
    yield from (
        {"kind": "added", "what": label, "role": None, "detail": name} for pk, name in after.items() if pk not in before
    )
    yield from (
        {"kind": "removed", "what": label, "role": None, "detail": names[pk]} for pk in sorted(before - set(after))
    )
    known = {row["id"] for row in old.get("appointed", [])}
    for row in new.get("appointed", []):
        if row["id"] not in known:
            detail = _("%(person)s, %(role)s") % row
            yield {"kind": "added", "what": _("Approver appointed by the board"), "role": None, "detail": detail}


PART = Part(
    key="alone",
    read=read,
    after="approvals",
    title=gettext_lazy("Decided by fewer than two"),
    lead=gettext_lazy(
        "Nobody decides on what they proposed. Where the organisation was too small for that, it stands here."
    ),
    changes=changes,
)
