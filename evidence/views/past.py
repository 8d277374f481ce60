"""The register on a past day, read-only and marked, and what differs between two days or versions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evidence import past
from evidence.earlier import KIND
from evidence.forms import CompareForm, PastForm
from evidence.queries import shown
from ismsroles.core import clock
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid
from ismsroles.records.models import Version

SEE = "evidence.audit.see"


@require_safe
def past_day(request: HttpRequest) -> HttpResponse:
    """Roles, holders, matrix, owners and findings as they were at the end of a day."""
    require(request.user, SEE)
    form = PastForm(request.GET or None)
    context = {"form": form, "today": clock.today()}
    if form.is_valid() and (day := form.cleaned_data["on"]):
        try:
            then = past.on(day)
            titles = {role["id"]: role["title"] for role in then.register["roles"]}
            context |= {"then": then, "found": [shown(one, mends=False) for one in then.found], "titles": titles}
        except Invalid as error:
            form.add_error("on", error.message)
    return render(request, "evidence/past.html", context, status=422 if form.errors else 200)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """In words, and side by side."""
    require(request.user, SEE)
    signed = Version.objects.filter(kind=KIND, final__isnull=False).order_by("-published_at")
    form = CompareForm(request.GET or None, versions=list(signed.values_list("number", flat=True)))
    context = {"form": form}
    if form.is_valid():
        asked = form.cleaned_data
        if asked["first_day"] or asked["first"]:
            try:
                sides = [past.side(asked[f"{name}_day"], asked[name]) for name in ("first", "second")]
                context |= {"rows": past.differences(*sides), "asked": asked}
            except Invalid as error:
                form.add_error(None, error.message)
        else:
            form.add_error("first_day", _("Choose a day or a version to begin with."))
    return render(request, "evidence/compare.html", context, status=422 if form.errors else 200)
