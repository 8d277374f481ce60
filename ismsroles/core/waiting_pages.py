"""The two pages of every list that comes in: choose the file, and look at what it would do before anything does."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import tabular
from ismsroles.core.access import require, visible_to
from ismsroles.core.errors import Invalid, Stale
from ismsroles.core.waiting import Intake, WaitingList

# What people may hand over; what it really is, is found out from its content.
ACCEPTED = ".csv,.tsv,.txt,.xlsx"


class UploadForm(forms.Form):
    """The list itself."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("CSV or Excel workbook (.xlsx), up to 10 MB. Choose it, or drop it on this field."),
        allow_empty_file=True,  # the reader says that it is empty, and what to do
        max_length=1_000,
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "class": "drop"}),
    )


class ColumnsForm(forms.Form):
    """Which heading of the file holds what. Only what is on the list of columns can be taken in."""

    def __init__(self, labels: dict[str, Any], headers: list[str], mapping: dict[str, str], data: Any = None) -> None:
        super().__init__(data, prefix="column")
        choices = [("", _("not in this file")), *((header, header) for header in headers)]
        for field, label in labels.items():
            initial = mapping.get(field, "")
            self.fields[field] = forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)

    @property
    def mapping(self) -> dict[str, str]:
        """field → heading, for a form that was sent and is valid."""
        return {field: header for field, header in self.cleaned_data.items() if header}


def upload_page(
    request: HttpRequest,
    intake: Intake,
    keep: Callable[..., WaitingList],
    review: str,
    template: str,
    *,
    form_class: type[UploadForm] = UploadForm,
    only: dict[str, str] | None = None,
    **context: Any,
) -> HttpResponse:
    """Choose the list; it is read at once and nothing is changed. `keep` gets the content, its name and the form's other answers;
    `only` says which of the waiting lists are of this page, and goes to `keep` as well."""
    require(request.user, intake.verb)
    form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class()
    if request.method == "POST" and (kept := _kept(request, form, keep, only or {})):
        return redirect(review, pk=kept.pk)
    context["files"] = visible_to(request.user, intake.model).filter(**only or {}).defer("content")
    context |= {"form": form, "review": review}
    return render(request, template, context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, form: UploadForm, keep: Callable[..., WaitingList], only: dict) -> WaitingList | None:
    """The upload as it waits; what cannot be read is said at the field."""
    try:
        if getattr(request, "upload_too_large", False):
            tabular.check_size(tabular.BYTES + 1)
        if form.is_valid():
            answers = dict(form.cleaned_data)
            file = answers.pop("file")
            tabular.check_size(file.size)
            return keep(file.read(), file.name, actor=request.user, **answers, **only)
    except Invalid as refused:
        form.errors.clear()
        form.add_error("file", refused.message)
    return None


def answered(
    request: HttpRequest,
    intake: Intake,
    file: WaitingList,
    page: Callable[..., HttpResponse],
    *,
    back: str,
    done: str,
    corrected: Callable[[HttpRequest, Any], bool] = lambda request, file: False,
    **more: Any,
) -> HttpResponse:
    """The page of a list that waits: look, correct how it is read, take it in as it was shown, or throw it away."""
    if request.method != "POST":
        return page(request, file)
    do = request.POST.get("do")
    if do == "discard":
        intake.throw_away(file, actor=request.user)
        messages.success(request, _("%(file)s was thrown away. Nothing was changed.") % {"file": file.name})
        return redirect(back)
    if corrected(request, file):
        messages.success(request, _("Taken over. Look at the rows again; nothing was imported yet."))
        return redirect(request.get_full_path())
    if do != "import":
        return redirect(request.get_full_path())
    try:
        result = intake.take(file, token=request.POST.get("seen", ""), actor=request.user, **more)
    except Stale as stale:
        return page(request, file, stale=stale, status=409)
    messages.success(request, result.sentence)
    return redirect(done)
