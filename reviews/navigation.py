"""What this app offers in the navigation."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import navigation
from ismsroles.core.access import may
from reviews.queries.reviews import waiting_for
from roles.policy import standing

REVIEW = _("Review")

navigation.register(
    _("Evidence"),
    _("Campaigns"),
    "campaigns",
    "megaphone",
    order=46,
    shown=lambda user: may(user, "reviews.campaigns.see"),
)
navigation.register(
    _("Evidence"),
    _("Interested parties"),
    "parties",
    "handshake",
    order=47,
    shown=lambda user: may(user, "reviews.parties.see"),
)
navigation.register(
    REVIEW, _("Management review"), "team", "users-round", order=37, shown=lambda user: may(user, "reviews.team.see")
)
navigation.register(
    REVIEW, _("Reviews"), "reviews", "calendar-check", order=36, shown=lambda user: may(user, "reviews.see")
)
navigation.register(
    _("You"),
    _("My reviews"),
    "my-reviews",
    "clipboard-check",
    order=83,
    shown=lambda user: standing(user).person is not None,
    count=lambda user: waiting_for(user) or None,
)
navigation.register(
    REVIEW, _("Audits of roles"), "role-audits", "search-check", order=38, shown=lambda user: may(user, "reviews.see")
)
navigation.register(
    REVIEW, _("Meetings"), "meetings", "calendar-days", order=38, shown=lambda user: may(user, "reviews.meeting.see")
)
navigation.register(
    _("You"), _("My calendar"), "calendar", "calendar", order=84, shown=lambda user: standing(user).person is not None
)
