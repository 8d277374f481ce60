"""Small teams and meetings for tests, made directly; what the tests are about goes through actions."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace

from ismsroles.core import clock, scope
from reviews.actions.meetings import hold
from reviews.agenda import ITEMS
from reviews.models import AgendaItem, Charter, Meeting
from reviews.queries.team import team
from roles.models import Assignment, Role
from tests import factories


def seated(world: SimpleNamespace, **values) -> Charter:
    """Hana speaks for Operations with Dov as deputy, Tora (chief executive) and Ismail for the whole organisation; nobody for Finance."""
    role = factories.role("Management review team", kind="body", starter_key="management_review_team")
    sit(role, world.people.holder, world.home, world.top)
    sit(role, world.people.deputy, world.home, world.top, seat="deputy")
    sit(role, world.people.ism, None, world.top)
    sit(role, world.people.top, None, world.ism)
    values = {
        "role": role, "chair_role": world.roles.top, "board": "The chair of the board reads the minutes.", "delegated": "Risks up to high.",
        "decided_on": world.held.top.founding_date, "reference": "Board minutes 7", **values,
    }  # fmt: skip
    return Charter.objects.create(**values)


def sit(role: Role, person, area, approver, seat: str = "primary", **values) -> Assignment:
    """An approved place in the team."""
    return factories.hold(role, person, approver=approver, area=area, seat=seat, **values)


def meeting(*, days: int = -3, state: str = "planned", **values) -> Meeting:
    """A meeting so many days from now, at ten o'clock, with its agenda."""
    day = clock.today() + timedelta(days=days)
    starts_at = datetime.combine(day, time(10), clock.zone())
    made = Meeting.objects.create(
        **{"number": f"M-{day.isoformat()}", "starts_at": starts_at, "place": "Room 1", "state": state, **values}
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=made, position=at, key=key, clause=clause, title=str(title))
        for at, (key, clause, title) in enumerate(ITEMS, 1)
    )
    return made


def came(world: SimpleNamespace, **people) -> dict[int, int | None]:
    """Everybody in their own place, but for those named: `came(cast, holder=cast.people.deputy)`; None: nobody."""
    found = team(clock.today())
    instead = {getattr(world.people, name).pk: person for name, person in people.items()}
    sat = {seat.pk: instead.get(seat.person_id, seat.person) for seat in found.seats}
    return {seat: person.pk if person is not None else None for seat, person in sat.items()}


def held(world: SimpleNamespace, days: int = -3, **people) -> Meeting:
    """A meeting that took place, with a quorum unless somebody is missing."""
    scope.forget()
    return hold(meeting(days=days), actor=world.ism, came=came(world, **people))
