"""The guided path of the information security manager (D6)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evidence.guided.measuring import path
from ismsroles.core import clock, findings
from ismsroles.core.access import require


@require_safe
def guided_path(request: HttpRequest) -> HttpResponse:
    """The ten steps: what is done, the usual trap, the next thing to do."""
    require(request.user, "evidence.path.see")
    day = clock.today()
    return render(request, "evidence/path.html", {"path": path(day, findings.current(day)), "day": day})
