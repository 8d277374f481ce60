"""One decision on all members of a team that is proposed for a role (A2, A3; rule 2)."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.errors import Stale
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.shown import differences, fingerprint, seal, unseal
from roles import checks
from roles.actions import teams as actions
from roles.forms.assignments import DecisionForm
from roles.models import Assignment
from roles.queries import assignments as about
from roles.queries import teams as queries
from roles.shown import may as may_then
from roles.shown import must
from roles.views.assignments import FORM
from roles.views.parts import kept

APPROVE = "roles.assignment.approve"


@FORM
def team_decide(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Read who of the team would hold what, then approve or reject all of it."""
    require(request.user, "roles.approvals.see")
    waiting = visible_to(request.user, Assignment).exclude(team=None).filter(proposal=proposal)
    get_object_or_404(waiting[:1])
    rows = queries.in_order(waiting.pending())
    mine = [row for row in rows if may(request.user, APPROVE, row)]
    if request.method == "POST" and not mine:
        require(request.user, APPROVE, waiting[0])
    return _decision(request, rows, mine, waiting[0])


@reauthentication_required(allow_get=True)
def _decision(request: HttpRequest, rows: list[Assignment], mine: list[Assignment], first: Assignment) -> HttpResponse:
    """Deciding asks for the password once more, and again after a quarter of an hour (case 7)."""
    form = kept(request, DecisionForm)
    if request.method == "POST" and form.is_valid():
        if _decided(request, form, mine, first):
            said(request, _("Decided: %(team)s, %(role)s.") % {"team": first.team, "role": first.role})
            return redirect("approvals")
    elif not rows:
        return redirect(first.team)
    return render(
        request, "roles/team/decide.html", _shown_to(request, form, rows, mine), status=422 if form.errors else 200
    )


def _decided(request: HttpRequest, form: DecisionForm, mine: list[Assignment], first: Assignment):
    answers = form.cleaned_data
    seen = unseal(answers["shown"], user_id=request.user.pk, subject=_subject(first))
    reason = answers["reason"] if answers["decision"] == "reject" else ""
    try:
        return attempt(
            form, actions.decide_team, mine, verb=answers["decision"], actor=request.user, seen_hash=fingerprint(seen), reason=reason
        )  # fmt: skip
    except Stale as error:
        raise Stale(error.message, differences(seen, queries.shown_together(mine))) from error


def _subject(one: Assignment) -> str:
    return f"team-proposal:{one.proposal}"


def _shown_to(
    request: HttpRequest, form: DecisionForm, rows: list[Assignment], mine: list[Assignment]
) -> dict[str, object]:
    content, day, first = queries.shown_together(mine), clock.today(), rows[0]
    for row in rows:
        row.notes, row.is_mine = checks.look(row, day, request.user), row in mine
        row.why_not = "" if row.is_mine else about.why_not(request.user, row)
    return {
        "team": first.team, "role": first.role, "rows": rows, "form": form, "mine": mine, "first": first,
        "must": must(first), "may_then": may_then(first), "print": fingerprint(content)[:8],
        "token": seal(content, user_id=request.user.pk, subject=_subject(first)) if mine else "",
    }  # fmt: skip
