"""Who proposes, withdraws and decides on an assignment: never the proposer, never the person it is about (A3, design rule 1)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ismsroles.core import access, scope
from roles.models import Area, Assignment, Person
from roles.policy import exceptions
from roles.policy.acting import Acting
from roles.policy.personas import EVERYWHERE, keeps_register, standing, with_parts


@access.policy("roles.assignment.propose")
def _propose(user, area: Area | None) -> bool:
    """The information security manager anywhere; an area's representative for that area (A3)."""
    return keeps_register(user) or (area is not None and area.pk in standing(user).represents)


@access.policy("roles.assignment.withdraw")
def _withdraw(user, assignment: Assignment) -> bool:
    return assignment.proposed_by_id == user.pk or keeps_register(user)


def has_scope(user, assignment: Assignment) -> bool:
    """Top management decides in the scope of the role that they hold, or in which they stand in for somebody away."""
    own = bool({EVERYWHERE, scope_of(assignment)} & standing(user).approves_in)
    return own or stands_in_for(user, assignment) is not None


def stands_in_for(user, assignment: Assignment) -> Acting | None:
    """The absent approver for whom this user would decide: in whose scope it lies, and who is not concerned either (rule 1)."""
    where = scope_of(assignment)
    for one in standing(user).acts:
        covers = one.persona == "top_management" and {EVERYWHERE, where} & with_parts(user, {one.area or EVERYWHERE})
        concerned = one.person.pk in (assignment.person_id, assignment.proposed_by_person_id)
        if covers and not concerned and not is_same(assignment.proposed_by, one.person):
            return one
    return None


def decides_as(user, assignment: Assignment) -> tuple[str, Person | None]:
    """As what this user decides, and for whom: in their own right where they have it."""
    who = standing(user)
    if {EVERYWHERE, scope_of(assignment)} & who.approves_in:
        return who.approves_as, None
    one = stands_in_for(user, assignment)
    if one is None:
        return who.approves_as, None
    words = {"role": one.title, "person": one.person}
    return (_("Deputy of %(role)s, for %(person)s") % words)[:160], one.person


def scope_of(assignment: Assignment) -> int:
    """Where somebody must be an approver to decide on it: the area it was proposed for, wherever the role is moved meanwhile.
    The information security manager keeps the whole register, so whoever decides on one decides for the whole organisation."""
    return EVERYWHERE if assignment.role.persona == "ism" else assignment.area_id or EVERYWHERE


def is_concerned(user, assignment: Assignment) -> bool:
    """Proposer or the person it is about: judged per person, not per login (design rule 1)."""
    person = standing(user).person
    return (person is not None and person.pk == assignment.person_id) or proposed_it(user, assignment)


def proposed_it(user, assignment: Assignment) -> bool:
    """Whether this human proposed it, under whichever login."""
    person = standing(user).person
    if assignment.proposed_by_id == user.pk:
        return True
    return person is not None and (
        person.pk == assignment.proposed_by_person_id or is_same(assignment.proposed_by, person)
    )


def logins_of(person: Person) -> set[int]:
    """Every login the person has or had: what one of them proposed, the person proposed (security case 6)."""
    known = scope.remember("logins", dict)
    if person.pk not in known:
        known |= _logins_had([person])
    return known[person.pk]


def know_logins(people: Iterable[Person]) -> None:
    """Asks for all of these people at once what `logins_of` would ask for each."""
    known = scope.remember("logins", dict)
    if wanted := [person for person in people if person.pk not in known]:
        known |= _logins_had(wanted)


def _logins_had(people: list[Person]) -> dict[int, set[int]]:
    had: dict[int, set[int]] = {person.pk: set() for person in people}
    rows = Person.history.filter(id__in=had).exclude(user_id=None).order_by()
    for pk, user in rows.values_list("id", "user_id").distinct():
        had[pk].add(user)
    return had


def is_same(user, person: Person) -> bool:
    """Whether this login belongs, or belonged, to this person, by link or by address."""
    return user.pk in {person.user_id} | logins_of(person) or bool(person.email_key and person.email_key == user.email)


@access.policy("roles.assignment.approve", "roles.assignment.reject")
def _decide(user, assignment: Assignment) -> bool:
    """An approver in whose scope it lies, who neither proposed it nor is the one it is about (A3, rule 1).
    A dated exception lets the only approver decide on what they proposed, and on nothing about themself."""
    if not has_scope(user, assignment):
        return False
    return not is_concerned(user, assignment) or exceptions.covering(user, assignment) is not None


@access.policy("roles.approvals.decide")
def _decides(user, _obj) -> bool:
    """Whether the user holds a role that approves; each decision is judged on its own."""
    return standing(user).is_top_management
