"""What is told of leaving, handing over and moving."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "person.handed_over": _("%(actor)s proposed successors of %(subject)s: %(what)s."),
    }
)
