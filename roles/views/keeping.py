"""Pages on which the organisation chart is kept current: its role, restructures, confirmations (coverage R8)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of
from ismsroles.core.shown import differences, fingerprint, seal, unseal
from roles.actions import chart as actions
from roles.forms.chart import ConfirmForm, KeeperForm, RestructureForm
from roles.forms.people import ReasonForm
from roles.models import ChartConfirmation, Restructure
from roles.queries import keeping
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
KEEP, CONFIRM, SUBJECT = "roles.chart.keep", "roles.chart.confirm", "chart"


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Organisation chart"), reverse("chart"))]


@FORM
def keeper(request: HttpRequest) -> HttpResponse:
    """Which role keeps the chart current."""
    require(request.user, KEEP)
    return form_page(
        request, kept(request, KeeperForm, initial={"role": keeping.keeper()}), actions.name_chart_keeper,
        done=_("%(it)s keeps the organisation chart current."), to=reverse("chart"), heading=_("Who keeps the chart current"),
        lead=_("A chart that nobody looks after is soon wrong."), cancel_url=reverse("chart"), crumbs=_crumbs(),
    )  # fmt: skip


@require_safe
def restructures(request: HttpRequest) -> HttpResponse:
    """What was restructured, and who confirmed the chart since."""
    require(request.user, "roles.register.see")
    page = page_of(request, keeping.listed(visible_to(request.user, Restructure)))
    context = {
        "page_obj": page,
        "confirmations": visible_to(request.user, ChartConfirmation)[:20],
        "keeper": keeping.keeper(),
        "keepers": keeping.keepers(clock.today()),
        "keeps": may(request.user, KEEP),
        "confirms": may(request.user, CONFIRM),
        "waiting": any(row.some_wait for row in page),
    }
    return render(request, "roles/restructures.html", context)


@FORM
def restructure_add(request: HttpRequest) -> HttpResponse:
    """Something was restructured."""
    require(request.user, KEEP)
    return form_page(
        request, kept(request, RestructureForm), actions.record_restructure, to=reverse("restructures"),
        done=_("Recorded. Whoever keeps the chart is asked to confirm it."), heading=_("Record a restructure"),
        lead=_("Who does what, or who reports to whom, has changed. The holder of the role that keeps the chart is asked to confirm it."),
        action_label=_("Record it"), cancel_url=reverse("restructures"), crumbs=_crumbs(),
    )  # fmt: skip


@FORM
def restructure_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It was recorded by mistake."""
    row = get_object_or_404(visible_to(request.user, Restructure), pk=pk)
    require(request.user, KEEP)

    def withdraw(**values):
        return actions.withdraw_restructure(row, **values)

    return confirm_page(
        request, withdraw, done=_("Withdrawn. The record stays in the history."), to=reverse("restructures"),
        form=kept(request, ReasonForm), heading=_("Withdraw this record?"), lead=str(row), crumbs=_crumbs(),
        action_label=_("Withdraw it"), cancel_url=reverse("restructures"),
        consequences=[_("Nobody is asked to confirm the chart because of it."), _("It stays readable as withdrawn.")],
    )  # fmt: skip


@FORM
def confirm(request: HttpRequest) -> HttpResponse:
    """Look at the reporting lines and say that they are right."""
    require(request.user, CONFIRM)
    form, content = kept(request, ConfirmForm), keeping.content(clock.today())
    if request.method == "POST" and form.is_valid():
        seen = unseal(form.cleaned_data["shown"], user_id=request.user.pk, subject=SUBJECT)
        made = attempt(form, actions.confirm_chart, actor=request.user, seen=seen, remark=form.cleaned_data["remark"])
        if made:
            said(request, _("The chart is confirmed."))
            return redirect(made)
    last = keeping.last_confirmation()
    context = {
        "form": form, "content": content, "last": last, "waiting": keeping.unconfirmed(), "print": fingerprint(content)[:16],
        "rows": _lines_that_differ(last.content, content) if last else [],
        "token": seal(content, user_id=request.user.pk, subject=SUBJECT),
    }  # fmt: skip
    return render(request, "roles/chart_confirm.html", context, status=422 if form.errors else 200)


def _lines_that_differ(before: dict[str, str], now: dict[str, str]) -> list[tuple[str, str, str]]:
    """Without the list of restructures, which is another one each time."""
    return [row for row in differences(before, now) if row[0] != str(keeping.WAITING)]


@require_safe
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody saw and confirmed, and what is different today."""
    row = get_object_or_404(visible_to(request.user, ChartConfirmation).prefetch_related("restructures"), pk=pk)
    now = keeping.content(clock.today())
    context = {"confirmation": row, "rows": _lines_that_differ(row.content, now), "content": row.content}
    return render(request, "roles/chart_confirmation.html", context)
