"""Event codes of evidence and their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "engagement.opened": _("%(actor)s opened the audit %(subject)s, %(first)s to %(last)s."),
        "engagement.changed": _("%(actor)s changed the audit %(subject)s: %(what)s."),
        "engagement.ended": _("%(actor)s ended the audit %(subject)s; its last day was %(last)s."),
        "engagement.auditor_named": _(
            "%(actor)s named %(auditor)s (%(email)s) as auditor of %(subject)s, %(first)s to %(last)s."
        ),
        "pack.asked": _("%(actor)s asked for the evidence pack of %(subject)s."),
        "pack.built": _("The evidence pack of %(subject)s was built: %(files)s files; fingerprint %(sha256)s."),
        "pack.downloaded": _("%(actor)s downloaded the evidence pack of %(subject)s; fingerprint %(sha256)s."),
        "pack.written": _(
            "The evidence pack of %(subject)s was written to a file on the server; fingerprint %(sha256)s."
        ),
        "remark.requested": _("%(actor)s asked in the audit %(subject)s, under “%(item)s”: %(text)s"),
        "remark.answered": _("%(actor)s answered in the audit %(subject)s. Asked: %(text)s Answered: %(answer)s"),
        "engagement.auditor_ended": _("%(actor)s ended the access of %(auditor)s (%(email)s) to %(subject)s."),
    }
)
