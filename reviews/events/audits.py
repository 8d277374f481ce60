"""Event codes of audits of roles and their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "role_audit.planned": _(
            "%(actor)s planned the audit %(subject)s by %(by)s from %(first)s; sample drawn with %(seed)s."
        ),
        "role_audit.answered": _("%(actor)s answered “%(question)s” in %(subject)s: %(result)s."),
        "role_audit.nonconformity": _("The audit %(subject)s found a nonconformity in “%(question)s”: %(result)s."),
        "role_audit.action_added": _("%(actor)s asked %(owner)s, after %(subject)s, for: %(what)s"),
        "role_audit.action_done": _("%(actor)s did what %(subject)s asked for: %(what)s"),
        "role_audit.action_verified": _("%(actor)s verified what %(subject)s asked for: %(what)s"),
        "role_audit.action_reopened": _("%(actor)s found that it does not work yet, after %(subject)s: %(what)s"),
        "role_audit.closed": _("%(actor)s closed the audit %(subject)s."),
        "role_audit.cancelled": _("%(actor)s cancelled the audit %(subject)s."),
    }
)
