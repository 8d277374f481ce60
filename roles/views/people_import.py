"""Importing people: choose the file, look at what would happen, say go."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ismsroles.core import exports, waiting_pages
from ismsroles.core.access import require, visible_to
from ismsroles.core.errors import Invalid, Stale
from ismsroles.core.waiting_pages import ColumnsForm
from roles.forms.people_import import ConfirmForm, UploadForm, answers, ticks
from roles.imports import COLUMNS, KIND_LABELS, Plan, leavers, samples, waiting
from roles.imports.plan import KINDS
from roles.imports.waiting import PEOPLE
from roles.models import ImportFile, Person

ROWS_A_PAGE, MISSING_SHOWN = 50, 200
LABELS = {column.field: column.label for column in COLUMNS}
DIFFERENT = [kind for kind in KINDS if kind != "unchanged"]


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose the list; it is read at once and nothing is changed."""
    return waiting_pages.upload_page(
        request, PEOPLE, waiting.keep, "people-import-review", "roles/people_import.html",
        form_class=UploadForm, columns=samples.COLUMNS,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list would do, row by row; correct columns, answer questions, import or throw away."""
    require(request.user, PEOPLE.verb)
    file = get_object_or_404(visible_to(request.user, ImportFile), pk=pk)
    confirm = ConfirmForm(request.POST)
    confirmed = confirm.cleaned_data["confirm_leavers"] if confirm.is_valid() else None
    try:
        return waiting_pages.answered(
            request, PEOPLE, file, _page, back="people-import", done="people", corrected=_corrected, confirmed=confirmed
        )
    except Invalid as unconfirmed:
        confirm.add_error("confirm_leavers", unconfirmed.message)
        return _page(request, file, confirm=confirm, status=422)


def _corrected(request: HttpRequest, file: ImportFile) -> bool:
    """Whether columns or answers differ from those that the shown rows came from."""
    columns = ColumnsForm(LABELS, file.table.headers, file.mapping, request.POST)
    mapping = columns.mapping if columns.is_valid() and "column-name" in request.POST else file.mapping
    plan, _problem = PEOPLE.planned(file)
    said = answers(request.POST, plan.rows) | _missing(request, plan) if plan else {}
    kind = typed_kind if (typed_kind := request.POST.get("kind")) in dict(ImportFile.LISTS) else ""
    return waiting.correct(file, mapping=mapping, answers=said, actor=request.user, kind=kind)


def _missing(request: HttpRequest, plan: Plan) -> dict[str, str]:
    """What was said about people whom a full list does not name; what cannot be is said and not taken over."""
    said, wrong = leavers.answers(*ticks(request.POST), plan.absent if plan.kind == leavers.FULL else [])
    for sentence in wrong:
        messages.error(request, sentence)
    return said


def _page(
    request: HttpRequest,
    file: ImportFile,
    *,
    stale: Stale | None = None,
    confirm: ConfirmForm | None = None,
    status: int = 200,
) -> HttpResponse:
    plan, problem = PEOPLE.planned(file)
    table = file.table
    context = {"file": file, "plan": plan, "problem": problem, "stale": stale, "notes": table.notes}
    context["columns"] = ColumnsForm(LABELS, table.headers, file.mapping)
    context["unused"] = [header for header in table.headers if header not in file.mapping.values()]
    context |= {"kinds": ImportFile.LISTS, "confirm": confirm or ConfirmForm()}
    if plan:
        context["missing"] = _shown_missing(plan)
        wanted = request.GET.get("show", "")
        rows = plan.of_kind(*([wanted] if wanted in KINDS else DIFFERENT))
        context["page_obj"] = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
        context["chips"] = [(kind, KIND_LABELS[kind], plan.counts[kind]) for kind in KINDS if plan.counts[kind]]
        context |= {"show": wanted, "different": sum(plan.counts[kind] for kind in DIFFERENT)}
        context["seen"] = PEOPLE.seen(file, plan, actor=request.user)
    return render(request, "roles/people_import_review.html", context, status=status)


def _shown_missing(plan: Plan) -> list[tuple[Person, leavers.Leaver | None]]:
    """The missing people of a full list, those already ticked first."""
    told = {one.person.pk: one for one in plan.leavers}
    rows = [(person, told.get(person.pk)) for person in plan.absent] if plan.kind == leavers.FULL else []
    return sorted(rows, key=lambda row: row[1] is None)[:MISSING_SHOWN]


@require_GET
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows with their reasons, to be mended and uploaded again."""
    require(request.user, "roles.people.import")
    file = get_object_or_404(visible_to(request.user, ImportFile), pk=pk)
    headers, rows = samples.refused_rows(waiting.preview(file))
    return _download(exports.csv_bytes(headers, rows), exports.CSV_TYPE, "refused-rows.csv")


@require_GET
def sample(request: HttpRequest) -> HttpResponse:
    """A workbook with the headings that are understood without correction."""
    require(request.user, "roles.people.import")
    headers, rows = samples.example()
    return _download(exports.xlsx_bytes(_("People"), headers, rows), exports.XLSX_TYPE, "people-example.xlsx")


def _download(content: bytes, media_type: str, filename: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{filename}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=media_type, headers=headers)
