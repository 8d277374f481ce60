"""Who may delegate, answer, check, end and see (A8)."""

from django.db.models import Q, QuerySet

from ismsroles.core import access, clock
from roles.models import Assignment, Delegation
from roles.policy import keeps_register, sees_people, standing


@access.policy("roles.delegation.offer")
def _offer(user, assignment: Assignment) -> bool:
    """The holder, while they hold. Nobody delegates for them, and a delegate holds nothing that could be passed on."""
    person = standing(user).person
    held = assignment.seat == "primary" and assignment.is_current(clock.today())
    return held and person is not None and person.pk == assignment.person_id


@access.policy("roles.delegation.answer")
def _answer(user, delegation: Delegation) -> bool:
    person = standing(user).person
    return person is not None and person.pk == delegation.delegate_id


@access.policy("roles.delegation.check")
def _check(user, delegation: Delegation) -> bool:
    """The holder stays accountable: they check, and nobody for them."""
    person = standing(user).person
    return person is not None and person.pk == delegation.holder_id


@access.policy("roles.delegation.end")
def _end(user, delegation: Delegation) -> bool:
    return _check(user, delegation) or keeps_register(user)


@access.visible(Delegation)
def _delegations(user) -> QuerySet:
    """Who answers and who does it is for everybody (K1); what waits or came to nothing for those concerned and who keep or check."""
    if sees_people(user):
        return Delegation.objects.all()
    who = standing(user)
    if who.person is None:
        return Delegation.objects.none()
    return Delegation.objects.filter(Q(state="accepted") | Q(holder=who.person) | Q(delegate=who.person))
