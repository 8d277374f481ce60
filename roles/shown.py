"""Exactly what a decider is shown of a proposal; its fingerprint is what they decide on (design rule 2)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ismsroles.core import clock
from roles import checks, conflicts, terms
from roles.models import Assignment
from roles.policy import exceptions

Row = tuple[str, str | list[str], str | list[str]]


def shown(assignment: Assignment) -> dict[str, str]:
    """Label → text of everything that matters for the decision, as it is now: what was proposed, and what an approval changes."""
    fields = {
        _("Role"): str(assignment.role),
        _("Person"): f"{assignment.person} ({assignment.person.get_kind_display()})",
        _("Job title"): assignment.person.job_title or "–",
        _("Why this person"): assignment.reason or "–",
        _("Proposed by"): str(assignment.proposed_by),
    }
    if known := conflicts.shown_conflicts(assignment, clock.today()):
        fields |= {_("Conflicts"): _text(known), _("Why nevertheless"): assignment.conflict_reason or "–"}
    for label, now, then in changes(assignment):
        fields[label] = _text(then)
        fields[_("%(label)s, now") % {"label": label}] = _text(now)
    return fields | {_("Must then"): _text(must(assignment)), _("May then"): _text(may(assignment))}


def changes(assignment: Assignment) -> list[Row]:
    """(label, now, if approved) rows: the difference that an approval makes."""
    seat = str(assignment.get_seat_display()).capitalize()
    rows: list[Row] = [(seat, *_seat(assignment)), *_ended(assignment)]
    if assignment.team is not None:
        rows.append((_("Team"), "", str(assignment.team)))
    if assignment.seat == "primary":
        rows += _deputies(assignment)
    return [*rows, (_("Term"), "", term(assignment)), *_circumstances(assignment)]


def must(assignment: Assignment) -> list[str]:
    """What the person must do then."""
    return list(assignment.role.responsibilities.values_list("text", flat=True))


def may(assignment: Assignment) -> list[str]:
    """What the person may decide then, up to which limit."""
    return [str(row) for row in assignment.role.authorities.all()]


def term(assignment: Assignment) -> str:
    """The term in words."""
    start = terms.in_words(assignment.starts_on)
    if assignment.ends_on is None:
        return _("from %(start)s, without an end") % {"start": start}
    return _("%(start)s to %(end)s") % {"start": start, "end": terms.in_words(assignment.ends_on)}


def _seat(assignment: Assignment) -> tuple[list[str], list[str]]:
    """Who sits there now, and who will once it is approved and has begun."""
    now = _names(assignment, assignment.seat)
    leaving = _leaving(assignment, assignment.seat)
    stay = [name for name in now if name not in leaving]
    return now or [_("vacant")], [*stay, str(assignment.person)]


def _ended(assignment: Assignment) -> list[Row]:
    last = terms.in_words(terms.day_before(assignment.starts_on))
    return [
        (_("Term of %(person)s") % {"person": earlier.person}, term(earlier), _("ends on %(day)s") % {"day": last})
        for earlier in checks.predecessors(assignment)
    ]


def _deputies(assignment: Assignment) -> list[Row]:
    names, leaving = _names(assignment, "deputy"), _leaving(assignment, "deputy")
    return [(_("Deputy"), names, [name for name in names if name not in leaving] or [_("vacant")])] if names else []


def _leaving(assignment: Assignment, seat: str) -> set[str]:
    """Whose seat of this kind the approval ends."""
    return {str(earlier.person) for earlier in checks.predecessors(assignment) if earlier.seat == seat}


def _circumstances(assignment: Assignment) -> list[Row]:
    role = assignment.role
    area = str(assignment.area or _("whole organisation"))  # an approval moves the seat nowhere
    rows: list[Row] = [
        (_("Area"), area, area),
        (_("Filled by"), "", str(assignment.get_filled_as_display())),
    ]
    if role.persona:
        rows.append((_("Opens in this register"), "", str(role.get_persona_display())))
    alone = exceptions.for_own_proposal(assignment)
    if alone is not None:
        words = {"person": alone.approver, "day": terms.in_words(alone.ends_on)}
        rows.append(
            (_("Exception"), "", _("%(person)s proposed it and decides alone, as recorded until %(day)s") % words)
        )
    return rows


def _names(assignment: Assignment, seat: str) -> list[str]:
    seats = Assignment.objects.current(clock.today()).filter(role=assignment.role, area=assignment.area, seat=seat)
    return [str(a.person) for a in seats.select_related("person").order_by("starts_on", "pk")]


def _text(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)
