"""Importing assets: choose the list, look at what would happen, say who unknown owners are, say go (M4)."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ismsroles.core.access import require, visible_to
from ismsroles.core.errors import Invalid, Stale
from raci.asset_import import waiting
from raci.asset_import.columns import LABELS
from raci.asset_import.plan import KINDS, Plan
from raci.forms.imports import UploadForm
from raci.models import WaitingFile
from raci.views.matrix_files import kept_upload

IMPORT, ROWS_A_PAGE = "raci.asset.import", 100
POST = require_http_methods(["GET", "HEAD", "POST"])
WORDS = {
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "refused": gettext_lazy("Refused"),
    "same": gettext_lazy("Same as before"),
}


class ColumnsForm(forms.Form):
    """Which heading of the list holds what. Only what is on the list of columns can be taken in."""

    def __init__(self, headers: list[str], mapping: dict[str, str], data=None) -> None:
        super().__init__(data, prefix="column")
        choices = [("", _("not in this file")), *((header, header) for header in headers)]
        for field, label in LABELS.items():
            initial = mapping.get(field, "")
            self.fields[field] = forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)

    @property
    def mapping(self) -> dict[str, str]:
        return {field: header for field, header in self.cleaned_data.items() if header}


@POST
def assets_import(request: HttpRequest) -> HttpResponse:
    """Choose the list; it is read at once and nothing is changed."""
    require(request.user, IMPORT)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and (kept := kept_upload(request, form, "assets")):
        return redirect("assets-import-review", pk=kept.pk)
    files = visible_to(request.user, WaitingFile).filter(subject="assets").defer("content")
    context = {"form": form, "files": files, "labels": LABELS.values()}
    return render(request, "raci/assets_import.html", context, status=422 if form.errors else 200)


@POST
def assets_import_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list would do, row by row; correct columns, answer questions, import or throw away."""
    require(request.user, IMPORT)
    file = get_object_or_404(visible_to(request.user, WaitingFile), pk=pk, subject="assets")
    if request.method != "POST":
        return _page(request, file)
    if request.POST.get("do") == "discard":
        waiting.throw_away(file, actor=request.user)
        messages.success(request, _("%(file)s was thrown away. Nothing was changed.") % {"file": file.name})
        return redirect("assets-import")
    if _corrected(request, file):
        messages.success(request, _("Taken over. Look at the rows again; nothing was imported yet."))
        return redirect(request.get_full_path())
    return _imported(request, file) if request.POST.get("do") == "import" else redirect(request.get_full_path())


def _corrected(request: HttpRequest, file: WaitingFile) -> bool:
    """Whether columns or answers differ from those that the shown rows came from."""
    table = waiting.table_of(file.sheet)
    mapping = waiting.mapping_of(file, table)
    columns = ColumnsForm(table.headers, mapping, request.POST)
    if columns.is_valid() and "column-name" in request.POST:
        mapping = columns.mapping
    plan, _problem = _plan(file)
    said = {name: request.POST.get(f"owner-{at}", "") for at, name in enumerate(plan.unknown)} if plan else {}
    return waiting.correct(file, mapping=mapping, answers=said, actor=request.user)


def _imported(request: HttpRequest, file: WaitingFile) -> HttpResponse:
    try:
        result = waiting.import_assets(file, token=request.POST.get("seen", ""), actor=request.user)
    except Stale as stale:
        return _page(request, file, stale=stale, status=409)
    messages.success(request, result.sentence)
    return redirect("assets")


def _plan(file: WaitingFile) -> tuple[Plan | None, str]:
    try:
        return waiting.preview(file), ""
    except Invalid as invalid:
        return None, invalid.message


def _page(request: HttpRequest, file: WaitingFile, *, stale: Stale | None = None, status: int = 200) -> HttpResponse:
    plan, problem = _plan(file)
    table = waiting.table_of(file.sheet)
    mapping = waiting.mapping_of(file, table)
    context = {"file": file, "plan": plan, "problem": problem, "stale": stale, "notes": table.notes}
    context["columns"] = ColumnsForm(table.headers, mapping)
    context["unused"] = [header for header in table.headers if header not in mapping.values()]
    if plan:
        show = request.GET.get("show", "")
        rows = plan.of_kind(*([show] if show in KINDS else KINDS[:3]))
        context["page_obj"] = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
        context["chips"] = [(kind, WORDS[kind], count) for kind, count in plan.counts.items() if count]
        context |= {"show": show, "seen": waiting.seen(file, plan, actor=request.user)}
        context["different"] = sum(plan.counts[kind] for kind in KINDS[:3])
        context["ready"] = plan.counts["new"] + plan.counts["changed"]
    return render(request, "raci/assets_import_review.html", context, status=status)
