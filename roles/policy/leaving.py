"""Who may look at what rests on somebody, and hand it over (A6, A9)."""

from ismsroles.core import access
from roles.models import Person
from roles.policy import keeps_register, sees_people, standing


@access.policy("roles.person.what_if")
def _sees_what_rests_on(user, person: Person) -> bool:
    """Who sees everybody; beside them the area's representative and the line manager, who must plan for it (A9)."""
    who = standing(user)
    own_report = who.person is not None and person.manager_id == who.person.pk
    return sees_people(user) or own_report or person.area_id in who.represents


@access.policy("roles.single_points.see")
def _sees_single_points(user, _obj) -> bool:
    return sees_people(user)


@access.policy("roles.person.hand_over")
def _hands_over(user, person: Person) -> bool:
    """Who keeps the register; the representative for people of their own area. Each proposal is judged on its own besides."""
    return keeps_register(user) or person.area_id in standing(user).represents
