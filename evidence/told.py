"""Who is told what about versions of the document, and when (K2)."""

from django.utils.translation import gettext_lazy as _

from ismsroles.notices.kinds import NOW, Kind, register

register(
    [
        Kind(
            "version.waits", _("A version of the document is sent for signature"), _("The named signers"), NOW,
            _("%(version)s waits for your signature"),
            _("%(preparer)s asks you to sign “%(version)s”.\n\nRead it, then sign it with your password, or say why not."),
            _("Read and sign"),
        ),
    ]
)  # fmt: skip
