"""Who keeps the rules of the management review team, and who sees the team (T1)."""

from django.db.models import QuerySet

from ismsroles.core import access
from reviews.models import Charter
from roles.policy import keeps_register


@access.policy("reviews.team.keep")
def _keep(user, _obj) -> bool:
    """Who keeps the register. Its members are proposed and approved as every assignment is."""
    return keeps_register(user)


@access.policy("reviews.team.see")
def _see(user, _obj) -> bool:
    """Everybody in the register may know who reviews the ISMS (K1)."""
    return access.may(user, "roles.register.see")


@access.visible(Charter)
def _charters(user) -> QuerySet[Charter]:
    return Charter.objects.all() if access.may(user, "reviews.team.see") else Charter.objects.none()
