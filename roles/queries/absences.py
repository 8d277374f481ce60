"""Reads about absences: who is away, who acts for them (A7)."""

from datetime import date

from django.db.models import QuerySet

from ismsroles.core import scope
from roles.models import Absence, Assignment, Person


def away(day: date) -> dict[int, Absence]:
    """Person → their absence on this day; read once for a request."""
    rows = Absence.objects.on(day).select_related("person")
    return scope.remember(("away", day), lambda: {row.person_id: row for row in rows})


def deputies_of(person: Person, day: date) -> list[Assignment]:
    """The deputy seats beside what this person holds on this day, by role."""
    held = Assignment.objects.current(day).filter(person=person, seat="primary").values_list("role_id", "area_id")
    places = set(held)
    rows = Assignment.objects.current(day).filter(seat="deputy", role__in={role for role, _area in places})
    rows = rows.select_related("person", "role").order_by("role__title", "pk")
    return [seat for seat in rows if (seat.role_id, seat.area_id) in places and seat.person_id != person.pk]


def listed(rows: QuerySet[Absence], day: date) -> list[Absence]:
    """Those that last or come, what begins first on top, each with who stands in; two queries."""
    found = list(rows.overlapping(day, None).select_related("person", "recorded_by").order_by("starts_on", "pk"))
    seats = Assignment.objects.current(day).filter(role__state="active").select_related("person", "role")
    held = list(seats.order_by("role__title", "pk"))
    for absence in found:
        own = [seat for seat in held if seat.seat == "primary" and seat.person_id == absence.person_id]
        mine = {(seat.role_id, seat.area_id) for seat in own}
        absence.deputies = [seat for seat in held if seat.seat == "deputy" and (seat.role_id, seat.area_id) in mine]
        covered = {(seat.role_id, seat.area_id) for seat in absence.deputies}
        absence.uncovered = [seat for seat in own if (seat.role_id, seat.area_id) not in covered]
    return found


def acting_now(person: Person, day: date) -> dict[int, Person]:
    """Role → the absent holder for whom this person acts on this day."""
    gone = away(day)
    if not gone:
        return {}
    mine = Assignment.objects.current(day).filter(person=person, seat="deputy").values_list("role_id", "area_id")
    places = set(mine)
    held = Assignment.objects.current(day).filter(
        seat="primary", person__in=gone, role__in={role for role, _area in places}
    )
    return {
        seat.role_id: seat.person for seat in held.select_related("person") if (seat.role_id, seat.area_id) in places
    }


def mark(terms: list[Assignment], day: date) -> None:
    """Gives each seat of one role its holder's or deputy's absence, and says which deputies act."""
    gone = away(day)
    absent = {
        (t.role_id, t.area_id) for t in terms if t.standing == "now" and t.seat == "primary" and t.person_id in gone
    }
    for term in terms:
        term.away = gone.get(term.person_id) if term.standing == "now" else None
        term.acts = term.standing == "now" and term.seat == "deputy" and (term.role_id, term.area_id) in absent
