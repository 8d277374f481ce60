"""The auditor's start: everything that shows who answers for what, and nothing that can be changed (D4)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evidence import queries
from evidence.earlier import in_force
from evidence.policy import engagements_of
from ismsroles.core import clock
from ismsroles.core.access import may, require
from ismsroles.core.findings import current
from ismsroles.core.paging import page_of
from roles.queries.held import held_roles


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Versions, who approved which assignment when, and the ways to roles, people, log and findings."""
    require(request.user, "evidence.audit.see")
    day = clock.today()
    found = current(day)
    context = {
        "day": day,
        "engagement": engagements_of(request.user).current(day).order_by("-ends_on").first(),
        "version": in_force(),
        "versions": list(queries.versions(request.user)[:10]),
        "page_obj": page_of(request, queries.approvals()),
        "found": {severity: sum(one.severity == severity for one in found) for severity in ("stop", "warn", "note")},
        "roles": len(held_roles(day)),
        "keeps_engagements": may(request.user, "evidence.engagement.keep"),
    }
    return render(request, "evidence/audit.html", context)
