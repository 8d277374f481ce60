"""The document: the version in force, all versions, one version, and the preparing of a new one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evidence import actions, queries
from evidence.earlier import KIND, in_force
from evidence.findings import changes_since_signed
from evidence.forms import PrepareForm
from evidence.readiness import assess
from evidence.steps import steps_of
from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of
from ismsroles.records import kinds
from ismsroles.records.models import Version

PREPARE = "roles-document.prepare"


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The version in force one click away, and every other one (D2)."""
    user = request.user
    require(user, "roles.register.see")
    sees = may(user, "evidence.findings.see")
    context = {
        "version": in_force(),
        "open_version": queries.open_version(user),
        "page_obj": page_of(request, queries.versions(user), size=20),
        "may_prepare": may(user, PREPARE),
        "mine": queries.waiting_signoff(user),
        "changes": changes_since_signed(clock.today()) if sees else [],
    }
    return render(request, "evidence/document.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest) -> HttpResponse:
    """What stands in the way, what will be printed as open, and the freezing itself (rule 10)."""
    require(request.user, PREPARE)
    form = PrepareForm(request.POST if request.method == "POST" else None, initial={"number": actions.next_number()})
    if request.method == "POST" and form.is_valid():
        version = attempt(form, actions.prepare_version, actor=request.user, **form.cleaned_data)
        if version is not None:
            said(request, _("Frozen. The draft PDF is being made."))
            return redirect(version)
    state = assess(actions.next_number(), "", prepared_by=request.user.name)
    context = {
        "form": form,
        "state": state,
        "open_points": [queries.shown(one) for one in state.open_points],
        "version": in_force(),
    }
    return render(request, "evidence/prepare.html", context, status=422 if form.errors else 200)


@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: where it is on its way, its PDF, who signed it and who has yet to."""
    one = visible_version(request, pk)
    if request.htmx and "wait" in request.GET:
        return HttpResponse(status=204) if _is_waited_for(one) else HttpResponse(headers={"HX-Refresh": "true"})
    signoffs = list(one.signoffs.select_related("user"))
    context = {
        "version": one,
        "signoffs": signoffs,
        "steps": steps_of(one, signoffs),
        "waits": _is_waited_for(one),
        "mine": next(
            (s for s in signoffs if s.user_id == request.user.pk and s.state == "waiting" and one.state == "sent"), None
        ),
        "may_prepare": may(request.user, f"{one.kind}.prepare"),
        "in_force": in_force() if one.kind == KIND else None,
        "crumbs": crumbs(one),
        "send_url": reverse(kinds.get(one.kind).send, args=[one.pk]),
        "is_document": one.kind == KIND,
    }
    return render(request, "evidence/version.html", context)


def _is_waited_for(version: Version) -> bool:
    return version.is_being_rendered and not version.fault


def visible_version(request: HttpRequest, pk: int) -> Version:
    """The version, if this person may see it; otherwise there is no such page (design rule 13)."""
    return get_object_or_404(visible_to(request.user, Version), pk=pk)


def crumbs(version: Version) -> list[tuple[str, str]]:
    """What this is a version of."""
    home = kinds.get(version.kind).home(version)
    return [home or (_("Document"), reverse("document"))]
