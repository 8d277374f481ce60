"""Who keeps the list of interested parties, and who reads it (design §5)."""

from django.db.models import QuerySet

from ismsroles.core import access
from reviews.models import Given, Party
from roles.policy import keeps_register, sees_people


@access.policy("reviews.party.keep")
def _keep(user, _obj) -> bool:
    """The information security manager."""
    return keeps_register(user)


@access.policy("reviews.parties.see")
def _see(user, _obj) -> bool:
    """Who keeps, decides, audits or runs the register."""
    return sees_people(user)


@access.visible(Party)
def _parties(user) -> QuerySet:
    return Party.objects.all() if sees_people(user) else Party.objects.none()


@access.visible(Given)
def _given(user) -> QuerySet:
    return Given.objects.all() if sees_people(user) else Given.objects.none()
