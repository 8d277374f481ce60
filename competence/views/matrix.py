"""The matrix of people and skills for those who see names, counts for the others (C1, C3; rule 15)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from competence import cells
from competence.exports import matrix_file
from competence.forms.training import MatrixFilter
from competence.queries import counts, training
from competence.queries import matrix as queries
from competence.queries.matrix import Asked
from ismsroles.core import clock
from ismsroles.core.access import may, require
from ismsroles.core.paging import typed
from roles.models import Role
from roles.policy import standing
from roles.queries.chips import Chip
from roles.queries.register import area_choices

PEOPLE_A_PAGE = 500
LABELS = {
    "": _("Everybody"),
    "gaps": _("With gaps"),
    "unplanned": _("Gap without plan"),
    "expired": _("Expired"),
    "expiring": _("Expires soon"),
    "met": _("All needs met"),
}


def asked(request: HttpRequest) -> tuple[MatrixFilter, Asked]:
    """How the table is narrowed, as far as it makes sense."""
    roles = list(Role.objects.active().order_by("title").values_list("pk", "title"))
    form = MatrixFilter(request.GET, areas=area_choices(request.user), roles=roles)
    show = typed(request, "show")
    return form, Asked(**form.asked(), show=show if show in queries.SHOWS else "")


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """People and skills with what is missing; who sees no names gets counts."""
    user, day = request.user, clock.today()
    require(user, "competence.counts.see")
    if not may(user, "competence.people.see", None):
        context = {"counts": counts.counts(day, training.plans(day)), "person": standing(user).person}
        return render(request, "competence/counts.html", context)
    form, narrowed = asked(request)
    table = queries.matrix(user, day, narrowed)
    shown = _page(request, table)
    context = {
        "filter": form, "chips": _chips(request, table, narrowed), "table": table, "body": cells.body(shown),
        "phone": cells.phone(shown), "missing": table.gaps, "edge": _edge(table), "narrowed": narrowed,
        "bare": table.counted["unplanned"], "query": request.GET.urlencode(), "more": len(table.rows) - len(shown.rows),
        "keeps": may(user, "competence.skill.keep"), "imports": may(user, "competence.import"),
    }  # fmt: skip
    return render(request, "competence/matrix.html", context)


def _page(request: HttpRequest, table: queries.Matrix) -> queries.Matrix:
    """At most five hundred people on one page; the filter narrows, the export has everybody."""
    return queries.Matrix(table.rows[:PEOPLE_A_PAGE], table.skills, table.plans, table.counted, table.everybody)


def _edge(table: queries.Matrix) -> list[tuple[str, int]]:
    found = table.gaps_of_skill
    return [(name, found.get(pk, 0)) for pk, name in table.skills]


def _chips(request: HttpRequest, table: queries.Matrix, narrowed: Asked) -> list[Chip]:
    made = []
    for show, label in LABELS.items():
        query = request.GET.copy()
        query["show"] = show
        made.append(Chip(label, "?" + query.urlencode(), table.counted[show], show == narrowed.show))
    return made


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The table as the page shows it, as a file."""
    user, day = request.user, clock.today()
    require(user, "competence.people.see", None)
    if form not in ("xlsx", "csv", "pdf"):
        raise Http404
    _filter, narrowed = asked(request)
    return matrix_file(queries.matrix(user, day, narrowed), day, form)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My own page."""
    person = standing(request.user).person
    if person is None:
        raise Http404
    return redirect(reverse("person-competence", args=[person.pk]))
