"""Whom one reaches for a role today: its holder, who stands in, or the role above (coverage K4, A7). Worked out live."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from roles.models import Assignment, Person, Role
from roles.queries import absences


@dataclass
class Reached:
    """Whom to turn to, why them, and who else if they do not answer."""

    role: Role
    why: str = ""  # "" the holder · stands_in · away · above · everyone · nobody
    people: list[Person] = field(default_factory=list)
    else_ask: list[Person] = field(default_factory=list)
    via: Role | None = None  # the role above, when nobody holds or deputises this one
    absent: list[Person] = field(default_factory=list)


def of_roles(role_ids: Collection[int], day: date) -> dict[int, Reached]:
    """For each of these roles whom one reaches; the same number of queries for one and for fifty."""
    roles = {role.pk: role for role in Role.objects.active()}
    seats: dict[tuple[int, str], list[Person]] = {}
    now = Assignment.objects.current(day).filter(role__state="active").select_related("person", "person__area")
    for seat in now.order_by("person__name_key", "pk"):
        seats.setdefault((seat.role_id, seat.seat), []).append(seat.person)
    absent = set(absences.away(day))
    return {pk: _reached(roles[pk], roles, seats, absent) for pk in role_ids if pk in roles}


def _reached(role: Role, roles: dict[int, Role], seats: dict, absent: set[int]) -> Reached:
    if role.kind == "everyone":
        return Reached(role, "everyone")
    found = _here(role, seats, absent)
    if found.people:
        return found
    above, seen = roles.get(role.reports_to_id), {role.pk}
    while above is not None and above.pk not in seen:
        higher = _here(above, seats, absent)
        if higher.people:
            return Reached(role, "above", higher.people, higher.else_ask, above, found.absent)
        seen.add(above.pk)
        above = roles.get(above.reports_to_id)
    return Reached(role, "nobody", absent=found.absent)


def _here(role: Role, seats: dict, absent: set[int]) -> Reached:
    """The holders who are here; else the deputies who are, else the team whose lead is the holder (A2)."""
    holders = seats.get((role.pk, "primary"), [])
    here, second, team = (
        [person for person in seats.get((role.pk, seat), []) if person.pk not in absent]
        for seat in ("primary", "deputy", "member")
    )
    gone = [person for person in holders if person.pk in absent]
    why = "" if here else "away" if gone else "stands_in"
    people, *others = [ranked for ranked in (here, second, team) if ranked] or [[]]
    return Reached(role, why, people, [person for ranked in others for person in ranked], absent=gone)


def information_security_managers(day: date) -> list[Person]:
    """Whom to ask when nothing fits."""
    now = Assignment.objects.current(day).filter(role__persona="ism", role__state="active", seat="primary")
    return [seat.person for seat in now.select_related("person").order_by("person__name_key", "pk")]
