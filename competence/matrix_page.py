"""The table of people and skills as its page shows it. For whoever sees everybody it is made once for each state of its tables."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from competence import cells
from competence.forms.training import MatrixFilter
from competence.models import Assessment, Requirement, Skill, TrainingAction
from competence.policy import sees_everybody
from competence.queries import matrix as queries
from competence.queries.matrix import Asked, Matrix
from ismsroles.core import clock, unchanged
from ismsroles.core.paging import typed
from roles.models import Area, Assignment, Delegation, Person, Role
from roles.queries.chips import Chip
from roles.queries.register import area_choices

# Every table that is read for it; a test compares them with the statements that are sent.
TABLES = (Requirement, Assessment, Skill, TrainingAction, Assignment, Delegation, Person, Role, Area)
PEOPLE_A_PAGE = 500
LABELS = {
    "": _("Everybody"),
    "gaps": _("With gaps"),
    "unplanned": _("Gap without plan"),
    "expired": _("Expired"),
    "expiring": _("Expires soon"),
    "met": _("All needs met"),
}


@dataclass(frozen=True)
class Shown:
    """The table with its filter, and what the head of the page has to know of it."""

    content: bytes
    has_rows: bool
    bare: int  # people who have a gap without a plan
    show: str


def asked(request: HttpRequest) -> tuple[MatrixFilter, Asked]:
    """How the table is narrowed, as far as it makes sense."""
    roles = list(Role.objects.active().order_by("title").values_list("pk", "title"))
    form = MatrixFilter(request.GET, areas=area_choices(request.user), roles=roles)
    show = typed(request, "show")
    return form, Asked(**form.asked(), show=show if show in queries.SHOWS else "")


def shown(request: HttpRequest) -> Shown:
    """What this person sees. Narrowed, or of some people only, it is made anew each time (rule 15)."""
    whole = not request.GET and sees_everybody(request.user)
    key = ("competence", clock.today(), get_language())
    state = unchanged.state_of(TABLES) if whole else None
    return unchanged.part(key, state, lambda: _made(request))


def _made(request: HttpRequest) -> Shown:
    form, narrowed = asked(request)
    table = queries.matrix(request.user, clock.today(), narrowed)
    page = _page(table)
    context = {
        "filter": form, "chips": _chips(request, table, narrowed), "table": table,
        "phone": cells.phone(page), "missing": table.gaps, "edge": _edge(table), "narrowed": narrowed,
        "more": len(table.rows) - len(page.rows),
    }  # fmt: skip
    content = unchanged.rendered(request, "competence/matrix_content.html", context, cells.body(page).encode())
    return Shown(content, bool(table.rows), table.counted["unplanned"], narrowed.show)


def _page(table: Matrix) -> Matrix:
    """At most five hundred people on one page; the filter narrows, the export has everybody."""
    return Matrix(table.rows[:PEOPLE_A_PAGE], table.skills, table.plans, table.counted, table.everybody)


def _edge(table: Matrix) -> list[tuple[str, int]]:
    found = table.gaps_of_skill
    return [(name, found.get(pk, 0)) for pk, name in table.skills]


def _chips(request: HttpRequest, table: Matrix, narrowed: Asked) -> list[Chip]:
    made = []
    for show, label in LABELS.items():
        query = request.GET.copy()
        query["show"] = show
        made.append(Chip(label, "?" + query.urlencode(), table.counted[show], show == narrowed.show))
    return made
