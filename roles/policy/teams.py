"""Who may keep and see teams (A2). Who holds what is for everybody, so who belongs to a team is too (K1)."""

from django.db.models import QuerySet

from ismsroles.core import access
from roles.models import Team, TeamMember
from roles.policy import keeps_register


@access.policy("roles.team.keep")
def _keep(user, _obj) -> bool:
    """Who keeps the register."""
    return keeps_register(user)


@access.visible(Team)
def _teams(user) -> QuerySet:
    return Team.objects.all() if access.may(user, "roles.register.see") else Team.objects.none()


@access.visible(TeamMember)
def _members(user) -> QuerySet:
    return TeamMember.objects.all() if access.may(user, "roles.register.see") else TeamMember.objects.none()
