"""Who is told what about campaigns, and when (K2)."""

from django.utils.translation import gettext_lazy as _

from ismsroles.notices.kinds import DIGEST, Kind, register

EVERYBODY = _("Everybody who has not acknowledged it")
READ = _("Read and acknowledge")

register(
    [
        Kind(
            "campaign.asked", _("Everybody is asked to acknowledge a version"), _("Everybody, and who joins later"), DIGEST,
            _("Please read: %(version)s"),
            _("Everybody is asked to read “%(version)s” and to acknowledge it by %(day)s."),
            READ,
        ),
        Kind(
            "campaign.soon", _("A version is to be acknowledged within a week"), EVERYBODY, DIGEST,
            _("By %(day)s: read %(version)s"),
            _("You have not acknowledged “%(version)s” yet. Its day is %(day)s."),
            READ,
        ),
        Kind(
            "campaign.late", _("A version was to be acknowledged by now; then each week"), EVERYBODY, DIGEST,
            _("Still to read: %(version)s"),
            _("You were asked to acknowledge “%(version)s” by %(day)s."),
            READ,
        ),
    ]
)  # fmt: skip
