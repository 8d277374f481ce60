"""What the log says of the management review team."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "team.charter_written": _("%(actor)s wrote down the rules of the %(subject)s."),
        "team.charter_changed": _("%(actor)s changed the rules of the %(subject)s: %(what)s."),
    }
)
