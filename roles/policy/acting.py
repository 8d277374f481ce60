"""A deputy acts in a recorded absence, as long as it lasts, and never for deciding on what concerns either of them (A7; rule 1)."""

from dataclasses import dataclass

from django.db.models.functions import Coalesce

from ismsroles.core import clock
from roles.models import Absence, Assignment, Person


@dataclass(frozen=True)
class Acting:
    """For whom somebody acts today, in which role and where."""

    person: Person
    persona: str
    area: int | None
    title: str
    signs: bool = False  # the role says that its deputy may sign documents


def acting_for(deputy: Person, seats: list[tuple[int, int | None]]) -> tuple[Acting, ...]:
    """The holders whom this person stands in for today: `seats` are (role, area) of their deputy seats in marked roles.

    Who recorded an absence gains nothing by it: whatever they recorded does not make them act."""
    if not seats:
        return ()
    away = Absence.objects.on(clock.today()).exclude(recorded_by_person=deputy).values("person")
    held = Assignment.objects.current(clock.today()).filter(seat="primary", person__in=away, role__state="active")
    held = held.filter(role__in={role for role, _area in seats}).annotate(place=Coalesce("area_id", 0))
    found = held.select_related("person", "role").order_by("starts_on", "pk")
    places = {(role, area or 0) for role, area in seats}
    return tuple(
        Acting(a.person, a.role.persona, a.area_id, a.role.title, a.role.deputy_signs)
        for a in found
        if (a.role_id, a.place) in places
    )


def deputies_acting(seats: list[Assignment]) -> list[tuple[Person, Assignment]]:
    """(deputy, the seat of the absent holder) of everybody who acts today in one of these seats, all of them in force."""
    if not any(seat.seat == "deputy" for seat in seats):
        return []
    recorders = {(row.person_id, row.recorded_by_person_id) for row in Absence.objects.on(clock.today())}
    return [
        (deputy.person, holder)
        for holder in seats
        for deputy in seats
        if holder.seat == "primary"
        and deputy.seat == "deputy"
        and (holder.role_id, holder.area_id) == (deputy.role_id, deputy.area_id)
        and any(who == holder.person_id and by != deputy.person_id for who, by in recorders)
    ]
