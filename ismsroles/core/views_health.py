"""The health page: periodic entries, deliveries, and another attempt (administrator and who keeps the register)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ismsroles.core import health as deliveries
from ismsroles.core import periodic
from ismsroles.core.access import may, require
from ismsroles.core.middleware import said


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether what should happen by itself does."""
    require(request.user, "core.health.see")
    context = {
        "lines": periodic.lines(), "silent": periodic.silent_since(), "health": deliveries.health(), "failed": deliveries.failed(),
        "keeps": may(request.user, "core.health.keep"),
    }  # fmt: skip
    return render(request, "core/health.html", context)


@require_POST
def message_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try it now."""
    deliveries.retry(pk, actor=request.user)
    said(request, _("It is tried again now."))
    return redirect("health")
