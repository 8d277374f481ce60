"""What this app offers in the navigation."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import navigation
from ismsroles.core.access import may

REVIEW = _("Review")

navigation.register(
    REVIEW, _("Management review"), "team", "users-round", order=37, shown=lambda user: may(user, "reviews.team.see")
)
