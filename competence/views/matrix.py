"""The matrix of people and skills for those who see names, counts for the others (C1, C3; rule 15)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from competence import matrix_page
from competence.exports import matrix_file
from competence.queries import counts, training
from competence.queries import matrix as queries
from ismsroles.core import clock, unchanged
from ismsroles.core.access import may, require
from roles.policy import standing


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """People and skills with what is missing; who sees no names gets counts."""
    user, day = request.user, clock.today()
    require(user, "competence.counts.see")
    if not may(user, "competence.people.see", None):
        context = {"counts": counts.counts(day, training.plans(day)), "person": standing(user).person}
        return render(request, "competence/counts.html", context)
    found = matrix_page.shown(request)
    context = {"shown": found, "query": request.GET.urlencode(), "imports": may(user, "competence.import")}
    return unchanged.around(request, "competence/matrix.html", context, found.content)


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The table as the page shows it, as a file."""
    user, day = request.user, clock.today()
    require(user, "competence.people.see", None)
    if form not in ("xlsx", "csv", "pdf"):
        raise Http404
    _filter, narrowed = matrix_page.asked(request)
    return matrix_file(queries.matrix(user, day, narrowed), day, form)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My own page."""
    person = standing(request.user).person
    if person is None:
        raise Http404
    return redirect(reverse("person-competence", args=[person.pk]))
