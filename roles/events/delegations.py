"""Event codes of delegations and their sentences (A8)."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.of_their_own("delegation.")
events.register(
    {
        "delegation.offered": _(
            "%(actor)s asked %(delegate)s to carry out for %(role)s from %(starts_on)s to %(ends_on)s: %(duties)s"
        ),
        "delegation.accepted": _(
            "%(actor)s took over for %(role)s until %(ends_on)s: %(duties)s %(holder)s stays accountable."
        ),
        "delegation.declined": _("%(actor)s declined to carry out for %(role)s: %(duties)s"),
        "delegation.withdrawn": _(
            "The delegation of %(role)s by %(holder)s to %(delegate)s was withdrawn before it began."
        ),
        "delegation.ended": _("The delegation of %(role)s by %(holder)s to %(delegate)s ends on %(ends_on)s."),
        "delegation.checked": _("%(actor)s checked what %(delegate)s does for %(role)s, on %(on)s: %(result)s."),
        "delegation.restored": _(
            "%(actor)s restored the delegation of %(holder)s for %(role)s to %(delegate)s until %(ends_on)s: the person stays."
        ),
    }
)
