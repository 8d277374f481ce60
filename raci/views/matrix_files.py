"""The matrix from a file and as a file (M1)."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock, waiting_pages
from ismsroles.core.access import require, visible_to
from ismsroles.core.errors import Stale
from ismsroles.core.exports import CSV_TYPE, XLSX_TYPE
from ismsroles.core.paging import typed
from raci.forms.imports import ReadingForm, answers
from raci.models import WaitingFile
from raci.spreadsheet import export, printed, waiting
from raci.spreadsheet.layout import ROLES_DOWN
from raci.spreadsheet.plan import NEW, SKIP, Plan
from raci.spreadsheet.register import drafted
from raci.spreadsheet.waiting import MATRIX
from raci.views.files import download
from roles.models import Role

ROWS_A_PAGE = 100
POST = require_http_methods(["GET", "HEAD", "POST"])


@POST
def matrix_import(request: HttpRequest) -> HttpResponse:
    """Choose the file; it is read at once and nothing is changed."""
    return waiting_pages.upload_page(
        request, MATRIX, waiting.keep, "matrix-import-review", "raci/matrix_import.html", only={"subject": "matrix"}
    )


@POST
def matrix_import_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Every difference that the file would make; correct how it is read, answer questions, import or throw away."""
    require(request.user, MATRIX.verb)
    file = get_object_or_404(visible_to(request.user, WaitingFile), pk=pk, subject="matrix")
    return waiting_pages.answered(
        request, MATRIX, file, _page, back="matrix-import", done="matrix", corrected=_corrected
    )


def _corrected(request: HttpRequest, file: WaitingFile) -> bool:
    """Whether the person reads it in another way, or answered something else, than the shown differences came from."""
    plan, _problem = MATRIX.planned(file)
    form = ReadingForm(plan.reading.signs if plan else {}, request.POST)
    reading = form.reading if form.is_valid() else file.reading
    turned = plan is not None and reading.get("down") not in (None, "", plan.reading.layout.down)
    said = answers(request.POST, plan.questions) if plan and not turned else {}
    if request.POST.get("do") == "draft-all":  # sixty roles are not answered one by one
        said = {field: NEW if answer == SKIP else answer for field, answer in said.items()}
    if request.POST.get("do") == "import" and plan:  # what the form shows by itself is no correction
        reading = file.reading if reading == _shown(plan, file) else reading
        said = {field: answer for field, answer in said.items() if answer != _answered(plan, field)}
    return waiting.correct(file, reading=reading, answers=said, actor=request.user)


def _shown(plan: Plan, file: WaitingFile) -> dict:
    form = ReadingForm(
        plan.reading.signs, _initial(plan, file) | {f"sign-{n}": m for n, m in enumerate(plan.reading.signs.values())}
    )
    return form.reading if form.is_valid() else {}


def _initial(plan: Plan, file: WaitingFile) -> dict[str, str]:
    return {"down": plan.reading.layout.down, "plain": file.reading.get("plain") or "groups"}


def _answered(plan: Plan, field: str) -> str:
    return next((question.answer for question in plan.questions if question.field == field), "")


def _page(request: HttpRequest, file: WaitingFile, *, stale: Stale | None = None, status: int = 200) -> HttpResponse:
    plan, problem = MATRIX.planned(file)
    context = {"file": file, "plan": plan, "problem": problem, "stale": stale, "notes": file.sheet.notes}
    context["form"] = ReadingForm(plan.reading.signs if plan else {}, initial=_initial(plan, file) if plan else {})
    if plan:
        context["page_obj"] = Paginator(plan.changes, ROWS_A_PAGE).get_page(request.GET.get("page"))
        context["seen"] = MATRIX.seen(file, plan, actor=request.user)
        context["roles"] = _titles() if plan.questions else []
    return render(request, "raci/matrix_import_review.html", context, status=status)


def _titles() -> list[tuple[int, str]]:
    return list(Role.objects.exclude(state="retired").order_by("title").values_list("pk", "title"))


@require_safe
def matrix_export(request: HttpRequest) -> HttpResponse:
    """The drafted matrix as a workbook, as text or as JSON."""
    require(request.user, "raci.draft.see")
    matrix, form, down = drafted(), typed(request, "format"), ROLES_DOWN if typed(request, "down") == ROLES_DOWN else ""
    name = f"rasci-{clock.today().isoformat()}"
    if form == "csv":
        return download(export.csv(matrix, down), CSV_TYPE, f"{name}.csv")
    if form == "pdf":
        return redirect("matrix-pdf")
    if form == "json":
        return download(export.as_json(matrix), "application/json", f"{name}.json")
    return download(export.xlsx(matrix, down), XLSX_TYPE, f"{name}.xlsx")


@require_safe
def matrix_print(request: HttpRequest) -> HttpResponse:
    """The drafted matrix in parts that fit a page of paper, each with its headings."""
    require(request.user, "raci.draft.see")
    context = {"parts": printed.parts(drafted(), across=10), "legend": export.legend().items()}
    return render(request, "raci/matrix_print.html", context)
