"""Terms over time (A7)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ismsroles.core import clock
from ismsroles.core.access import require
from ismsroles.core.paging import page_of
from roles.forms.filters import ListFilter
from roles.queries import timeline as queries
from roles.queries.register import area_choices


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Which roles end or are vacant, drawn and in words."""
    user, day = request.user, clock.today()
    require(user, "roles.register.see")
    form = ListFilter(request.GET, areas=area_choices(user))
    found = queries.lines(day, **form.asked())
    context = {
        "page_obj": page_of(request, found),
        "filter": form,
        "today_at": queries.today_at(),
        "months": queries.months(day),
    }
    return render(request, "roles/timeline/list.html", context)
