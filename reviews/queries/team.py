"""Who sits on the management review team on a day: read from the approved assignments of its role (T1).

A fixed number of queries, however many areas there are; read once for a request."""

from dataclasses import dataclass, field
from datetime import date

from ismsroles.core import scope
from reviews.models import Charter
from roles.models import Area, Assignment
from roles.queries.held import HeldRole, held_roles


@dataclass
class Place:
    """One area at the table (None: the whole organisation), with who represents it and who stands in."""

    area: Area | None
    members: list[Assignment] = field(default_factory=list)
    deputies: list[Assignment] = field(default_factory=list)
    through: Area | None = None  # the area above that represents it as well
    last: Assignment | None = None  # who represented it last
    proposed: list[Assignment] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nobody represents it, not even through the area that it is part of."""
        return not self.members and self.through is None

    @property
    def label(self) -> str:
        return str(self.area) if self.area else ""


@dataclass
class Team:
    """The team on one day."""

    charter: Charter
    day: date
    places: list[Place]
    seniors: set[int]  # people who are senior management today
    chairs: list[int]  # who chairs, by person: holder first, then who stands in for them
    isms: set[int]
    board: set[int]

    @property
    def seats(self) -> list[Assignment]:
        """Every member, one a seat."""
        return [member for place in self.places for member in place.members]

    @property
    def deputies(self) -> list[Assignment]:
        return [deputy for place in self.places for deputy in place.deputies]

    @property
    def people(self) -> set[int]:
        """Members and deputies."""
        return {seat.person_id for seat in [*self.seats, *self.deputies]}

    @property
    def chair(self) -> Assignment | None:
        """The member who chairs: the holder of the role that leads it, while on the team."""
        by_person = {seat.person_id: seat for seat in reversed(self.seats)}
        return next((by_person[pk] for pk in self.chairs if pk in by_person), None)

    @property
    def senior_members(self) -> list[Assignment]:
        return [seat for seat in self.seats if seat.person_id in self.seniors]

    def deputies_of(self, seat: Assignment) -> list[Assignment]:
        """Who may sit in place of this member."""
        return [deputy for deputy in self.deputies if deputy.area_id == seat.area_id]


def charter() -> Charter | None:
    """The rules of the team, once they are written."""
    rows = Charter.objects.select_related("role", "chair_role", "senior_role", "board_role")
    return scope.remember("mrt charter", rows.first)


def team(day: date) -> Team | None:
    """The team as it sits on `day`; None while its rules are not written."""
    return scope.remember(("mrt", day), lambda: _team(day))


def _team(day: date) -> Team | None:
    rules = charter()
    if rules is None:
        return None
    held = {one.role.pk: one for one in held_roles(day)}
    own = held.get(rules.role_id) or HeldRole(rules.role, day)
    return Team(
        rules,
        day,
        places=_places(own),
        seniors=_seniors(rules, held),
        chairs=_in(held.get(rules.chair_role_id), "primary") + _in(held.get(rules.chair_role_id), "deputy"),
        isms={pk for one in held.values() if one.role.persona == "ism" for pk in _in(one, "primary")},
        board=set(_in(held.get(rules.board_role_id), "primary")),
    )


def _in(held: HeldRole | None, seat: str) -> list[int]:
    return [one.person_id for one in held.now(seat)] if held else []


def _seniors(rules: Charter, held: dict[int, HeldRole]) -> set[int]:
    """Top management, and whoever holds the role that the rules name."""
    counted = [
        one for one in held.values() if one.role.persona == "top_management" or one.role.pk == rules.senior_role_id
    ]
    return {pk for one in counted for pk in _in(one, "primary")}


def _places(own: HeldRole) -> list[Place]:
    """Every area in scope with its people, then seats for the whole organisation and for areas out of scope."""
    areas = {area.pk: area for area in Area.objects.select_related("parent")}
    found: dict[int | None, Place] = {pk: Place(area) for pk, area in areas.items() if area.in_scope}
    for seat in own.seats:
        place = found.setdefault(seat.area_id, Place(seat.area))
        if seat.is_current(own.day):
            (place.members if seat.seat == "primary" else place.deputies).append(seat)
        elif seat.state == "proposed":
            place.proposed.append(seat)
        elif seat.seat == "primary" and seat.starts_on < own.day:
            place.last = seat
    for place in found.values():
        place.through = None if place.members else _above(place.area, found, areas)
    used = [one for one in found.values() if one.area is None or one.area.in_scope or one.members or one.deputies]
    return sorted(used, key=lambda one: (one.area is not None, one.label.casefold()))


def _above(area: Area | None, found: dict[int | None, Place], areas: dict[int, Area]) -> Area | None:
    """The nearest area above that has a representative: areas inherit downwards."""
    above = areas.get(area.parent_id) if area else None
    while above is not None:
        if above.pk in found and found[above.pk].members:
            return above
        above = areas.get(above.parent_id)
    return None
