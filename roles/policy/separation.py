"""Who keeps the rules of separation, who asks for exceptions and who decides on them (A5; design rules 1 and 8)."""

from django.db.models import Q, QuerySet

from ismsroles.core import access
from roles.models import DutyTag, Person, SeparationException, SeparationRule
from roles.policy import EVERYWHERE, is_concerned, keeps_register, sees_people, standing


@access.policy("roles.separation.keep")
def _keep(user, _obj) -> bool:
    return keeps_register(user)


@access.policy("roles.separation.see")
def _see(user, _obj) -> bool:
    """Rules and their picture are for whoever keeps, decides, audits, or proposes people of an area."""
    return sees_people(user) or bool(standing(user).represents)


@access.policy("roles.separation_exception.request")
def _request(user, person: Person | None) -> bool:
    """Whoever may propose that person."""
    if keeps_register(user):
        return True
    return bool(standing(user).represents) if person is None else person.area_id in standing(user).represents


@access.policy("roles.separation_exception.approve", "roles.separation_exception.reject")
def _decide(user, exception: SeparationException) -> bool:
    """Top management that decides for the whole organisation, whose rule it is; neither who asked nor whom it is about (rule 1)."""
    return EVERYWHERE in standing(user).approves_in and not is_concerned(user, exception)


@access.policy("roles.separation_exception.withdraw")
def _withdraw(user, exception: SeparationException) -> bool:
    return exception.proposed_by_id == user.pk or keeps_register(user)


@access.policy("roles.separation_exception.end")
def _end(user, _exception) -> bool:
    return keeps_register(user)


@access.visible(SeparationRule)
def _rules(user) -> QuerySet:
    return SeparationRule.objects.all() if access.may(user, "roles.separation.see") else SeparationRule.objects.none()


@access.visible(DutyTag)
def _duties(user) -> QuerySet:
    return DutyTag.objects.all() if access.may(user, "roles.separation.see") else DutyTag.objects.none()


@access.visible(SeparationException)
def _exceptions(user) -> QuerySet:
    """Everything for who keeps, decides or audits; else what one asked for, what is about oneself or one's area's people."""
    if sees_people(user):
        return SeparationException.objects.all()
    who = standing(user)
    own = Q(proposed_by=user) | Q(person__area_id__in=who.represents)
    return SeparationException.objects.filter(own | Q(person=who.person) if who.person else own)
