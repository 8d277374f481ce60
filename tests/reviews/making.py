"""Small teams and meetings for tests, made directly; what the tests are about goes through actions."""

from types import SimpleNamespace

from reviews.models import Charter
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
