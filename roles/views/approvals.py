"""Pages where top management decides (A3): what waits, and one decision on exactly what is shown (rule 2)."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require
from ismsroles.core.errors import Stale
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.shown import differences, fingerprint, seal, unseal
from roles import checks, inbox
from roles.actions import assignments as actions
from roles.forms.assignments import DecisionForm
from roles.models import Assignment
from roles.policy.exceptions import nobody_approves
from roles.queries import assignments as queries
from roles.shown import changes, must, shown
from roles.shown import may as may_then
from roles.views.assignments import visible
from roles.views.parts import kept


@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for this user's decision, and what waits for somebody else's."""
    require(request.user, "roles.approvals.see")
    own, others = queries.inbox(request.user)
    more, decides = inbox.lines(request.user), may(request.user, "roles.approvals.decide")
    context = {
        "own": own, "others": others, "decides": decides,
        "sees_exceptions": may(request.user, "roles.exceptions.see"), "nobody": not decides and nobody_approves(clock.today()),
        "records": may(request.user, "roles.succession.record"),
        "own_more": [line for line in more if not line.why_not], "others_more": [line for line in more if line.why_not],
    }  # fmt: skip
    return render(request, "roles/approvals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Read exactly what changes, then approve or reject. What changed meanwhile is shown instead of being decided (case 3)."""
    require(request.user, "roles.approvals.see")
    one = visible(request, pk)
    if request.method == "POST":
        require(request.user, "roles.assignment.approve", one)
    return _decision(request, one)


@reauthentication_required(allow_get=True)
def _decision(request: HttpRequest, one: Assignment) -> HttpResponse:
    """Deciding asks for the password once more, and again after a quarter of an hour (case 7)."""
    form = kept(request, DecisionForm)
    if request.method == "POST" and form.is_valid():
        made = _decided(request, form, one)
        if made:
            return _onward(request, made)
    elif one.state != "proposed":
        return redirect(one)
    return render(request, "roles/decide.html", _shown_to(request, form, one), status=422 if form.errors else 200)


def _decided(request: HttpRequest, form: DecisionForm, one: Assignment) -> Assignment | None:
    """Act on what the form says was shown; None when the action found an answer wrong."""
    subject, answers = _subject(one), form.cleaned_data
    seen = unseal(answers["shown"], user_id=request.user.pk, subject=subject)
    verb = {"approve": actions.approve_assignment, "reject": actions.reject_assignment}[answers["decision"]]
    reason = {"reason": answers["reason"]} if answers["decision"] == "reject" else {}
    try:
        return attempt(form, verb, one, actor=request.user, seen_hash=fingerprint(seen), **reason)
    except Stale as error:
        now = visible(request, one.pk)
        raise Stale(error.message, differences(seen, shown(now))) from error


def _subject(one: Assignment) -> str:
    return f"assignment:{one.pk}"


def _shown_to(request: HttpRequest, form: DecisionForm, one: Assignment) -> dict[str, object]:
    own, _others = queries.inbox(request.user)
    content, day = shown(one), clock.today()
    places = [waiting.assignment.pk for waiting in own]
    may_decide = may(request.user, "roles.assignment.approve", one)
    return {
        "assignment": one, "form": form, "rows": changes(one), "notes": checks.look(one, day, request.user), "queue": own,
        "must": must(one), "may_then": may_then(one),
        "token": seal(content, user_id=request.user.pk, subject=_subject(one)), "print": fingerprint(content)[:8],
        "place": places.index(one.pk) + 1 if one.pk in places else 0, "may_decide": may_decide,
        "why_not": "" if may_decide else queries.why_not(request.user, one),
        "days": (day - one.proposed_at.astimezone(clock.zone()).date()).days,
    }  # fmt: skip


def _onward(request: HttpRequest, made: Assignment) -> HttpResponse:
    """Say what was done and go to the next one that waits."""
    words = {"person": made.person, "seat": made.get_seat_display(), "role": made.role}
    done = (
        _("Approved: %(person)s as %(seat)s of %(role)s.")
        if made.state == "approved"
        else _("Rejected: %(person)s as %(seat)s of %(role)s.")
    )
    said(request, done % words)
    own, _others = queries.inbox(request.user)
    return redirect(reverse("decide", args=[own[0].assignment.pk]) if own else reverse("approvals"))
