"""Pages of the exception for the only approver, and of the board's appointment of a successor (design rule 1)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from roles.actions import exceptions as actions
from roles.actions.succession import record_succession
from roles.forms.exceptions import EndExceptionForm, ExceptionForm, SuccessionForm
from roles.models import ApproverException, Person
from roles.policy import exceptions as rules
from roles.queries import exceptions as queries
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Approvals"), reverse("approvals")), (_("Exceptions"), reverse("approver-exceptions"))]


@require_safe
def exceptions(request: HttpRequest) -> HttpResponse:
    """Every exception there is or was, and whether one can be recorded now."""
    require(request.user, "roles.exceptions.see")
    day = clock.today()
    alone = queries.only_approver(day)
    context = {
        "rows": queries.listed(request.user, day), "alone": alone, "in_force": rules.in_force(day),
        "may_record": alone is not None and may(request.user, "roles.exception.record", alone),
    }  # fmt: skip
    return render(request, "roles/exceptions.html", context)


@require_safe
def exception(request: HttpRequest, pk: int) -> HttpResponse:
    """One exception: why, what is checked instead, who recorded it, and what was decided under it."""
    one = _visible(request, pk)
    context = {
        "exception": one, "standing": queries.standing_of(one, clock.today()), "told": queries.told(one),
        "decisions": one.decisions.select_related("role", "person").order_by("decided_at", "pk"),
        "may_end": queries.standing_of(one, clock.today()) in ("now", "coming") and may(request.user, "roles.exception.end"),
    }  # fmt: skip
    return render(request, "roles/exception.html", context)


@FORM
def record(request: HttpRequest) -> HttpResponse:
    """Record the board's decision that the only approver may decide on their own proposals for a time."""
    alone = queries.only_approver(clock.today())
    require(request.user, "roles.exception.record", alone)
    if alone is None:
        raise Http404

    def act(**values):
        return actions.record_exception(approver=alone, **values)

    return form_page(
        request, kept(request, ExceptionForm), act, done=_("Recorded: the exception for %(it)s."), crumbs=_crumbs(),
        heading=_("Record an exception for the only approver"),
        lead=_("So that %(person)s may decide on what %(person)s proposed.") % {"person": alone},
        action_label=_("Record the exception"), cancel_url=reverse("approver-exceptions"),
        note=_("What is about %(person)s stays closed to %(person)s. Every document prints the exception while it lasts.")
        % {"person": alone},
    )  # fmt: skip


@FORM
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End it before its last day."""
    one = _visible(request, pk)
    require(request.user, "roles.exception.end")

    def act(**values):
        return actions.end_exception(one, **values)

    words = {"person": one.approver}
    return confirm_page(
        request, act, done=_("Ended: the exception for %(it)s."), to=one.get_absolute_url(), lead=str(one), crumbs=_crumbs(),
        form=kept(request, EndExceptionForm), heading=_("End this exception?"), action_label=_("End the exception"),
        consequences=[
            _("From now on %(person)s decides on nothing that %(person)s proposed.") % words,
            _("What was decided under it stays as it is."),
        ],
        cancel_url=one.get_absolute_url(),
    )  # fmt: skip


@FORM
def succession(request: HttpRequest) -> HttpResponse:
    """Record whom the board appointed when nobody was left to approve (decision 9)."""
    if not rules.nobody_approves(clock.today()):
        raise Http404
    require(request.user, "roles.succession.record")
    people = visible_to(request.user, Person).current(clock.today())
    form = SuccessionForm(request.POST or None, request.FILES or None, people=people)
    return form_page(
        request, form, record_succession, done=_("Recorded: %(it)s."), template="roles/succession.html",
        last=queries.last_approver(),
    )  # fmt: skip


def _visible(request: HttpRequest, pk: int) -> ApproverException:
    rows = visible_to(request.user, ApproverException).select_related("approver", "recorded_by", "ended_by")
    return get_object_or_404(rows, pk=pk)
