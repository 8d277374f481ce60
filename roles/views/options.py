"""Suggestions for a field in which a person is chosen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ismsroles.core import clock
from ismsroles.core.access import visible_to
from roles.forms.pickers import written
from roles.models import Person

SUGGESTED = 20


@require_GET
def people_options(request: HttpRequest) -> HttpResponse:
    """The first people that fit what was typed (`?q=`, or the field that `?from=` names), as options of a list."""
    typed = request.GET.get(request.GET.get("from", "q"), "").replace("\x00", "")[:100]
    people = visible_to(request.user, Person).select_related("area")
    if request.GET.get("who") != "all":
        people = people.current(clock.today())
    found = people.suggested(typed, SUGGESTED)
    return render(request, "roles/people_options.html", {"people": [(written(one), one) for one in found]})
