"""What campaigns add to the log."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "campaign.opened": _("%(actor)s asked everybody to acknowledge “%(subject)s” within %(days)s days"),
        "campaign.closed": _("%(actor)s closed the campaign for “%(subject)s”: %(read)s of %(asked)s had acknowledged"),
        "campaign.superseded": _(
            "The campaign for “%(subject)s” ended, because a newer version is in force: %(read)s of %(asked)s had acknowledged"
        ),
        "campaign.recorded": _(
            "%(actor)s recorded that %(person)s acknowledged “%(subject)s” on paper on %(signed_on)s (%(reference)s)"
        ),
        "campaign.acknowledged": _("%(actor)s acknowledged “%(subject)s”"),
    }
)
events.of_their_own("campaign.acknowledged")
