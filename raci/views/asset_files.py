"""Importing assets: choose the list, look at what would happen, say who unknown owners are, say go (M4)."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from ismsroles.core import waiting_pages
from ismsroles.core.access import require, visible_to
from ismsroles.core.errors import Stale
from ismsroles.core.waiting_pages import ColumnsForm
from raci.asset_import import waiting
from raci.asset_import.columns import LABELS
from raci.asset_import.plan import KINDS, WORDS
from raci.asset_import.waiting import ASSETS
from raci.models import WaitingFile

ROWS_A_PAGE = 100
POST = require_http_methods(["GET", "HEAD", "POST"])


@POST
def assets_import(request: HttpRequest) -> HttpResponse:
    """Choose the list; it is read at once and nothing is changed."""
    return waiting_pages.upload_page(
        request, ASSETS, waiting.keep, "assets-import-review", "raci/assets_import.html",
        only={"subject": "assets"}, labels=LABELS.values(),
    )  # fmt: skip


@POST
def assets_import_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list would do, row by row; correct columns, answer questions, import or throw away."""
    require(request.user, ASSETS.verb)
    file = get_object_or_404(visible_to(request.user, WaitingFile), pk=pk, subject="assets")
    return waiting_pages.answered(
        request, ASSETS, file, _page, back="assets-import", done="assets", corrected=_corrected
    )


def _corrected(request: HttpRequest, file: WaitingFile) -> bool:
    """Whether columns or answers differ from those that the shown rows came from."""
    table = waiting.table_of(file.sheet)
    mapping = waiting.mapping_of(file, table)
    columns = ColumnsForm(LABELS, table.headers, mapping, request.POST)
    if columns.is_valid() and "column-name" in request.POST:
        mapping = columns.mapping
    plan, _problem = ASSETS.planned(file)
    said = {name: request.POST.get(f"owner-{at}", "") for at, name in enumerate(plan.unknown)} if plan else {}
    return waiting.correct(file, mapping=mapping, answers=said, actor=request.user)


def _page(request: HttpRequest, file: WaitingFile, *, stale: Stale | None = None, status: int = 200) -> HttpResponse:
    plan, problem = ASSETS.planned(file)
    table = waiting.table_of(file.sheet)
    mapping = waiting.mapping_of(file, table)
    context = {"file": file, "plan": plan, "problem": problem, "stale": stale, "notes": table.notes}
    context["columns"] = ColumnsForm(LABELS, table.headers, mapping)
    context["unused"] = [header for header in table.headers if header not in mapping.values()]
    if plan:
        show = request.GET.get("show", "")
        rows = plan.of_kind(*([show] if show in KINDS else KINDS[:3]))
        context["page_obj"] = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
        context["chips"] = [(kind, WORDS[kind], count) for kind, count in plan.counts.items() if count]
        context |= {"show": show, "seen": ASSETS.seen(file, plan, actor=request.user)}
        context["different"] = sum(plan.counts[kind] for kind in KINDS[:3])
        context["ready"] = plan.counts["new"] + plan.counts["changed"]
    return render(request, "raci/assets_import_review.html", context, status=status)
