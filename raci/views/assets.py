"""Pages of the assets and their owners (M4)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.paging import page_of, typed
from raci.actions import owners as actions
from raci.forms.owners import AssetFilter, AssetForm
from raci.models import Asset
from raci.queries import assets as queries
from raci.queries import owning
from raci.views.files import history_page, sheet
from roles.forms.people import ReasonForm
from roles.models import Person
from roles.queries import chips
from roles.queries.register import area_choices
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
KEEP, SEE = "raci.asset.keep", "raci.asset.see"


def _crumbs(asset: Asset | None = None) -> list[tuple[str, str]]:
    here = [(asset.name, asset.get_absolute_url())] if asset else []
    return [(_("Assets"), reverse("assets")), *here]


def _visible(request: HttpRequest, pk: int) -> Asset:
    rows = visible_to(request.user, Asset).select_related("area", *queries.PARTIES)
    return get_object_or_404(rows, pk=pk)


def _narrowed(request: HttpRequest):
    """The rows that the filter leaves, the filter, the questions and the one that is asked."""
    user, day = request.user, clock.today()
    form = AssetFilter(request.GET, areas=area_choices(user))
    rows, questions = queries.assets(user, day, **form.asked()), queries.questions(day)
    show = typed(request, "show") if typed(request, "show") in questions else ""
    return rows, form, questions, show


@require_safe
def assets(request: HttpRequest) -> HttpResponse:
    """Every asset with who answers for it, fifty at a time."""
    user, day = request.user, clock.today()
    require(user, SEE)
    rows, form, questions, show = _narrowed(request)
    counted = chips.counts(rows, questions)
    listed = queries.ordered(rows.filter(questions[show][1]), typed(request, "sort"))
    page = page_of(request, listed.select_related("area", *queries.PARTIES), total=counted[show])
    page.object_list = queries.with_owners(page.object_list, day)
    context = {
        "page_obj": page, "filter": form, "chips": chips.links(questions, counted, show, request.GET), "show": show,
        "counted": counted, "keeps": may(user, KEEP),
    }  # fmt: skip
    return render(request, "raci/assets.html", context)


@require_safe
def assets_export(request: HttpRequest) -> HttpResponse:
    """The assets of the list; the import takes the same file in again."""
    require(request.user, SEE)
    rows, _form, questions, show = _narrowed(request)
    listed = queries.ordered(rows.filter(questions[show][1]), typed(request, "sort"))
    listed = listed.select_related("area", *queries.PARTIES)
    return sheet(request, _("Assets"), "assets", queries.HEADERS, queries.sheet_rows(listed, clock.today()))


@require_safe
def asset(request: HttpRequest, pk: int) -> HttpResponse:
    """One asset: who answers for it, who looks after it, where it is kept."""
    one, user, day = _visible(request, pk), request.user, clock.today()
    queries.with_owners([one], day)
    seats = owning.with_seats([one], day)
    context = {
        "asset": one, "state": seats[0].state, "ends_on": seats[0].ends_on, "keeps": may(user, KEEP),
        "sees_log": may(user, "roles.log.see"),
        "open_to": set(visible_to(user, Person).filter(pk__in=[p.pk for p in one.answering]).values_list("pk", flat=True)),
    }  # fmt: skip
    return render(request, "raci/asset.html", context)


def _people(request: HttpRequest):
    return visible_to(request.user, Person).current(clock.today())


@FORM
def asset_add(request: HttpRequest) -> HttpResponse:
    """A new asset."""
    require(request.user, KEEP)
    form = kept(
        request,
        AssetForm,
        people=_people(request),
        initial={"kind": typed(request, "kind")} if request.method == "GET" else None,
    )
    return form_page(
        request, form, actions.add_asset, done=_("Added %(it)s."), heading=_("Add an asset"), crumbs=_crumbs(),
        lead=_("Something of value that needs somebody who answers for it."), cancel_url=reverse("assets"),
        action_label=_("Add the asset"), template="raci/asset_form.html",
    )  # fmt: skip


@FORM
def asset_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another owner, or other words."""
    one = _visible(request, pk)
    require(request.user, KEEP)

    def save(**values: Any) -> Asset:
        return actions.change_asset(one, **values)

    return form_page(
        request, kept(request, AssetForm, instance=one, people=_people(request)), save, done=_("Saved %(it)s."),
        heading=_("Change %(asset)s") % {"asset": one}, crumbs=_crumbs(one), cancel_url=one.get_absolute_url(),
        template="raci/asset_form.html",
    )  # fmt: skip


@FORM
def asset_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out of use; what that means is said first."""
    one = _visible(request, pk)
    require(request.user, KEEP)

    def retire(**values: Any) -> Asset:
        return actions.retire_asset(one, **values)

    return confirm_page(
        request, retire, done=_("%(it)s is out of use."), to=one.get_absolute_url(), form=kept(request, ReasonForm),
        heading=_("Take this out of use?"), lead=str(one), crumbs=_crumbs(one), action_label=_("Take it out of use"),
        cancel_url=one.get_absolute_url(),
        consequences=[_("It needs no owner any more and leaves the findings."), _("It stays readable, with its history.")],
    )  # fmt: skip


@FORM
def asset_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Use it again."""
    one = _visible(request, pk)
    require(request.user, KEEP)

    def bring_back(**values: Any) -> Asset:
        return actions.bring_back_asset(one, **values)

    return confirm_page(
        request, bring_back, done=_("%(it)s is in use again."), to=one.get_absolute_url(), heading=_("Use it again?"),
        lead=str(one), crumbs=_crumbs(one), action_label=_("Bring it back"), cancel_url=one.get_absolute_url(),
        consequences=[_("It comes back as it was and needs an owner.")], harmless=True,
    )  # fmt: skip


@require_safe
def asset_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written about an asset: was and now."""
    return history_page(request, Asset, pk, (_("Assets"), reverse("assets")))
