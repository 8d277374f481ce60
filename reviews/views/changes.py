"""Pages where people declare a change of the organisation, and report an anomaly (V2, V4)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core.access import may, require, visible_to
from ismsroles.core.paging import page_of
from reviews.actions import changes as actions
from reviews.forms.reviews import AnomalyForm, ChangeOfOrganisationForm
from reviews.models import Anomaly, DeclaredChange, Trigger
from reviews.views.reviews import crumbs
from roles.models import Area, Role
from roles.views.parts import form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])


def _reviews_of(code: str, pk: int) -> list[Trigger]:
    """The reviews that it opened or joined."""
    rows = Trigger.objects.filter(code=code, event__subject_id=str(pk), review__isnull=False)
    return list(rows.select_related("review__reviewer").order_by("review__due_on", "pk"))


@require_safe
def anomalies(request: HttpRequest) -> HttpResponse:
    """What was reported; one's own, or everything for those who keep, decide or check."""
    require(request.user, "reviews.mine")
    rows = visible_to(request.user, Anomaly).select_related("role", "reported_by")
    context = {
        "page_obj": page_of(request, rows),
        "reports": may(request.user, "reviews.anomaly.report"),
        "sees_all": may(request.user, "reviews.see"),
    }
    return render(request, "reviews/anomalies.html", context)


@FORM
def anomaly_report(request: HttpRequest) -> HttpResponse:
    """Anybody reports that something went wrong because nobody answered for it."""
    require(request.user, "reviews.anomaly.report")
    return form_page(
        request, kept(request, AnomalyForm, roles=visible_to(request.user, Role).active()), actions.report_anomaly,
        done=_("Reported. A review looks at it within 14 days."), heading=_("Report an anomaly"), action_label=_("Report it"),
        lead=_("An incident that nobody owned, a question that nobody could answer, two people who both thought the other one does it."),
        note=_("The reviewer and the information security manager read it. It leads to a review of the role, and stays with it."),
        cancel_url=reverse("anomalies"), crumbs=[(_("Anomalies"), reverse("anomalies"))],
    )  # fmt: skip


@require_safe
def anomaly(request: HttpRequest, pk: int) -> HttpResponse:
    """What was reported, and the review it led to."""
    rows = visible_to(request.user, Anomaly).select_related("role", "reported_by")
    row = get_object_or_404(rows, pk=pk)
    context = {
        "anomaly": row,
        "triggers": _reviews_of("anomaly.reported", pk),
        "sees_all": may(request.user, "reviews.see"),
    }
    return render(request, "reviews/anomaly.html", context)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Every declared change of the organisation."""
    require(request.user, "reviews.change.see")
    rows = visible_to(request.user, DeclaredChange).select_related("declared_by").prefetch_related("areas", "roles")
    context = {"page_obj": page_of(request, rows), "declares": may(request.user, "reviews.change.declare")}
    return render(request, "reviews/changes.html", context)


@FORM
def change_declare(request: HttpRequest) -> HttpResponse:
    """A restructure, a company bought, another change that touches who answers for what."""
    require(request.user, "reviews.change.declare")
    form = kept(
        request, ChangeOfOrganisationForm, areas=visible_to(request.user, Area), roles=Role.objects.active()
    )  # fmt: skip
    return form_page(
        request, form, actions.declare_change, done=_("Declared. The reviews open in a moment."), heading=_("Declare a change"),
        lead=_("The roles it touches are reviewed within 30 days, and so are the roles as a whole."), action_label=_("Declare it"),
        cancel_url=reverse("changes-declared"), crumbs=crumbs((_("Declared changes"), reverse("changes-declared"))),
    )  # fmt: skip


@require_safe
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One declared change and the reviews that it opened."""
    rows = visible_to(request.user, DeclaredChange).select_related("declared_by")
    row = get_object_or_404(rows, pk=pk)
    context = {
        "change": row,
        "triggers": _reviews_of("change.declared", pk),
        "sees_all": may(request.user, "reviews.see"),
    }
    return render(request, "reviews/change.html", context)
