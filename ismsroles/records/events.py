"""Event codes of records and their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "version.frozen": _("%(actor)s froze %(subject)s; fingerprint %(sha256)s."),
        "version.draft_rendered": _("The draft PDF of %(subject)s was made; fingerprint %(sha256)s."),
        "version.sent": _("%(actor)s sent %(subject)s for sign-off to %(signers)s."),
        "version.signed": _("%(actor)s signed %(subject)s: %(meaning)s."),
        "version.rejected": _("%(actor)s did not sign %(subject)s."),
        "version.recalled": _("%(actor)s recalled %(subject)s."),
        "version.completed": _("All have signed %(subject)s."),
        "version.published": _("%(subject)s is in force; fingerprint of the PDF %(sha256)s."),
        "seal.key_first_used": _("%(subject)s is the first that was sealed with another key; fingerprint %(sha256)s."),
        "version.superseded": _("%(subject)s was superseded by %(by)s."),
        "version.password_refused": _("%(actor)s entered a wrong password to sign %(subject)s."),
        "version.rendering_asked": _("%(actor)s asked again for the PDF of %(subject)s."),
        "version.downloaded": _("%(actor)s downloaded %(subject)s."),
    }
)
