"""What waits for a user's decision: the rules of `roles.policy` for one proposal, asked of all of them at once."""

from django.db.models import Q, QuerySet

from ismsroles.core import facts
from roles import policy
from roles.models import Assignment, Person
from roles.policy import EVERYWHERE


def awaiting(user) -> QuerySet[Assignment]:
    """The proposals on which this user may decide."""
    who = policy.standing(user)
    if not who.is_top_management:
        return Assignment.objects.none()
    concerned = Q(person=who.person) if who.is_excepted else concerns(who.person) | Q(proposed_by=user)
    return Assignment.objects.pending().filter(_in_scope(user)).exclude(concerned).select_related("role")


def concerns(person: Person) -> Q:
    """What is about this person, or was proposed by them, under whichever login they have or had."""
    had = Person.history.filter(id=person.pk).exclude(user_id=None).order_by().values("user_id")
    found = Q(person=person) | Q(proposed_by_person=person) | Q(proposed_by__in=had)
    if person.user_id:
        found |= Q(proposed_by=person.user_id)
    return found | Q(proposed_by__email=person.email_key) if person.email_key else found


def _in_scope(user) -> Q:
    """Where the user approves, or stands in for who does and is not concerned."""
    who = policy.standing(user)
    found = _within(who.approves_in)
    for one in who.acts:
        if one.persona == "top_management":
            there = _within(policy.with_parts(user, {one.area or EVERYWHERE}))
            found |= there & ~concerns(one.person)
    return found


def _within(areas: frozenset[int] | set[int]) -> Q:
    """Proposals for these areas; the information security manager is decided on for the whole organisation."""
    return Q() if EVERYWHERE in areas else Q(area_id__in=areas) & ~Q(role__persona="ism")


def _how_many(user) -> facts.HowMany | None:
    return facts.HowMany(awaiting(user)) if policy.standing(user).is_top_management else None


count_awaiting = facts.register("proposals_awaiting", _how_many)
