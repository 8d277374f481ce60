"""What is wrong about audits of roles (coverage V5; clauses 9.2, 10.2)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.findings import rule
from reviews.models import Corrective, RoleAudit
from roles.models import Assignment
from roles.terms import in_words

Found = Iterator[dict[str, Any]]
YEAR = timedelta(days=366)


@rule("V5.action", title=gettext_lazy("Corrective action overdue"), clause="10.2", severity="stop")
def corrective_overdue(day: date) -> Found:
    """A nonconformity is corrected, and the correction verified, by its day (V5)."""
    rows = (
        Corrective.objects.exclude(state="verified").filter(due_on__lt=day).select_related("owner", "question__audit")
    )
    for row in rows.order_by("due_on", "pk"):
        words = {"who": row.owner, "day": in_words(row.due_on), "what": row}
        told = (
            _("%(what)s: done by %(who)s, but nobody has verified it.")
            if row.state == "done"
            else _("%(who)s was to do by %(day)s: %(what)s")
        )
        yield {
            "sentence": told % words, "url": row.get_absolute_url(), "action": _("Open the audit"), "detail": "", "since": row.due_on,
        }  # fmt: skip


@rule("V5.none", title=gettext_lazy("Roles not audited for a year"), clause="9.2", severity="warn")
def not_audited(day: date) -> Found:
    """The documented roles are audited each year; asked once they have been in use for a year (V5)."""
    in_use = Assignment.objects.approved().filter(decided_at__date__lt=day - YEAR).exists()
    recent = RoleAudit.objects.exclude(state="cancelled").filter(ends_on__gte=day - YEAR)
    if in_use and not recent.exists():
        yield {
            "sentence": _("No audit of roles took place in the last twelve months, and none is planned."),
            "url": reverse("role-audits"), "action": _("Plan one"), "detail": "", "since": None,
        }  # fmt: skip
