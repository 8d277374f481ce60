"""Before somebody leaves or moves, and when they do: what rests on them, and who takes it over (A6, A9)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of, typed
from roles.actions.handover import hand_over
from roles.forms.leaving import HandoverForm
from roles.models import Person
from roles.queries import handover
from roles.queries import what_if as queries
from roles.views.parts import kept


def _visible(request: HttpRequest, pk: int, verb: str) -> Person:
    rows = visible_to(request.user, Person).select_related("area", "manager", "user")
    person = get_object_or_404(rows, pk=pk)
    require(request.user, verb, person)
    return person


@require_safe
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be uncovered if this person left, and who would step in."""
    person, day = _visible(request, pk, "roles.person.what_if"), clock.today()
    found = queries.what_if_leaves(person, day)
    hands_over = may(request.user, "roles.person.hand_over", person)
    return render(
        request, "roles/what_if.html", {"person": person, "found": found, "day": day, "hands_over": hands_over}
    )


@require_safe
def single_points(request: HttpRequest) -> HttpResponse:
    """What rests on one person alone, by role and by person."""
    require(request.user, "roles.single_points.see")
    day, by_person = clock.today(), typed(request, "show") == "people"
    singles, loads = queries.single_roles(day), queries.loads(day)
    context = {
        "page_obj": page_of(request, loads if by_person else singles),
        "by_person": by_person,
        "singles": len(singles),
        "people": len(loads),
        "many": queries.MANY_ROLES,
    }
    return render(request, "roles/single_points.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_handover(request: HttpRequest, pk: int) -> HttpResponse:
    """A successor for each seat, all proposed at once or none."""
    person, day = _visible(request, pk, "roles.person.hand_over"), clock.today()
    people = visible_to(request.user, Person).current(day).exclude(pk=person.pk)
    initial = {"starts_on": handover.first_day(person, day)}
    form = kept(request, HandoverForm, rows=handover.rows(person, day), people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("starts_on", "reason")}
        made = attempt(form, hand_over, person, successors=form.chosen(), actor=request.user, **answers)
        if made:
            told = ngettext("%(n)d successor is proposed.", "%(n)d successors are proposed.", len(made)) % {
                "n": len(made)
            }
            said(request, told + " " + _("Nothing is in force before the approval."))
            return redirect(reverse("assignments") + "?show=waiting")
    context = {
        "form": form,
        "person": person,
        "others": handover.other_things(person, day),
        "delegations": handover.delegations_of(person, day),
    }
    return render(request, "roles/handover.html", context, status=422 if form.errors else 200)
