"""Handing over: the successors of somebody who leaves or moves, all proposed in one transaction or none (A6, A9)."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid
from roles import terms
from roles.actions.assignments import end_assignment, propose_assignment
from roles.models import Assignment, Person
from roles.queries import handover


@transaction.atomic
def hand_over(
    person: Person, *, successors: Mapping[int, Person], starts_on: date, reason: str, actor
) -> list[Assignment]:
    """Propose each successor (by the id of the seat) from `starts_on`. What stands in the way is said at its row (`seat_<id>`).

    The holder of a one-holder role stops when the successor is approved; any other seat of somebody who stays ends the day before."""
    require(actor, "roles.person.hand_over", person)
    person = Person.objects.select_for_update(of=("self",)).select_related("manager").get(pk=person.pk)
    rows = {row.seat.pk: row for row in handover.rows(person, clock.today())}
    made = []
    for pk, successor in successors.items():
        try:
            made.append(_proposed(rows.get(pk), person, successor, starts_on, reason, actor))
        except Invalid as error:
            raise Invalid(error.message, error.field if error.field == "starts_on" else f"seat_{pk}") from error
    if not made:
        raise Invalid(_("Nothing is chosen yet. Choose a successor for at least one role."))
    names = "; ".join(f"{each.role}: {each.person}" for each in made)
    events.record("person.handed_over", actor=actor, subject=person, what=names, reason=reason)
    return made


def _proposed(
    row: handover.Row | None, person: Person, successor: Person, starts_on: date, reason: str, actor
) -> Assignment:
    if row is None:
        raise Invalid(_("This is not held any more. Read the page again."))
    if row.hurdle:
        raise Invalid(row.hurdle)
    if successor.pk == person.pk:
        raise Invalid(_("Choose somebody else: it is handed over by this person."))
    seat = row.seat
    way = "external" if successor.is_outside else "internal"
    made = propose_assignment(
        role=seat.role, person=successor, actor=actor, area=seat.area, seat=seat.seat, filled_as=way, starts_on=starts_on, reason=reason
    )  # fmt: skip
    _end_own(seat, starts_on, actor, made)
    return made


def _end_own(seat: Assignment, starts_on: date, actor, made: Assignment) -> None:
    """A seat that the approval does not end by itself ends here, unless it ends before anyway."""
    ends_by_approval = seat.seat == "primary" and seat.single_holder
    last_day = terms.day_before(starts_on)
    if ends_by_approval or (seat.ends_on is not None and seat.ends_on <= last_day) or seat.starts_on > last_day:
        return
    why = _("Handed over to %(person)s.") % {"person": made.person}
    end_assignment(seat, actor=actor, last_day=last_day, reason=why)
