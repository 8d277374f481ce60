"""Appointment letters: read and answer one, see who has answered, record a paper (A4)."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of, typed
from ismsroles.core.shown import seal, unseal
from roles.actions import letters as actions
from roles.forms.filters import ListFilter
from roles.forms.letters import AnswerForm, PaperForm
from roles.models import Letter
from roles.queries import chips
from roles.queries import letters as queries
from roles.queries.register import area_choices, standing_of
from roles.views.assignments import FORM
from roles.views.assignments import visible as visible_assignment
from roles.views.parts import confirm_page, form_page, kept

DONE = {
    "accepted": gettext_lazy("Accepted. Thank you."),
    "declined": gettext_lazy("Declined. The information security manager is told."),
}


def visible(request: HttpRequest, pk: int) -> Letter:
    rows = visible_to(request.user, Letter).select_related(
        "assignment__role", "assignment__area", "assignment__person", "person", "snapshot", "answered_by"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Who has accepted, who has declined, who has not answered."""
    user, questions = request.user, queries.questions(clock.today())
    require(user, "roles.letters.see")
    form = ListFilter(request.GET, areas=area_choices(user))
    show = typed(request, "show") if typed(request, "show") in questions else ""
    rows = queries.listed(user, **form.asked())
    counted = chips.counts(rows, questions)
    page = page_of(
        request, queries.ordered(rows.filter(questions[show][1]), typed(request, "sort")), total=counted[show]
    )
    context = {"page_obj": page, "filter": form, "chips": chips.links(questions, counted, show, request.GET), "show": show,
               "counted": counted, "words": may(user, "roles.letter_text.keep")}  # fmt: skip
    return render(request, "roles/letter/list.html", context)


@FORM
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a letter; the person it appoints accepts or declines exactly what is shown (rule 2). Reading answers nothing."""
    one, form = visible(request, pk), kept(request, AnswerForm)
    if request.method == "POST":
        require(request.user, "roles.letter.answer", one)
        if form.is_valid() and (made := _answered(request, form, one)):
            said(request, DONE[made.state])
            return redirect("mine")
    return render(
        request, "roles/letter/letter.html", _shown_to(request, form, one), status=422 if form.errors else 200
    )


def _answered(request: HttpRequest, form: AnswerForm, one: Letter) -> Letter | None:
    answers = form.cleaned_data
    seen = unseal(answers["shown"], user_id=request.user.pk, subject=_subject(one))
    verb = {"accept": actions.accept_letter, "decline": actions.decline_letter}[answers["decision"]]
    return attempt(form, verb, one, actor=request.user, seen_sha256=seen["letter"], reason=answers["reason"])


def _subject(one: Letter) -> str:
    return f"letter:{one.pk}"


def _shown_to(request: HttpRequest, form: AnswerForm, one: Letter) -> dict[str, object]:
    user, standing = request.user, standing_of(one.assignment, clock.today())
    open_ = one.state == "appointed" and standing in ("now", "coming")
    yours = may(user, "roles.letter.answer", one)
    return {
        "letter": one, "form": form, "written": queries.written(one), "yours": yours, "is_open": open_,
        "may_answer": open_ and yours and one.pdf_id is not None,
        "may_record": open_ and may(user, "roles.letter.record", one),
        "token": seal({"letter": one.pdf_id or ""}, user_id=user.pk, subject=_subject(one)), "days": 14,
    }  # fmt: skip


@require_safe
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it was made, byte for byte."""
    one = visible(request, pk)
    if one.pdf_id is None:
        raise Http404
    name = f"appointment-{one.assignment_id}.pdf"
    how = "attachment" if "download" in request.GET else "inline"
    headers = {"Content-Disposition": f'{how}; filename="{name}"'}
    return HttpResponse(bytes(one.pdf.content), content_type="application/pdf", headers=headers)


@require_safe
def letter_file(request: HttpRequest, pk: int) -> FileResponse:
    """The paper that was signed; downloaded, never shown by the browser."""
    one = visible(request, pk)
    if not one.file:
        raise Http404
    return FileResponse(one.file.open("rb"), as_attachment=True, content_type="application/octet-stream")


@FORM
def letter_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the person accepted on paper."""
    one = visible(request, pk)
    require(request.user, "roles.letter.record", one)

    def record(**values):
        return actions.record_acceptance(one, **values)

    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    return form_page(
        request, form, record, done=_("Recorded: %(it)s."), to=one.assignment.get_absolute_url(), cancel_url=one.get_absolute_url(),
        heading=_("Record an acceptance on paper"), lead=str(one), action_label=_("Record it"),
        crumbs=[(str(one.assignment), one.assignment.get_absolute_url()), (_("Letter"), one.get_absolute_url())],
        note=_("For who cannot sign in, or has signed a contract that names the role. The record shows that you entered it."),
    )  # fmt: skip


@FORM
def letter_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the letter of an earlier approval written."""
    one = visible_assignment(request, pk)
    require(request.user, "roles.letter.ask", one)

    def ask(**values):
        return actions.ask_for_letter(one, **values)

    return confirm_page(
        request, ask, done=_("The letter is being made: %(it)s."), to=one.get_absolute_url(), harmless=True, lead=str(one),
        heading=_("Write the appointment letter?"), action_label=_("Write the letter"), cancel_url=one.get_absolute_url(),
        crumbs=[(_("Assignments"), reverse("assignments")), (str(one), one.get_absolute_url())],
        consequences=[
            _("It says what the role asks today, and who approved it when."), _("The person is asked to accept it or to decline."),
        ],
    )  # fmt: skip
