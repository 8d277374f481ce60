"""Choosing a person for a role: the list under the field, and the same as a page that works without script (A2, A5)."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.paging import typed
from roles.forms.offering import ChoiceForm
from roles.models import Area, Assignment, Person, Role
from roles.offers import Choice
from roles.queries.offering import offered
from roles.queries.register import proposes


def _choice(request: HttpRequest) -> tuple[ChoiceForm, Choice]:
    """What is being filled, as far as the answers so far make sense."""
    user = request.user
    roles = visible_to(user, Role).active().exclude(kind="everyone")
    form = ChoiceForm(request.GET, roles=roles, areas=visible_to(user, Area))
    form.is_valid()
    given: dict[str, Any] = form.cleaned_data
    starts_on = given.get("starts_on") or clock.today()
    ends_on = given.get("ends_on")
    ends_on = None if ends_on is not None and ends_on < starts_on else ends_on
    seat = typed(request, "seat")
    seat = seat if seat in dict(Assignment.SEATS) else "primary"
    return form, Choice(given.get("role"), seat, given.get("area"), starts_on, ends_on, user)


def _delegated(request: HttpRequest, choice: Choice) -> Choice | None:
    """What is chosen for when a holder delegates: named responsibilities of their own role. Nothing when it is not theirs to delegate."""
    number = typed(request, "delegation", 20)
    held = visible_to(request.user, Assignment).select_related("role").filter(pk=number) if number.isdigit() else ()
    for one in held:
        if may(request.user, "roles.delegation.offer", one):
            duties = frozenset(int(pk) for pk in request.GET.getlist("responsibilities")[:200] if pk.isdigit())
            return replace(choice, role=one.role, seat="delegate", area=one.area, responsibilities=duties)
    return None


@require_GET
def people_offers(request: HttpRequest) -> HttpResponse:
    """The first people that fit what was typed, with what is known of each for this role and term; a list for the field."""
    _form, choice = _choice(request)
    delegated = _delegated(request, choice)
    people = visible_to(request.user, Person) if delegated is None else Person.objects.all()  # a holder may ask anybody
    rows = offered(people.current(clock.today()), typed(request, "q", 100), delegated or choice)
    return render(
        request, "roles/people_offers.html", {"offers": rows, "for_field": typed(request, "from", 60) or "person"}
    )


@require_safe
def propose_people(request: HttpRequest) -> HttpResponse:
    """The same as a page: search, compare, choose."""
    if not proposes(request.user):
        require(request.user, "roles.assignment.propose", None)
    form, choice = _choice(request)
    people = visible_to(request.user, Person).current(clock.today())
    rows = offered(people, typed(request, "q", 100), choice)
    return render(request, "roles/propose_people.html", {"offers": rows, "form": form, "choice": choice})
