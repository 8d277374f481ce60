"""Pages of exceptions from rules of separation: the list, one, asking, deciding, withdrawing, ending (A5; rules 1, 2, 8)."""

from datetime import timedelta

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.errors import Stale
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.models import AuditEvent
from ismsroles.core.paging import page_of, typed
from ismsroles.core.shown import differences, fingerprint, seal, unseal
from roles.actions import separation_exceptions as actions
from roles.forms.assignments import DecisionForm, EndForm, WithdrawForm
from roles.forms.separation import ExceptionFilter, ExceptionForm
from roles.models import Person, SeparationException, SeparationRule
from roles.queries import chips
from roles.queries import separation_exceptions as queries
from roles.queries.separation import WHOLE
from roles.shown_separation import conflicts_now, rows, shown
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
ASK = "roles.separation_exception.request"


def crumbs(one: SeparationException | None = None) -> list[tuple[str, str]]:
    here = [(str(one.person), one.get_absolute_url())] if one else []
    return [(_("Exceptions"), reverse("separation-exceptions")), *here]


def _visible(request: HttpRequest, pk: int) -> SeparationException:
    return get_object_or_404(queries.whole(visible_to(request.user, SeparationException)), pk=pk)


@require_safe
def exceptions(request: HttpRequest) -> HttpResponse:
    """Who may for a time unite what a rule keeps apart, under which compensating control."""
    require(request.user, "roles.separation.see")
    form, day = ExceptionFilter(request.GET), clock.today()
    form.is_valid()
    found = queries.listed(request.user, words=form.cleaned_data.get("q", ""))
    questions = queries.questions(day)
    show = typed(request, "show") if typed(request, "show") in questions else ""
    counted = chips.counts(found, questions)
    page = page_of(request, found.filter(questions[show][1]), total=counted[show])
    page.object_list = list(page.object_list)
    for one in page.object_list:
        one.standing = queries.standing_of(one, day)
    context = {"page_obj": page, "filter": form, "show": show, "may_ask": may(request.user, ASK, None),
               "chips": chips.links(questions, counted, show, request.GET), "soon": day + queries.SOON}  # fmt: skip
    return render(request, "roles/separation_exceptions.html", context)


@require_safe
def exception(request: HttpRequest, pk: int) -> HttpResponse:
    """One exception: what it covers, under which control, who decided."""
    one, user = _visible(request, pk), request.user
    waits = one.state == "requested"
    standing = queries.standing_of(one, clock.today())
    context = {
        "exception": one, "standing": standing, "united": conflicts_now(one), "turn": queries.whose_turn(one) if waits else "",
        "told": AuditEvent.objects.filter(subject_type="roles.separationexception", subject_id=str(pk)).order_by("pk"),
        "may_decide": waits and may(user, "roles.separation_exception.approve", one), "may_ask": may(user, ASK, one.person),
        "may_withdraw": waits and may(user, "roles.separation_exception.withdraw", one),
        "may_end": one.state == "approved" and standing in ("now", "coming") and may(user, "roles.separation_exception.end", one),
        "sees_person": visible_to(user, Person).filter(pk=one.person_id).exists(),
    }  # fmt: skip
    return render(request, "roles/separation_exception.html", context)


@FORM
def request_one(request: HttpRequest) -> HttpResponse:
    """Ask for an exception; person and rule may come with the link."""
    user, today = request.user, clock.today()
    require(user, ASK, None)
    rules = visible_to(user, SeparationRule).filter(state="in_force").select_related(*WHOLE)
    people = visible_to(user, Person).current(today)
    given = {
        name: int(text) for name in ("person", "rule") if (text := typed(request, name)).isdecimal() and len(text) < 10
    }
    start = {"starts_on": today, "ends_on": actions.longest(today) - timedelta(days=1), "rule": given.get("rule")}
    start["person"] = people.filter(pk=given.get("person")).first()
    form = kept(request, ExceptionForm, people=people, rules=rules, initial=start)
    return form_page(
        request, form, actions.request_exception, done=_("Asked for: %(it)s. It covers nothing before the approval."), crumbs=crumbs(),
        heading=_("Ask for an exception"), lead=_("You say why and what keeps it safe. Top management decides."),
        action_label=_("Send for approval"), cancel_url=reverse("separation-exceptions"),
        note=_("An exception is printed in every document while it lasts."),
    )  # fmt: skip


@FORM
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request back before it is decided."""
    one = _visible(request, pk)
    require(request.user, "roles.separation_exception.withdraw", one)

    def act(**values):
        return actions.withdraw_exception(one, **values)

    return confirm_page(
        request, act, done=_("Withdrawn: %(it)s."), to=one.get_absolute_url(), form=kept(request, WithdrawForm), lead=str(one),
        heading=_("Withdraw this request?"), action_label=_("Withdraw the request"), crumbs=crumbs(one),
        consequences=[_("Nobody is asked to decide on it any more.")], cancel_url=one.get_absolute_url(),
    )  # fmt: skip


@FORM
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an exception before time."""
    one = _visible(request, pk)
    require(request.user, "roles.separation_exception.end", one)
    still = [_("%(conflict)s becomes a finding on the day after.") % {"conflict": line} for line in conflicts_now(one)]

    def act(**values):
        return actions.end_exception(one, **values)

    return confirm_page(
        request, act, done=_("The last day is set: %(it)s."), to=one.get_absolute_url(), lead=str(one), crumbs=crumbs(one),
        form=kept(request, EndForm, initial={"last_day": clock.today()}), heading=_("End this exception?"),
        consequences=[*still, _("What it covered until then stays in the register.")],
        action_label=_("End the exception"), cancel_url=one.get_absolute_url(),
    )  # fmt: skip


@FORM
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Read exactly what is asked for, then approve or reject."""
    require(request.user, "roles.approvals.see")
    one = _visible(request, pk)
    if request.method == "POST":
        require(request.user, "roles.separation_exception.approve", one)
    return _decision(request, one)


@reauthentication_required(allow_get=True)
def _decision(request: HttpRequest, one: SeparationException) -> HttpResponse:
    """Deciding asks for the password once more, as for an assignment (case 7)."""
    form = kept(request, DecisionForm)
    if request.method == "POST" and form.is_valid():
        if made := _decided(request, form, one):
            said(request, f"{made.get_state_display()}: {made}".capitalize())
            return redirect(reverse("approvals"))
    elif one.state != "requested":
        return redirect(one)
    return render(
        request,
        "roles/separation_exception_decide.html",
        _shown_to(request, form, one),
        status=422 if form.errors else 200,
    )


def _decided(request: HttpRequest, form: DecisionForm, one: SeparationException) -> SeparationException | None:
    """Act on what the form says was shown (rule 2)."""
    answers = form.cleaned_data
    seen = unseal(answers["shown"], user_id=request.user.pk, subject=_subject(one))
    verb = {"approve": actions.approve_exception, "reject": actions.reject_exception}[answers["decision"]]
    reason = {"reason": answers["reason"]} if answers["decision"] == "reject" else {}
    try:
        return attempt(form, verb, one, actor=request.user, seen_hash=fingerprint(seen), **reason)
    except Stale as error:
        raise Stale(error.message, differences(seen, shown(_visible(request, one.pk)))) from error


def _subject(one: SeparationException) -> str:
    return f"separation-exception:{one.pk}"


def _shown_to(request: HttpRequest, form: DecisionForm, one: SeparationException) -> dict[str, object]:
    content = shown(one)
    return {
        "exception": one, "form": form, "rows": rows(one), "print": fingerprint(content)[:8],
        "token": seal(content, user_id=request.user.pk, subject=_subject(one)),
        "may_decide": may(request.user, "roles.separation_exception.approve", one), "why_not": queries.why_not(request.user, one),
        "days": queries.days_waiting(one),
    }  # fmt: skip
