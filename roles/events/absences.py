"""Event codes of absences and their sentences (A7)."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "absence.recorded": _(
            "%(actor)s recorded that %(person)s is away from %(starts_on)s, %(until)s; acting: %(acting)s."
        ),
        "absence.ended": _("%(actor)s set %(ends_on)s as the last day on which %(person)s is away."),
        "absence.taken_back": _("%(actor)s took back that %(person)s is away from %(starts_on)s."),
    }
)
