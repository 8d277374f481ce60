"""Importing competence and training: choose the file, look at what would happen, say go."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from competence.imports import waiting
from competence.models import WaitingTable
from competence.views.skills import crumbs
from ismsroles.core import tabular
from ismsroles.core.access import require, visible_to
from ismsroles.core.errors import Invalid
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of

FORM = require_http_methods(["GET", "HEAD", "POST"])


class UploadForm(forms.Form):
    """A list, and what it is a list of."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What the file holds"),
        choices=[
            ("competence", gettext_lazy("Competence: who can do what")),
            ("training", gettext_lazy("Training: who took what")),
        ],
        widget=forms.RadioSelect,
        initial="competence",
    )
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("CSV or Excel (.xlsx), up to 10 MB."))


@FORM
def upload(request: HttpRequest) -> HttpResponse:
    """Choose the list; it is read at once and nothing is changed."""
    require(request.user, "competence.import")
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and (kept := _kept(request, form)):
        return redirect("competence-import-review", pk=kept.pk)
    context = {"form": form, "waiting": visible_to(request.user, WaitingTable).defer("content"), "crumbs": crumbs()}
    return render(request, "competence/import.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, form: UploadForm) -> WaitingTable | None:
    try:
        if getattr(request, "upload_too_large", False):
            tabular.check_size(tabular.BYTES + 1)
        if form.is_valid():
            file = form.cleaned_data["file"]
            tabular.check_size(file.size)
            return waiting.keep(form.cleaned_data["kind"], file.read(), file.name, actor=request.user)
    except Invalid as refused:
        form.errors.pop("file", None)
        form.add_error("file", refused.message)
    return None


@FORM
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list would do, line by line; import it or throw it away."""
    require(request.user, "competence.import")
    row = get_object_or_404(visible_to(request.user, WaitingTable), pk=pk)
    if request.method == "POST" and request.POST.get("do") == "import":
        result = waiting.import_table(row, token=request.POST.get("seen", ""), actor=request.user)
        said(request, result.sentence)
        return redirect("competence" if row.kind == "competence" else "courses")
    if request.method == "POST":
        waiting.throw_away(row, actor=request.user)
        said(request, _("%(file)s was thrown away. Nothing was changed.") % {"file": row.name})
        return redirect("competence-import")
    plan = waiting.preview_of(row.kind, row.table)
    context = {"row": row, "plan": plan, "page_obj": page_of(request, plan.wanted), "problems": plan.problems[:200],
               "seen": waiting.seen(row, plan, actor=request.user), "crumbs": crumbs()}  # fmt: skip
    return render(request, "competence/import_review.html", context)
