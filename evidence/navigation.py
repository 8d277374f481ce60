"""What navigation this app offers, and whose start page is where."""

from django.utils.translation import gettext_lazy as _

from evidence.policy import audits_now
from evidence.queries import is_asked_to_sign
from ismsroles.core import homes, navigation
from ismsroles.core.access import may
from roles.policy import keeps_register


def _sees_findings(user) -> bool:
    return may(user, "evidence.findings.see")


def _waiting(user) -> int | None:
    return 1 if is_asked_to_sign(user) else None


navigation.register(_("Today"), _("Overview"), "overview", "layout-dashboard", order=10, shown=_sees_findings)
navigation.register(
    _("Today"),
    _("Guided path"),
    "guided-path",
    "list-ordered",
    order=11,
    shown=lambda user: may(user, "evidence.path.see"),
)
navigation.register(
    _("Evidence"),
    _("Document"),
    "document",
    "file-check",
    order=40,
    shown=lambda user: may(user, "roles.register.see"),
    count=_waiting,
)
navigation.register(_("Evidence"), _("Findings"), "findings", "list-todo", order=41, shown=_sees_findings)
navigation.register(
    _("Evidence"), _("Audit"), "audit", "clipboard-check", order=42, shown=lambda user: may(user, "evidence.audit.see")
)

homes.register(5, is_asked_to_sign, "document")
homes.register(20, keeps_register, "overview")
homes.register(40, audits_now, "audit")
