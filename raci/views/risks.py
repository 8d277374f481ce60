"""Pages of the risks, their owners and their acceptances (M5)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.paging import page_of, typed
from raci.actions import risks as actions
from raci.forms.owners import AcceptanceForm, RiskForm, ScaleForm, WithdrawForm
from raci.models import Risk, RiskAcceptance, RiskScale
from raci.queries import acceptances, owning
from raci.queries import risks as queries
from raci.views.files import history_page, sheet
from roles.forms.filters import ListFilter
from roles.forms.people import ReasonForm
from roles.models import Person
from roles.queries import chips
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
KEEP, SEE = "raci.risk.keep", "raci.risk.see"
AS_IT_WAS = gettext_lazy(
    "Write it down as it was. It stays as written and can only be withdrawn. "
    "If somebody other than the owner accepted, that is reported."
)


def _crumbs(risk: Risk | None = None) -> list[tuple[str, str]]:
    here = [(str(risk), risk.get_absolute_url())] if risk else []
    return [(_("Risks"), reverse("risks")), *here]


def _visible(request: HttpRequest, pk: int) -> Risk:
    rows = visible_to(request.user, Risk).select_related("owner_role", "owner_person")
    return get_object_or_404(rows, pk=pk)


def _narrowed(request: HttpRequest):
    day = clock.today()
    form = ListFilter(request.GET, areas=[])
    questions = queries.questions(day)
    show = typed(request, "show") if typed(request, "show") in questions else ""
    return queries.risks(request.user, day, words=form.asked()["words"]), form, questions, show


@require_safe
def risks(request: HttpRequest) -> HttpResponse:
    """Every risk with its owner and whether what remains is accepted."""
    user = request.user
    require(user, SEE)
    rows, form, questions, show = _narrowed(request)
    counted = chips.counts(rows, questions)
    listed = queries.ordered(rows.filter(questions[show][1]), typed(request, "sort"))
    page = page_of(request, listed.select_related("owner_role", "owner_person"), total=counted[show])
    page.object_list = queries.with_acceptances(page.object_list, user, clock.today())
    context = {
        "page_obj": page, "filter": form, "chips": chips.links(questions, counted, show, request.GET), "show": show,
        "keeps": may(user, KEEP), "sees_all": may(user, "raci.coverage.see"),
    }  # fmt: skip
    return render(request, "raci/risks.html", context)


@require_safe
def risks_export(request: HttpRequest) -> HttpResponse:
    """The risks of the list."""
    require(request.user, SEE)
    rows, _form, questions, show = _narrowed(request)
    listed = queries.ordered(rows.filter(questions[show][1]), typed(request, "sort"))
    listed = listed.select_related("owner_role", "owner_person")
    return sheet(request, _("Risks"), "risks", queries.HEADERS, queries.sheet_rows(listed, request.user, clock.today()))


@require_safe
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    """One risk: who answers for it, what was accepted, and what is wrong with that."""
    one, user, day = _visible(request, pk), request.user, clock.today()
    queries.with_owners([one], day)
    owned = owning.with_acceptances(owning.with_seats([one], day))[0]
    context = {
        "risk": one, "state": owned.state, "ends_on": owned.ends_on, "keeps": may(user, KEEP), "day": day,
        "sees_log": may(user, "roles.log.see"), "acceptances": queries.acceptances_of(one),
        "faults": [fault for _row, fault in acceptances.faults(owned)],
    }  # fmt: skip
    return render(request, "raci/risk.html", context)


def _people(request: HttpRequest):
    return visible_to(request.user, Person).current(clock.today())


@FORM
def risk_add(request: HttpRequest) -> HttpResponse:
    """A risk of the risk register."""
    require(request.user, KEEP)
    return form_page(
        request, kept(request, RiskForm, people=_people(request)), actions.add_risk, done=_("Added %(it)s."),
        heading=_("Add a risk"), crumbs=_crumbs(), cancel_url=reverse("risks"), action_label=_("Add the risk"),
        lead=_("Only what is needed to say who answers for it. Assessment and treatment stay in your risk register."),
    )  # fmt: skip


@FORM
def risk_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another owner, another level, or other words."""
    one = _visible(request, pk)
    require(request.user, KEEP)

    def save(**values: Any) -> Risk:
        return actions.change_risk(one, **values)

    return form_page(
        request, kept(request, RiskForm, instance=one, people=_people(request)), save, done=_("Saved %(it)s."),
        heading=_("Change %(risk)s") % {"risk": one}, crumbs=_crumbs(one), cancel_url=one.get_absolute_url(),
    )  # fmt: skip


@FORM
def risk_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The risk is gone."""
    one = _visible(request, pk)
    require(request.user, KEEP)

    def close(**values: Any) -> Risk:
        return actions.close_risk(one, **values)

    return confirm_page(
        request, close, done=_("%(it)s is closed."), to=one.get_absolute_url(), form=kept(request, ReasonForm),
        heading=_("Close this risk?"), lead=str(one), crumbs=_crumbs(one), action_label=_("Close the risk"),
        cancel_url=one.get_absolute_url(),
        consequences=[_("It needs no owner any more and leaves the findings."), _("Its acceptances stay readable.")],
    )  # fmt: skip


@FORM
def risk_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The risk is back."""
    one = _visible(request, pk)
    require(request.user, KEEP)

    def reopen(**values: Any) -> Risk:
        return actions.reopen_risk(one, **values)

    return confirm_page(
        request, reopen, done=_("%(it)s is open again."), to=one.get_absolute_url(), heading=_("Open it again?"),
        lead=str(one), crumbs=_crumbs(one), action_label=_("Open it again"), cancel_url=one.get_absolute_url(),
        consequences=[_("It comes back as it was and needs an owner.")], harmless=True,
    )  # fmt: skip


@FORM
def acceptance_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who accepted what remains."""
    one = _visible(request, pk)
    require(request.user, KEEP)

    def record(**values: Any) -> RiskAcceptance:
        return actions.record_acceptance(one, **values)

    form = kept(
        request,
        AcceptanceForm,
        people=visible_to(request.user, Person),
        initial={"accepted_on": clock.today(), "level": one.level},
    )
    return form_page(
        request, form, record, done=_("Recorded."), to=one.get_absolute_url(), heading=_("Record an acceptance"),
        lead=str(one), crumbs=_crumbs(one), cancel_url=one.get_absolute_url(), action_label=_("Record it"),
        note=AS_IT_WAS,
    )  # fmt: skip


@FORM
def acceptance_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """An acceptance no longer holds."""
    row = get_object_or_404(visible_to(request.user, RiskAcceptance).select_related("risk", "person"), pk=pk)
    require(request.user, KEEP)

    def withdraw(**values: Any) -> RiskAcceptance:
        return actions.withdraw_acceptance(row, **values)

    return confirm_page(
        request, withdraw, done=_("Withdrawn."), to=row.risk.get_absolute_url(), form=kept(request, WithdrawForm),
        heading=_("Withdraw this acceptance?"), lead=str(row), crumbs=_crumbs(row.risk), action_label=_("Withdraw it"),
        cancel_url=row.risk.get_absolute_url(),
        consequences=[_("The record of it stays, with who withdrew it and why."), _("The risk counts as not accepted.")],
    )  # fmt: skip


@require_safe
def risk_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written about a risk: was and now."""
    return history_page(request, Risk, pk, (_("Risks"), reverse("risks")))


@FORM
def risk_scale(request: HttpRequest) -> HttpResponse:
    """What the organisation calls its levels of residual risk."""
    require(request.user, KEEP)
    form = kept(request, ScaleForm, initial={"names": "\n".join(RiskScale.current())})
    return form_page(
        request, form, actions.name_levels, done=_("The levels are called %(it)s."), to=reverse("risks"),
        heading=_("Levels of residual risk"), lead=_("Use the words of your risk register."), crumbs=_crumbs(),
        cancel_url=reverse("risks"),
    )  # fmt: skip
