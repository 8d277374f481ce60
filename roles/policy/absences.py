"""Who may record and see absences (A7)."""

from django.db.models import Q, QuerySet

from ismsroles.core import access
from roles.models import Absence, Person
from roles.policy import keeps_register, sees_people, standing


@access.policy("roles.absence.record")
def _record(user, person: Person) -> bool:
    """The person themself, their line manager, and who keeps the register."""
    who = standing(user).person
    own = who is not None and who.pk in (person.pk, person.manager_id)
    return own or keeps_register(user)


@access.visible(Absence)
def _absences(user) -> QuerySet:
    """All for those who keep and check; one's own and those of one's reports and of the people of one's area for the rest."""
    if sees_people(user):
        return Absence.objects.all()
    who = standing(user)
    if who.person is None:
        return Absence.objects.none()
    return Absence.objects.filter(
        Q(person=who.person) | Q(person__manager=who.person) | Q(person__area_id__in=who.represents)
    )
