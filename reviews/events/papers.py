"""What the log says of versions of policies and processes."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "paper.handed_in": _("%(actor)s handed in %(subject)s for sign-off; fingerprint %(sha256)s."),
        "paper.downloaded": _("%(actor)s downloaded %(subject)s."),
        "policy.signed_off": _("Version %(version)s of %(subject)s was signed off; fingerprint %(sha256)s."),
    }
)
