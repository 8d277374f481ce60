"""What must be true of an assignment when it is proposed and again when it is approved (design rules 3 and 4).

Upper apps add checks of a proposal with `also`: segregation of duties, competence."""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ismsroles.core.errors import Invalid
from roles.models import Assignment

_more: list[Callable[[Assignment, date], None]] = []


def also(check: Callable[[Assignment, date], None]) -> Callable[[Assignment, date], None]:
    """The decorated function refuses, by raising, a proposal that cannot be."""
    _more.append(check)
    return check


def refuse_unfit(assignment: Assignment, today: date) -> None:
    """Raises Invalid with the first thing that stands in the way."""
    _role_can_be_held(assignment)
    _person_is_there(assignment, today)
    _term_fits(assignment, today)
    _seat_is_free(assignment)
    for check in _more:
        check(assignment, today)


def predecessors(assignment: Assignment) -> QuerySet[Assignment]:
    """Holders of a one-holder role whose term ends the day before this one begins."""
    if assignment.seat != "primary" or not assignment.single_holder:
        return Assignment.objects.none()
    return (
        _same_role(assignment)
        .filter(seat="primary", starts_on__lt=assignment.starts_on)
        .select_related("person", "role")
    )


def _same_role(assignment: Assignment) -> QuerySet[Assignment]:
    same = Assignment.objects.approved().filter(role=assignment.role, area=assignment.area).exclude(pk=assignment.pk)
    return same.overlapping(assignment.starts_on, assignment.ends_on)


def _role_can_be_held(assignment: Assignment) -> None:
    role = assignment.role
    if role.state != "active":
        raise Invalid(_("%(role)s is not in force. Put it in force first.") % {"role": role}, "role")
    if role.kind == "everyone":
        raise Invalid(_("Everybody holds %(role)s. It needs no assignment.") % {"role": role}, "role")


def _person_is_there(assignment: Assignment, today: date) -> None:
    person = assignment.person
    if not person.is_current(today):
        raise Invalid(
            _("%(person)s is not with the organisation today. Choose somebody who is.") % {"person": person}, "person"
        )


def _term_fits(assignment: Assignment, today: date) -> None:
    person, words = assignment.person, {"person": assignment.person, "day": assignment.person.last_day}
    if assignment.ends_on is not None and assignment.ends_on < assignment.starts_on:
        raise Invalid(_("The last day is before the first day."), "ends_on")
    if assignment.ends_on is not None and assignment.ends_on < today:
        raise Invalid(_("The term is over already. Choose a last day from today on, or none."), "ends_on")
    if person.last_day is not None and (assignment.ends_on is None or assignment.ends_on > person.last_day):
        raise Invalid(_("%(person)s leaves on %(day)s. Choose a last day until then.") % words, "ends_on")
    if person.starts_on is not None and assignment.starts_on < person.starts_on:
        raise Invalid(_("%(person)s was not there yet on that first day.") % words, "starts_on")


def _seat_is_free(assignment: Assignment) -> None:
    words = {"person": assignment.person, "role": assignment.role}
    if _same_role(assignment).filter(person=assignment.person).exists():
        raise Invalid(
            _("%(person)s holds or deputises %(role)s in that time already. A deputy is never the holder.") % words,
            "person",
        )
    waiting = Assignment.objects.pending().filter(role=assignment.role, person=assignment.person, area=assignment.area)
    if (
        assignment.state == "proposed"
        and waiting.exclude(pk=assignment.pk).overlapping(assignment.starts_on, assignment.ends_on).exists()
    ):
        raise Invalid(
            _("%(person)s is proposed for %(role)s already. Wait for that decision, or withdraw it.") % words, "person"
        )
    if assignment.seat == "primary" and assignment.single_holder:
        later = (
            _same_role(assignment)
            .filter(seat="primary", starts_on__gte=assignment.starts_on)
            .select_related("person")
            .first()
        )
        if later is not None:
            words |= {"other": later.person, "day": later.starts_on}
            raise Invalid(
                _("%(other)s holds %(role)s from %(day)s. Choose a term that ends before.") % words, "starts_on"
            )
