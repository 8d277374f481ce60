"""Everyone's duties: acknowledge them, see who has (K6)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from competence.actions.duties import acknowledge as act
from competence.queries import duties as queries
from competence.views.skills import crumbs
from ismsroles.core import clock
from ismsroles.core.access import require, visible_to
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of, typed
from roles.models import Role


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """I have read what everybody must do."""
    role = get_object_or_404(visible_to(request.user, Role), pk=pk)
    act(role, actor=request.user, seen=request.POST.get("seen", "")[:64])
    said(request, _("Kept: you have read it."))
    return redirect("mine")


@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """Who has acknowledged and who has not, as far as names are seen."""
    require(request.user, "competence.people.see", None)
    found, day = queries.duties(), clock.today()
    asked = typed(request, "role")
    one = next((one for one in found if str(one.role.pk) == asked), found[0] if found else None)
    rows = queries.readers_seen(one, request.user, day) if one else []
    missing = [row for row in rows if row.at is None]
    shown = missing if typed(request, "show") == "missing" else rows
    context = {
        "found": found, "one": one, "page_obj": page_of(request, shown), "missing": len(missing), "everybody": len(rows), "day": day,
        "show": typed(request, "show"), "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "competence/duties.html", context)
