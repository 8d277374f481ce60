"""What this app offers in the navigation."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import navigation
from ismsroles.notices.policy import unread

navigation.register(_("You"), _("Inbox"), "inbox", "inbox", order=79, count=unread)
