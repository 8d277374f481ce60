"""What of an approved assignment is frozen into its letter: the canonical JSON that is printed and attached (coverage A4)."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.core.models import Organisation
from ismsroles.core.shown import canonical
from roles.letters import texts
from roles.models import Assignment, Authority

SCHEMA = "appointment-letter/1"


def build(assignment: Assignment) -> bytes:
    """The letter of this approved assignment, in its one canonical form."""
    return canonical(content(assignment, texts.in_force(assignment.seat)))


def content(assignment: Assignment, words: texts.Words) -> dict[str, Any]:
    """The letter with these words, as plain values: all that is printed is in here, and nothing else."""
    values = _values(assignment)
    return {
        "schema": SCHEMA,
        "organisation": organisation(),
        "title": texts.filled(words.title, values),
        "dated": _dated(assignment).isoformat(),
        "blocks": texts.blocks(words.body, values),
        "responsibilities": _responsibilities(assignment),
        "authorities": [_authority(row) for row in assignment.role.authorities.all()],
        "assignment": _assignment(assignment),
        "issued_at": clock.now().astimezone(clock.UTC).isoformat(timespec="seconds"),
    }


def in_words(day: date) -> str:
    """A day as a letter writes it: 22 November 2026."""
    return date_format(day, "j F Y", use_l10n=False)


def organisation() -> dict[str, str]:
    """Whose letter it is, and in which dress."""
    found = Organisation.current()
    return {
        "name": found.name,
        "legal_name": found.legal_name or found.name,
        "accent": found.accent,
        "time_zone": found.time_zone,
        "language": (get_language() or "en").split("-")[0],
        "classification": found.classification,
    }


def _values(assignment: Assignment) -> dict[str, str]:
    role = assignment.role
    return {
        "person": assignment.person.name,
        "role": role.title,
        "purpose": role.purpose,
        "area": str(assignment.area or _("the whole organisation")),
        "starts": in_words(assignment.starts_on),
        "ends": in_words(assignment.ends_on) if assignment.ends_on else _("further notice"),
        "reports_to": role.reports_to.title if role.reports_to else _("top management"),
        "holder": _names(assignment, "primary"),
        "deputy": _names(assignment, "deputy"),
        "team": str(assignment.team or _("no team")),
        "approver": _approver(assignment),
        "organisation": Organisation.current().name,
    }


def _names(assignment: Assignment, seat: str) -> str:
    """Who sits there while this term lasts, whoever is approved by now; those proposed with it will follow or not."""
    rows = Assignment.objects.approved().overlapping(assignment.starts_on, assignment.ends_on)
    rows = rows.filter(role=assignment.role, area=assignment.area, seat=seat).exclude(pk=assignment.pk)
    names = list(rows.order_by("starts_on", "pk").values_list("person__name", flat=True))
    return ", ".join(dict.fromkeys(names)) or _("nobody yet")


def _approver(assignment: Assignment) -> str:
    """Who approved, and as what; of the founding appointment, the board."""
    if assignment.is_founding:
        return _("The board (%(reference)s)") % {"reference": assignment.founding_reference}
    named = assignment.decided_by_person or assignment.decided_by
    return f"{named}, {assignment.decided_by_role}" if assignment.decided_by_role else str(named or "")


def _dated(assignment: Assignment) -> date:
    if assignment.is_founding:
        return assignment.founding_date
    return (assignment.decided_at or clock.now()).astimezone(clock.zone()).date()


def _responsibilities(assignment: Assignment) -> list[dict[str, Any]]:
    duties = assignment.role.responsibilities.prefetch_related("authorities")
    return [{"text": duty.text, "authorities": [_authority(row) for row in duty.authorities.all()]} for duty in duties]


def _authority(row: Authority) -> dict[str, str]:
    return {"text": row.text, "limit": row.limit}


def _assignment(assignment: Assignment) -> dict[str, Any]:
    named = assignment.decided_by_person or assignment.decided_by
    return {
        "id": assignment.pk,
        "person": assignment.person.name,
        "role": assignment.role.title,
        "seat": assignment.seat,
        "area": str(assignment.area or ""),
        "filled_as": assignment.filled_as,
        "starts_on": assignment.starts_on.isoformat(),
        "ends_on": assignment.ends_on.isoformat() if assignment.ends_on else None,
        "reason": assignment.reason,
        "proposed_by": str(assignment.proposed_by),
        "decided_by": _approver(assignment) if assignment.is_founding else str(named or ""),
        "decided_as": assignment.decided_by_role,
        "decided_at": assignment.decided_at.astimezone(clock.UTC).isoformat() if assignment.decided_at else None,
        "approved_sha256": assignment.seen_hash,
    }
