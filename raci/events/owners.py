"""Event codes of owners, risks and links, with their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "asset.added": _("%(actor)s added %(subject)s, owner: %(owner)s."),
        "asset.changed": _("%(actor)s changed %(subject)s: %(what)s."),
        "asset.retired": _("%(actor)s took %(subject)s out of use."),
        "asset.brought_back": _("%(actor)s brought %(subject)s back into use."),
        "asset.owner_leaves": _("%(person)s, owner of %(subject)s, leaves on %(day)s. Another owner is needed."),
        "assets.imported": _(
            "%(actor)s imported assets from %(file)s: %(added)d added, %(changed)d changed, %(refused)d rows refused."
        ),
        "risk.added": _("%(actor)s added the risk %(subject)s, owner: %(owner)s."),
        "risk.changed": _("%(actor)s changed the risk %(subject)s: %(what)s."),
        "risk.closed": _("%(actor)s closed the risk %(subject)s."),
        "risk.reopened": _("%(actor)s opened the risk %(subject)s again."),
        "risk.accepted": _(
            "%(actor)s recorded that %(person)s accepted %(subject)s on %(day)s, until %(until)s, up to %(level)s."
        ),
        "risk.acceptance_withdrawn": _(
            "%(actor)s recorded that the acceptance of %(subject)s by %(person)s no longer holds."
        ),
        "risk.owner_leaves": _(
            "%(person)s, owner of the risk %(subject)s, leaves on %(day)s. Another owner is needed."
        ),
        "risk.scale_named": _("%(actor)s named the levels of residual risk: %(levels)s."),
        "matrix.imported": _(
            "%(actor)s imported a matrix from %(file)s: %(cells)d cells changed, %(activities)d activities and %(roles)d roles "
            "added, %(refused)d entries refused."
        ),
        "link.made": _("%(actor)s made a link to the published matrix, for %(subject)s, until %(until)s."),
        "link.revoked": _("%(actor)s revoked the link for %(subject)s."),
        "link.first_used": _("The link for %(subject)s was used for the first time."),
    }
)
