"""Event codes of the organisation chart and their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "chart.keeper_named": _("%(actor)s named %(subject)s to keep the organisation chart current; before: %(was)s."),
        "chart.restructured": _("%(actor)s recorded a restructure of %(day)s: %(what)s (areas: %(areas)s)"),
        "chart.restructure_withdrawn": _("%(actor)s withdrew the record of a restructure: %(what)s"),
        "chart.confirmed": _(
            "%(actor)s confirmed the organisation chart as %(role)s, fingerprint %(print)s; restructures looked at: %(restructures)s."
        ),
    }
)
