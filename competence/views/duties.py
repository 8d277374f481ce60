"""Everyone's duties: acknowledge them, see who has (K6)."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from competence.actions.duties import acknowledge as act
from competence.actions.duties import record_signed_list
from competence.forms.joiners import SignedListForm
from competence.models import SignedList
from competence.queries import duties as queries
from competence.views.skills import crumbs
from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of, typed
from roles.models import Person, Role
from roles.views.parts import form_page

FORM = require_http_methods(["GET", "HEAD", "POST"])


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
        "show": typed(request, "show"), "crumbs": crumbs(), "records": may(request.user, "competence.duties.record"),
        "papers": may(request.user, "competence.papers.see"),
    }  # fmt: skip
    return render(request, "competence/duties.html", context)


@FORM
def record_signed(request: HttpRequest, pk: int) -> HttpResponse:
    """A list that people signed on paper, with their names (K6)."""
    require(request.user, "competence.duties.record")
    role = get_object_or_404(visible_to(request.user, Role), pk=pk)
    one = next((one for one in queries.duties() if one.role.pk == role.pk), None)
    if one is None:
        raise Http404
    missing = [row.pk for row in queries.readers(one, clock.today()) if row.at is None]
    people = Person.objects.filter(pk__in=missing).order_by("name_key", "pk")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SignedListForm(*sent, people=people, seen=one.wording)
    return form_page(
        request, form, lambda **values: record_signed_list(role, list(values.pop("people")), **values), done=_("Recorded."),
        to=reverse("duties"), heading=_("Record a signed list"), action_label=_("Record the list"), cancel_url=reverse("duties"),
        lead=_("For those who have no login: they read and sign on paper, you keep the list here."),
        crumbs=crumbs((_("Who has read everyone’s duties"), reverse("duties"))), template="competence/signed_list.html", lines=one.lines,
    )  # fmt: skip


@require_safe
def signed_list(request: HttpRequest, pk: int) -> FileResponse:
    """The list as it was handed in; a download only."""
    row = get_object_or_404(visible_to(request.user, SignedList), pk=pk)
    return FileResponse(row.file.open("rb"), as_attachment=True, filename=row.name, content_type=row.media_type)
