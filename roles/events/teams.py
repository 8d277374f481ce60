"""Event codes of teams and their sentences (A2)."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "team.added": _("%(actor)s added the team %(subject)s."),
        "team.changed": _("%(actor)s changed the team %(subject)s: %(what)s."),
        "team.closed": _("%(actor)s closed the team %(subject)s."),
        "team.joined": _("%(actor)s took %(person)s into the team %(subject)s from %(starts_on)s."),
        "team.lead_named": _("%(actor)s named %(person)s lead of the team %(subject)s from %(starts_on)s."),
        "team.left": _("%(person)s belongs to the team %(subject)s until %(last_day)s, recorded by %(actor)s."),
        "team.join_taken_back": _("%(actor)s took back that %(person)s joins the team %(subject)s."),
        "team.back": _("%(person)s belongs to the team %(subject)s again, recorded by %(actor)s."),
        "team.proposed": _("%(actor)s proposed the team %(subject)s for %(role)s (people: %(people)s)."),
        "team.approved": _("%(actor)s approved the team %(subject)s for %(role)s (people: %(people)s)."),
        "team.rejected": _("%(actor)s rejected the team %(subject)s for %(role)s (people: %(people)s)."),
        "team.ended": _("%(actor)s set %(ends_on)s as the last day on which the team %(subject)s holds %(role)s."),
    }
)
