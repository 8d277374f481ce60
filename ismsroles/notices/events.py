"""What this app adds to the log."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "messages.preferred": _("%(actor)s chose when their digest comes: not before %(hour)s o’clock"),
        "message.retried": _("%(actor)s had a message of the kind “%(kind)s” tried again"),
    }
)
