"""Exactly what a decider is shown of a proposal; its fingerprint is what they decide on (design rule 2)."""

from django.utils.translation import gettext as _

from ismsroles.core import clock
from roles import checks, terms
from roles.models import Assignment


def shown(assignment: Assignment) -> dict[str, str]:
    """Label → text of everything that matters for the decision, as it is now."""
    role = assignment.role
    return {
        _("Role"): str(role),
        _("As"): str(assignment.get_seat_display()),
        _("Person"): f"{assignment.person} ({assignment.person.get_kind_display()})",
        _("Job title"): assignment.person.job_title or "–",
        _("Area"): str(assignment.area or _("whole organisation")),
        _("Term"): term(assignment),
        _("Filled by"): str(assignment.get_filled_as_display()),
        _("Why this person"): assignment.reason or "–",
        _("Proposed by"): str(assignment.proposed_by),
        _("Must then"): "\n".join(role.responsibilities.values_list("text", flat=True)) or "–",
        _("May then"): "\n".join(str(row) for row in role.authorities.all()) or "–",
    }


def changes(assignment: Assignment) -> list[tuple[str, str, str]]:
    """(label, now, if approved) rows: the difference that an approval makes."""
    fields = shown(assignment)
    rows = [(str(assignment.get_seat_display()).capitalize(), _now_in_seat(assignment), str(assignment.person))]
    for earlier in checks.predecessors(assignment):
        last = terms.day_before(assignment.starts_on).isoformat()
        rows.append(
            (_("Term of %(person)s") % {"person": earlier.person}, term(earlier), _("ends on %(day)s") % {"day": last})
        )
    return rows + [
        (label, "", fields[label]) for label in (_("Term"), _("Area"), _("Filled by"), _("Must then"), _("May then"))
    ]


def term(assignment: Assignment) -> str:
    """The term in words."""
    if assignment.ends_on is None:
        return _("from %(start)s, without an end") % {"start": assignment.starts_on.isoformat()}
    return _("%(start)s to %(end)s") % {
        "start": assignment.starts_on.isoformat(),
        "end": assignment.ends_on.isoformat(),
    }


def _now_in_seat(assignment: Assignment) -> str:
    seats = Assignment.objects.current(clock.today()).filter(
        role=assignment.role, area=assignment.area, seat=assignment.seat
    )
    names = [str(a.person) for a in seats.select_related("person")]
    return ", ".join(names) or _("vacant")
