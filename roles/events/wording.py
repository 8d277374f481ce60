"""Event codes of overlaps and their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "wording.kept": _("%(actor)s left two alike responsibilities of %(one)s and %(other)s as they are."),
        "wording.merged": _("%(actor)s merged a responsibility of %(other)s into one of %(subject)s: %(text)s"),
    }
)
