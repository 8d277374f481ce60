"""The matrix: the grid, the same as a list, its faults, how accountability spreads, and where each change is saved."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ismsroles.core import clock, unchanged
from ismsroles.core.access import may, require
from ismsroles.core.errors import NotAllowed, Refusal
from ismsroles.core.paging import typed
from raci import checks, matrix_page, picture_of_shares
from raci.actions import activities, ordering
from raci.actions.cells import CellsChanged, set_cells
from raci.findings.matrix import faults_of
from raci.forms.matrix import CellsForm, LimitsForm, OrderForm
from raci.models import Limits
from raci.queries.picture import picture
from raci.queries.sheets import Asked, sees_draft
from raci.strip import strip
from roles.views.parts import form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
SEE, KEEP, DRAFT = "raci.matrix.see", "raci.matrix.keep", "raci.draft.see"


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Activities by roles: who does what."""
    require(request.user, SEE)
    asked, keeps, drafts = Asked.of(request), may(request.user, KEEP), sees_draft(request)
    shown = matrix_page.shown(request, asked, keeps=keeps, drafts=drafts)
    context = {"asked": asked, "keeps": keeps, "drafts": drafts, "shown": shown}
    return unchanged.around(request, "raci/matrix.html", context, shown.content)


@require_safe
def matrix_list(request: HttpRequest) -> HttpResponse:
    """The same as a list: each activity with its roles, or each role with its activities. For phones, and for reading aloud."""
    require(request.user, SEE)
    asked, by_role = Asked.of(request), typed(request, "by") == "role"
    may_do = {"keeps": may(request.user, KEEP), "drafts": sees_draft(request)}
    shown = matrix_page.listed(request, asked, by_role=by_role, **may_do)
    template = "raci/parts/list.html" if request.htmx else "raci/list.html"
    context = {"cards": shown.cards, "filters": shown.filters, "by_role": by_role, "asked": asked}
    return render(request, template, context)


@require_safe
def matrix_strip(request: HttpRequest) -> HttpResponse:
    """What is wrong and what is new, after a change."""
    require(request.user, DRAFT)
    found = matrix_page.sheet(Asked())
    return render(request, "raci/parts/strip.html", {"strip": strip(found.faults, found.new)})


@require_POST
def matrix_cells(request: HttpRequest) -> HttpResponse:
    """Save cells as they are typed. Who comes second gets 409 and what stands there now."""
    require(request.user, KEEP)
    form = CellsForm(request.POST)
    if not form.is_valid():
        return _said(" ".join(message for errors in form.errors.values() for message in errors), 422)
    wanted = form.cleaned_data["cells"]
    try:
        versions = set_cells(wanted, actor=request.user, undo=form.cleaned_data["undo"])
    except CellsChanged as error:
        now = [{"activity": a, "role": r, "now": letters} for (a, r), letters in error.cells.items()]
        return _said(error.message, error.status, cells=now)
    except NotAllowed:
        raise
    except Refusal as error:
        return _said(error.message, error.status)
    cells = [{"activity": each.activity, "role": each.role, "now": each.now} for each in wanted]
    return JsonResponse({"versions": versions, "cells": cells})


def _said(message: str, status: int, **more: object) -> JsonResponse:
    return JsonResponse({"message": message, **more}, status=status)


@require_POST
def matrix_order(request: HttpRequest) -> HttpResponse:
    """Rows, columns or processes in another order."""
    require(request.user, KEEP)
    form = OrderForm(request.POST)
    if not form.is_valid():
        return _said(" ".join(message for errors in form.errors.values() for message in errors), 422)
    order, group = form.cleaned_data["order"], form.cleaned_data["group"]
    match form.cleaned_data["kind"]:
        case "rows":
            ordering.order_rows(group, order, actor=request.user)
        case "columns":
            ordering.order_columns(order, actor=request.user)
        case _groups:
            ordering.order_groups(order, actor=request.user)
    return JsonResponse({"saved": True})


@require_safe
def matrix_balance(request: HttpRequest) -> HttpResponse:
    """How accountability spreads over areas and people (M7)."""
    require(request.user, DRAFT)
    drafted = picture()
    spread = checks.shares(drafted)
    load, names = checks.accountable_people(drafted)
    people = sorted(((names[pk], pk, count) for pk, count in load.items()), key=lambda one: (-one[2], one[0]))
    about = [fault for fault in faults_of(clock.today()) if fault.rule.startswith("M7")]
    context = {
        "shares": spread, "drawing": picture_of_shares.draw(spread, drafted.limits.area), "people": people, "found": about,
        "limits": drafted.limits, "keeps": may(request.user, KEEP), "total": len(drafted.rows),
    }  # fmt: skip
    return render(request, "raci/balance.html", context)


@FORM
def matrix_limits(request: HttpRequest) -> HttpResponse:
    """From where on accountability is too much in one hand."""
    require(request.user, KEEP)
    form = kept(request, LimitsForm, instance=Limits.current())
    return form_page(
        request, form, activities.change_limits, done=_("Saved the limits."), to="matrix-balance",
        heading=_("Limits of the matrix"), lead=_("More than this is reported, and nothing is forbidden by it."), cancel_url="../balance/",
    )  # fmt: skip
