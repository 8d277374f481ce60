"""Whom do I tell? Who may approve? The answers, and the desk of who keeps them (coverage K4)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.errors import Invalid
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of, typed
from roles.actions import guidance as actions
from roles.actions import guidance_starter
from roles.actions import unanswered as noted
from roles.forms import guidance as forms
from roles.models import Question, Unanswered
from roles.queries import answers, chips, reach
from roles.views.exports import _file
from roles.views.guidance import _history
from roles.views.kept import Shelf
from roles.views.parts import confirm_page

QUESTIONS = Shelf(
    Question, "question", "questions", gettext_lazy("Questions"), gettext_lazy("Add a question"),
    gettext_lazy("As a colleague would ask it. Who answers follows from the register."), forms.QuestionForm,
    forms.ChangedQuestionForm, initial=lambda request: {"text": typed(request, "text")},
)  # fmt: skip
history_page = _history(QUESTIONS)


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """One name at once, and who else if they do not answer; narrows while one types, and works without script."""
    require(request.user, "roles.ask")
    words = typed(request, "q")
    found = answers.search(request.user, words, clock.today())
    context = {
        "q": words, "answers": found, "keeps": may(request.user, actions.KEEP),
        "sees_unanswered": may(request.user, "roles.unanswered.see"), "ism": reach.information_security_managers(clock.today()),
        "chips": Question.objects.filter(state="active").order_by("position", "pk")[:6] if not words else [],
    }  # fmt: skip
    return render(request, "roles/ask.html", context)


@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """Nothing fitted: the words are noted, not whose they were."""
    require(request.user, "roles.ask")
    form = forms.UnansweredForm(request.POST)
    if form.is_valid():
        try:
            noted.note_unanswered(form.cleaned_data["q"], actor=request.user)
        except Invalid as error:
            form.add_error("q", error.message)
        else:
            said(
                request, _("Noted, without your name. Until there is an answer, ask the information security manager.")
            )
            return redirect("ask")
    context = {
        "q": form.data.get("q", ""),
        "answers": [],
        "form": form,
        "ism": reach.information_security_managers(clock.today()),
    }
    return render(request, "roles/ask.html", context, status=422)


@require_safe
def unanswered(request: HttpRequest) -> HttpResponse:
    """What people asked and nobody answered yet."""
    require(request.user, "roles.unanswered.see")
    page = page_of(request, visible_to(request.user, Unanswered).filter(state="open"))
    return render(request, "roles/unanswered.html", {"page_obj": page, "keeps": may(request.user, actions.KEEP)})


@require_http_methods(["POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """It has an answer now, or needs none."""
    row = get_object_or_404(visible_to(request.user, Unanswered), pk=pk)
    require(request.user, actions.KEEP)
    form = forms.CloseForm(request.POST)
    if form.is_valid():
        noted.close_unanswered(row, form.cleaned_data["how"], actor=request.user)
        said(request, _("Closed: %(words)s") % {"words": row.words})
    return redirect("unanswered")


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Every question in its order, what answers it, and whether somebody is there."""
    require(request.user, "roles.register.see")
    rows, context = _questions(request)
    page = page_of(request, rows, total=context["counted"][context["show"]])
    page.object_list = list(page.object_list)
    reached = reach.of_roles({row.tie.role_id for row in page.object_list}, clock.today())
    for row in page.object_list:
        row.reached = reached.get(row.tie.role_id)
    context |= {
        "page_obj": page,
        "keeps": may(request.user, actions.KEEP),
        "sees_unanswered": may(request.user, "roles.unanswered.see"),
    }
    return render(request, "roles/questions.html", context)


def _questions(request: HttpRequest):
    form = forms.WordsFilter(request.GET)
    rows = answers.listed(request.user, form.asked())
    show = typed(request, "show") if typed(request, "show") in answers.QUESTIONS else ""
    counted = chips.counts(rows, answers.QUESTIONS)
    context = {
        "filter": form,
        "show": show,
        "counted": counted,
        "chips": chips.links(answers.QUESTIONS, counted, show, request.GET),
    }
    return rows.filter(answers.QUESTIONS[show][1]), context


@require_safe
def questions_export(request: HttpRequest) -> HttpResponse:
    """The questions as a file, with whom one reaches today."""
    require(request.user, "roles.register.see")
    rows = list(_questions(request)[0])
    reached = reach.of_roles({row.tie.role_id for row in rows}, clock.today())
    headers = [
        _("Question"),
        _("Other words"),
        _("What to do"),
        _("What answers it"),
        _("Role"),
        _("Whom one reaches today"),
        _("State"),
    ]
    lines = [
        [
            row.text, row.synonyms, row.answer, str(row.tie), row.tie.role.title,
            "\n".join(p.name for p in reached[row.tie.role_id].people) if row.tie.role_id in reached else "", str(row.get_state_display()),
        ]
        for row in rows
    ]  # fmt: skip
    return _file(request, _("Questions"), "questions", headers, lines)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    row = QUESTIONS.row(request, pk)
    actions.move_question(row, "up" if request.POST.get("way") == "up" else "down", actor=request.user)
    return redirect("questions")


def _adopting(request: HttpRequest, act, what: str, to: str, count: int) -> HttpResponse:
    require(request.user, actions.KEEP)
    return confirm_page(
        request, act, done=_("Taken over: %(it)s."), to=to, harmless=True, heading=what, cancel_url=to, action_label=_("Take them over"),
        lead=_("%(count)d would be added. What is there already stays as it is.") % {"count": count},
        consequences=[_("Only those whose roles are in force are taken over."), _("You can change every word later.")],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def starter_questions(request: HttpRequest) -> HttpResponse:
    """Take over the questions of the starter library."""
    waiting = len(guidance_starter.questions_to_adopt())
    return _adopting(
        request, guidance_starter.adopt_questions, _("Take over the starter questions?"), reverse("questions"), waiting
    )


@require_http_methods(["GET", "HEAD", "POST"])
def starter_processes(request: HttpRequest) -> HttpResponse:
    """Take over the processes of the starter library."""
    waiting = len(guidance_starter.processes_to_adopt())
    return _adopting(
        request, guidance_starter.adopt_processes, _("Take over the starter processes?"), reverse("processes"), waiting
    )


@require_http_methods(["GET", "HEAD", "POST"])
def starter_levels(request: HttpRequest) -> HttpResponse:
    """Take over the authorisation levels of the starter library."""
    waiting = len(guidance_starter.levels_to_adopt())
    return _adopting(
        request, guidance_starter.adopt_levels, _("Take over the starter levels?"), reverse("levels"), waiting
    )
