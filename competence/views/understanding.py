"""Rounds of questions: who is asked, who has answered; and the questions themselves (K5)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from competence.actions import understanding as actions
from competence.forms.joiners import AnswersForm, RoundForm
from competence.models import Round
from competence.queries import understanding as queries
from competence.views.skills import crumbs
from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.exports import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from ismsroles.core.forms import attempt
from ismsroles.core.paging import page_of, typed
from roles.policy import standing
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
NAMES = "competence.people.see"


def _one(request: HttpRequest, pk: int) -> Round:
    return get_object_or_404(visible_to(request.user, Round).select_related("area", "role"), pk=pk)


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, with how many of the people one sees have shown it."""
    require(request.user, NAMES, None)
    found = [(one, queries.seen(one, request.user, clock.today())) for one in visible_to(request.user, Round)[:20]]
    context = {
        "rounds": [(one, len(lines), sum(line.shown_on is not None for line in lines)) for one, lines in found],
        "keeps": may(request.user, actions.KEEP), "crumbs": crumbs(), "day": clock.today(),
    }  # fmt: skip
    return render(request, "competence/rounds.html", context)


@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: who has answered; names as far as this user sees them."""
    require(request.user, NAMES, None)
    one, day = _one(request, pk), clock.today()
    lines = queries.seen(one, request.user, day)
    missing = [line for line in lines if line.shown_on is None]
    show = typed(request, "show")
    context = {
        "round": one, "page_obj": page_of(request, missing if show == "missing" else lines), "show": show, "day": day,
        "missing": len(missing), "everybody": len(lines), "keeps": may(request.user, actions.KEEP), "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "competence/round.html", context)


@require_safe
def round_export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The round as a file: what the page shows."""
    require(request.user, NAMES, None)
    if form not in ("csv", "xlsx"):
        raise Http404
    headers, rows = queries.sheet(queries.seen(_one(request, pk), request.user, clock.today()))
    content = xlsx_bytes(_("Questions"), headers, rows) if form == "xlsx" else csv_bytes(headers, rows)
    answer = HttpResponse(content, content_type=XLSX_TYPE if form == "xlsx" else CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="questions-{pk}-{clock.today().isoformat()}.{form}"'
    return answer


@FORM
def round_open(request: HttpRequest) -> HttpResponse:
    """A new round."""
    require(request.user, actions.KEEP)
    return form_page(
        request, kept(request, RoundForm), actions.open_round, done=_("“%(it)s” is open."), heading=_("Ask whether it is clear"),
        lead=_("Each person finds five short questions on their page, made from the register."),
        action_label=_("Open the round"), cancel_url=reverse("rounds"), crumbs=_crumbs(),
        note=_("Who has not shown it by the day is a finding. How many were right is read by the person, their line manager and you."),
    )  # fmt: skip


@FORM
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody is asked any more."""
    require(request.user, actions.KEEP)
    one = _one(request, pk)
    return confirm_page(
        request, lambda actor: actions.close_round(one, actor=actor), done=_("“%(it)s” is closed."), to=one.get_absolute_url(),
        heading=_("Close this round?"), lead=str(one), action_label=_("Close the round"), cancel_url=one.get_absolute_url(),
        crumbs=_crumbs(), consequences=[_("Nobody can answer any more."), _("What was answered stays as evidence.")],
    )  # fmt: skip


@FORM
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """My questions: begin, answer, and read where each answer stands."""
    one, person = _one(request, pk), standing(request.user).person
    found = queries.mine(person, clock.today(), rounds=[one]) if person else []
    if not found:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "begin":
        actions.begin(one, actor=request.user)
        return redirect("answer", pk=pk)
    mine = found[0]
    questions = mine.sheet.questions if mine.sheet else []
    form = AnswersForm(
        questions, request.POST if request.method == "POST" else None, initial={"sheet": mine.sheet and mine.sheet.pk}
    )
    if request.method == "POST" and form.is_valid():
        sheet, answers = form.cleaned_data["sheet"], form.answers()
        if attempt(form, actions.answer, one, sheet, answers, actor=request.user):
            return redirect("answer", pk=pk)
    return render(request, "competence/answer.html", _shown(mine, form), status=422 if form.errors else 200)


def _shown(mine: queries.Mine, form: AnswersForm) -> dict:
    last = mine.last
    pairs = list(zip(last.sheet.questions, last.answers, strict=True)) if last and not mine.sheet else []
    return {
        "mine": mine,
        "form": form,
        "pairs": pairs,
        "waits": mine.waits(clock.today()),
        "closed": mine.round.closed_on,
    }


def _crumbs() -> list[tuple[str, str]]:
    return crumbs((_("Questions"), reverse("rounds")))
