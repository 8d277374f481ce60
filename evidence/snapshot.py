"""The register as it is now, as the canonical JSON that is frozen, signed and printed (coverage D1; design §7).

A fixed number of queries, however large the register is. The shape is `roles-document/1`."""

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evidence.changes import changes_between
from evidence.earlier import KIND, history, last_signed, new_logins
from evidence.parts import PARTS
from ismsroles.core import clock, findings, scope
from ismsroles.core.models import Organisation
from ismsroles.core.shown import canonical
from roles.clauses import CLAUSES
from roles.models import Assignment
from roles.queries.held import MUST_BE_HELD, HeldRole, held_roles
from roles.queries.register import last_day_of
from roles.terms import a_year_after

SCHEMA = "roles-document/1"


def title() -> str:
    """What the document is called."""
    return _("Information security roles and responsibilities")


def build(number: str, summary: str, *, prepared_by: str = "") -> bytes:
    """The snapshot of this moment, in its one canonical form."""
    return canonical(content(number, summary, prepared_by=prepared_by))


def content(number: str, summary: str, *, prepared_by: str = "") -> dict[str, Any]:
    """The snapshot of this moment as a dictionary; the register is read once for all of it."""
    with scope.opened():
        return _content(number, summary, prepared_by)


def _content(number: str, summary: str, prepared_by: str) -> dict[str, Any]:
    day, last = clock.today(), last_signed()
    now = register(day) | {"organisation": _organisation()}
    return now | {
        "schema": SCHEMA,
        "document": _document(number, summary, day, prepared_by),
        "history": history(KIND),
        "changes": changes_between(last, now) if last else [],
        "founding": _founding(),
        "open_points": [_point(found) for found in open_points(day)],
        "new_logins": new_logins(last),
        "signers": [],
    }


def register(day: date) -> dict[str, Any]:
    """What the register itself says on this day: the part in which two versions can differ."""
    rows = _superiors_first(held_roles(day))
    return {
        "clause_53": [_clause(code, rows) for code in MUST_BE_HELD],
        "roles": [_role(held) for held in rows],
        "approvals": [_approval(seat) for held in rows for seat in [*held.holders, *held.members, *held.deputies]],
    } | {part.key: value for part in PARTS if (value := part.read(day))}


def open_points(day: date) -> list[findings.Finding]:
    """What is wrong today and will be printed; what is wrong with the document itself, its next version mends.
    What an auditor asks is between them and the organisation."""
    return [found for found in findings.current(day) if not found.rule.startswith(("D3", "D4", "OPS"))]


def _organisation() -> dict[str, str]:
    found = Organisation.current()
    return {
        "name": found.name,
        "legal_name": found.legal_name or found.name,
        "accent": found.accent,
        "time_zone": found.time_zone,
        "language": (get_language() or "en").split("-")[0],
        "scope": found.scope,
    }


def _document(number: str, summary: str, day: date, prepared_by: str) -> dict[str, str]:
    found = Organisation.current()
    return {
        "title": title(),
        "number": found.document_number,
        "classification": found.classification,
        "distribution": found.distribution,
        "version": number,
        "summary": summary,
        "owner": _owner(day) or prepared_by,
        "frozen_at": clock.now().astimezone(clock.UTC).isoformat(timespec="seconds"),
        "next_review": a_year_after(day).isoformat(),
        "policy": found.policy_title,
    }


def _owner(day: date) -> str:
    """The information security manager of today, with the title of the role."""
    kept = [
        (a.person.name, held.role.title) for held in held_roles(day) if held.role.persona == "ism" for a in held.holders
    ]
    return ", ".join(kept[0]) if kept else ""


def _clause(code: str, rows: list[HeldRole]) -> dict[str, Any]:
    held_by = [
        {"person": seat.person.name, "role": held.role.pk, "since": seat.starts_on.isoformat()}
        for held in rows
        if code in held.role.clauses
        for seat in held.holders
    ]
    return {"clause": code, "text": str(CLAUSES[code]), "held_by": held_by}


def _superiors_first(rows: list[HeldRole]) -> list[HeldRole]:
    above = {held.role.pk: held.role.reports_to_id for held in rows}

    def depth(pk: int) -> int:
        steps = 0
        while (pk := above.get(pk)) in above and steps < len(above):
            steps += 1
        return steps

    return sorted(rows, key=lambda held: (depth(held.role.pk), held.role.title.casefold(), held.role.pk))


def _role(held: HeldRole) -> dict[str, Any]:
    role = held.role
    return {
        "id": role.pk,
        "title": role.title,
        "kind": role.kind,
        "area": role.area.name if role.area else "",
        "reports_to": role.reports_to_id,
        "purpose": role.purpose,
        "clauses": list(role.clauses),
        "persona": role.persona,
        "competences": role.competence_lines,
        "responsibilities": [{"id": duty.pk, "text": duty.text} for duty in held.duties],
        "authorities": [_authority(held, row) for row in held.authorities],
        "holders": [_seat(seat) for seat in held.holders],
        "deputies": [_seat(seat) for seat in held.deputies],
        "vacant_since": _iso(held.vacant_since),
    }


def _authority(held: HeldRole, row) -> dict[str, Any]:
    return {"text": row.text, "limit_kind": row.limit_kind, "limit": row.limit, "serves": held.serves.get(row.pk, [])}


def _seat(seat: Assignment) -> dict[str, Any]:
    person = seat.person
    return {
        "name": person.name,
        "since": seat.starts_on.isoformat(),
        "until": _iso(last_day_of(seat)),
        "filled_as": seat.filled_as,
        "outside": (person.employer or str(person.get_kind_display())) if person.is_outside else "",
        "area": seat.area.name if seat.area and seat.area_id != seat.role.area_id else "",
        "approved_by": _decider(seat),
        "approved_on": _iso(
            seat.founding_date or (seat.decided_at and seat.decided_at.astimezone(clock.zone()).date())
        ),
    }


def _approval(seat: Assignment) -> dict[str, Any]:
    moment = seat.decided_at or seat.proposed_at
    return {
        "role": seat.role_id,
        "person": seat.person.name,
        "seat": seat.seat,
        "proposed_by": seat.proposed_by.name,
        "decided_by": _decider(seat),
        "decided_at": moment.astimezone(clock.UTC).isoformat(timespec="seconds"),
    } | ({"exception": seat.exception_id} if seat.exception_id else {})


def _decider(seat: Assignment) -> str:
    if seat.by_board:
        return _("The board (%(reference)s)") % {"reference": seat.founding_reference}
    return seat.decided_by.name if seat.decided_by else ""


def _founding() -> dict[str, str] | None:
    """The first approver, by decision of the board: printed in every document (design rule 1)."""
    seat = Assignment.objects.filter(is_founding=True).select_related("person", "role", "proposed_by").first()
    if seat is None:
        return None
    return {
        "person": seat.person.name,
        "role": seat.role.title,
        "board_date": seat.founding_date.isoformat(),
        "reference": seat.founding_reference,
        "recorded_by": seat.proposed_by.name,
        "recorded_at": seat.proposed_at.astimezone(clock.UTC).isoformat(timespec="seconds"),
    }


def _point(found: findings.Finding) -> dict[str, str]:
    return {
        "severity": found.severity,
        "text": " ".join(filter(None, [found.sentence, found.detail])),
        "clause": found.clause,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
