"""What interested parties add to the log."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "party.added": _("%(actor)s put %(subject)s on the list of interested parties"),
        "party.changed": _("%(actor)s changed what is written about the interested party %(subject)s"),
        "party.retired": _("%(actor)s took %(subject)s off the list of interested parties"),
        "party.given_copy": _("%(actor)s recorded that %(subject)s was given a copy of “%(version)s” on %(day)s"),
        "party.given_link": _("%(actor)s gave %(subject)s a link to “%(version)s” that works until %(until)s"),
    }
)
