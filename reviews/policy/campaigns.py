"""Who opens campaigns, who sees how they go, who acknowledges (design §5)."""

from django.db.models import QuerySet

from competence.policy import people_seen
from ismsroles.core import access
from reviews.models import Campaign
from roles.policy import keeps_register, sees_people, standing


@access.policy("reviews.campaign.keep")
def _keep(user, _obj) -> bool:
    """Open and close: the information security manager."""
    return keeps_register(user)


@access.policy("reviews.campaigns.see")
def _see(user, _obj) -> bool:
    """How far it is, in numbers: who keeps, decides, audits or represents an area."""
    return sees_people(user) or bool(standing(user).represents)


@access.policy("reviews.campaign.names")
def _names(user, _obj) -> bool:
    """Who has and who has not, by name: for everybody, or for one's own people."""
    who = standing(user)
    return who.is_ism or access.reads_everything(user) or bool(who.represents)


def names_seen(user) -> QuerySet:
    """The people whom this user sees by name in a campaign."""
    return people_seen(user)


@access.visible(Campaign)
def _campaigns(user) -> QuerySet:
    """Everybody in the register is asked, so everybody sees that there is one."""
    return Campaign.objects.all() if access.may(user, "roles.register.see") else Campaign.objects.none()
