"""Importing competence and training: choose the file, look at what would happen, say go."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from competence.imports.waiting import LISTS, keep
from competence.models import WaitingTable
from competence.views.skills import crumbs
from ismsroles.core import waiting_pages
from ismsroles.core.access import require, visible_to
from ismsroles.core.errors import Stale
from ismsroles.core.paging import page_of

FORM = require_http_methods(["GET", "HEAD", "POST"])


class UploadForm(waiting_pages.UploadForm):
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
    field_order = ["kind", "file"]


@FORM
def upload(request: HttpRequest) -> HttpResponse:
    """Choose the list; it is read at once and nothing is changed."""
    return waiting_pages.upload_page(
        request, LISTS, keep, "competence-import-review", "competence/import.html",
        form_class=UploadForm, crumbs=crumbs(),
    )  # fmt: skip


@FORM
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list would do, line by line; import it or throw it away."""
    require(request.user, LISTS.verb)
    file = get_object_or_404(visible_to(request.user, WaitingTable), pk=pk)
    done = "competence" if file.kind == "competence" else "courses"
    return waiting_pages.answered(request, LISTS, file, _page, back="competence-import", done=done)


def _page(request: HttpRequest, file: WaitingTable, *, stale: Stale | None = None, status: int = 200) -> HttpResponse:
    plan, problem = LISTS.planned(file)
    context = {"file": file, "plan": plan, "problem": problem, "stale": stale, "notes": file.table.notes}
    context["crumbs"] = crumbs()
    if plan:
        context |= {"page_obj": page_of(request, plan.wanted), "problems": plan.problems[:200]}
        context["seen"] = LISTS.seen(file, plan, actor=request.user)
    return render(request, "competence/import_review.html", context, status=status)
