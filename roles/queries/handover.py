"""What somebody who leaves or moves could hand over, and to whom (A6, A9): a fixed number of queries, however much it is."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from roles.holdings import Holding, holdings
from roles.models import Assignment, Delegation, Person
from roles.queries.register import last_day_of
from roles.terms import in_words

COLLEAGUES = 12


@dataclass
class Row:
    """One seat with who could take it, the best first; or why it cannot be handed over now."""

    seat: Assignment
    candidates: list[tuple[Person, str]] = field(default_factory=list)  # with why
    hurdle: str = ""

    @property
    def best(self) -> Person | None:
        return self.candidates[0][0] if self.candidates else None


def first_day(person: Person, day: date) -> date:
    """The day after the last day; tomorrow for who stays."""
    if person.last_day is None:
        return day + timedelta(days=1)
    return max(person.last_day + timedelta(days=1), day)


def rows(person: Person, day: date) -> list[Row]:
    """The seats that the person holds or will hold, each with its candidates."""
    seats = [seat for seat in _seats(person) if not _is_over(seat, day, person)]
    around, start = _around(seats, person), first_day(person, day)
    near = _near(person, start)
    return [_row(seat, around[seat.role_id, seat.area_id], near, start) for seat in seats]


def other_things(person: Person, day: date) -> list[Holding]:
    """What else they hold: each is handed over on its own page."""
    return [one for one in holdings([person.pk], day, None) if one.kind not in ("assignment", "delegation")]


def delegations_of(person: Person, day: date) -> list[Delegation]:
    """What they passed on and what was passed on to them, still to be carried out; also what their leaving ended. One query."""
    live = Q(ends_on__gte=day) | Q(cut_by_leaving=True, ends_on=person.last_day)
    rows = Delegation.objects.filter(live, Q(holder=person) | Q(delegate=person), state__in=["offered", "accepted"])
    return list(rows.select_related("role", "holder", "delegate").order_by("role__title", "pk"))


def _seats(person: Person) -> list[Assignment]:
    held = Assignment.objects.approved().filter(person=person).select_related("role", "area", "team", "person")
    return list(held.order_by("seat", "role__title", "pk"))


def _is_over(seat: Assignment, day: date, person: Person) -> bool:
    """Over before today; what the leaving itself ended is what there is to hand over, also after the last day."""
    if seat.ends_on is None or seat.ends_on >= day:
        return False
    return not (seat.cut_by_leaving and seat.ends_on == person.last_day)


def _around(seats: list[Assignment], person: Person) -> dict[tuple[int, int | None], list[Assignment]]:
    """Everybody else in these roles, approved or proposed."""
    found: dict[tuple[int, int | None], list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.filter(role__in={s.role_id for s in seats}, state__in=["approved", "proposed"])
    for other in rows.exclude(person=person).select_related("person", "person__area").order_by("starts_on", "pk"):
        found[other.role_id, other.area_id].append(other)
    return found


def _near(person: Person, start: date) -> list[tuple[Person, str]]:
    """People of the same line manager or area, then the line manager."""
    same_area = (
        Person.objects.current(start).filter(area=person.area_id).exclude(pk=person.pk) if person.area_id else []
    )
    close = list(same_area[:COLLEAGUES] if person.area_id else [])
    close.sort(
        key=lambda one: (one.last_day is not None, one.manager_id != person.manager_id)
    )  # who leaves too comes last
    found = [(one, _("same team") if one.manager_id == person.manager_id else _("same area")) for one in close]
    if person.manager is not None and person.manager.is_current(start):
        found.append((person.manager, _("line manager")))
    return found


def _row(seat: Assignment, others: list[Assignment], near: list[tuple[Person, str]], start: date) -> Row:
    if hurdle := _hurdle(seat, others, start):
        return Row(seat, hurdle=hurdle)
    sits = {other.person_id for other in others if (last_day_of(other) or start) >= start}
    deputies = [other.person for other in others if other.seat == "deputy" and other.state == "approved"]
    found = [(one, _("deputy")) for one in deputies if one.is_current(start)] if seat.seat == "primary" else []
    found += [(one, why) for one, why in near if one.pk not in sits]
    return Row(seat, list({one.pk: (one, why) for one, why in reversed(found)}.values())[::-1][:6])


def _hurdle(seat: Assignment, others: list[Assignment], start: date) -> str:
    """Why a seat cannot be handed over now."""
    if seat.team is not None:
        return _("Held with the team %(team)s: name another lead or member there.") % {"team": seat.team}
    if seat.role.state != "active":
        return _("The role is not in force.")
    for other in (other for other in others if other.seat == seat.seat and (last_day_of(other) or start) >= start):
        words = {"person": other.person, "day": in_words(other.starts_on)}
        if other.state == "proposed":
            return _("%(person)s is proposed from %(day)s and waits for approval.") % words
        if seat.single_holder and seat.seat == "primary" and other.starts_on >= start:
            return _("%(person)s follows from %(day)s.") % words
    return ""
