"""Pages of the induction: what is read by whom, who has accepted it (K3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from competence.actions import induction as actions
from competence.forms.joiners import InductionForm
from competence.models import InductionItem
from competence.queries import induction as queries
from competence.views.skills import crumbs
from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of, typed
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])


def _one(request: HttpRequest, pk: int) -> InductionItem:
    return get_object_or_404(visible_to(request.user, InductionItem).filter(is_retired=False), pk=pk)


@require_safe
def induction(request: HttpRequest) -> HttpResponse:
    """Who came, what they have to accept by when, and what they have accepted."""
    require(request.user, "competence.people.see", None)
    day, show = clock.today(), typed(request, "show")
    found = queries.seen(request.user, day)
    ways = {"": lambda one: one.accepted_at is None, "overdue": lambda one: one.is_overdue(day),
            "accepted": lambda one: one.accepted_at is not None}  # fmt: skip
    words = {"": _("Open"), "overdue": _("Overdue"), "accepted": _("Accepted")}
    show = show if show in ways else ""
    chips = [(key, words[key], sum(map(fits, found))) for key, fits in ways.items()]
    context = {
        "page_obj": page_of(request, [one for one in found if ways[show](one)]), "chips": chips, "show": show, "day": day,
        "crumbs": crumbs(), "any": bool(queries.items()), "keeps": may(request.user, actions.KEEP),
    }  # fmt: skip
    return render(request, "competence/induction.html", context)


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """Everything that joiners read."""
    require(request.user, "competence.counts.see")
    context = {"items": queries.items(), "keeps": may(request.user, actions.KEEP), "crumbs": crumbs()}
    return render(request, "competence/induction_items.html", context)


@FORM
def item_add(request: HttpRequest) -> HttpResponse:
    """One more thing to read."""
    require(request.user, actions.KEEP)
    return form_page(
        request, kept(request, InductionForm), actions.add_item, done=_("Added %(it)s."), heading=_("Add a part of the induction"),
        lead=_("Who joins, comes to the area or gets the role from that day on finds it on their page, by itself."),
        action_label=_("Add it"), cancel_url=reverse("induction-items"), crumbs=_crumbs(),
    )  # fmt: skip


@FORM
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, other days."""
    require(request.user, actions.KEEP)
    one = _one(request, pk)
    return form_page(
        request, kept(request, InductionForm, instance=one), lambda **values: actions.change_item(one, **values),
        done=_("Saved %(it)s."), heading=_("Change “%(item)s”") % {"item": one}, action_label=_("Save"),
        note=_("Who has accepted it already is not asked again; the words that they accepted are kept."),
        cancel_url=reverse("induction-items"), crumbs=_crumbs(),
    )  # fmt: skip


@FORM
def item_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Not asked any more."""
    require(request.user, actions.KEEP)
    one = _one(request, pk)
    return confirm_page(
        request, lambda actor: actions.retire_item(one, actor=actor), done=_("“%(it)s” is out of the induction."),
        to=reverse("induction-items"), heading=_("Take this out of the induction?"), lead=str(one), action_label=_("Take it out"),
        cancel_url=reverse("induction-items"), crumbs=_crumbs(),
        consequences=[_("Nobody is asked for it any more."), _("Who accepted it stays in the register.")],
    )  # fmt: skip


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """I have read this and accept it."""
    actions.accept(_one(request, pk), actor=request.user, seen=request.POST.get("seen", "")[:64])
    said(request, _("Kept: you have read and accepted it."))
    return redirect("mine")


def _crumbs() -> list[tuple[str, str]]:
    return crumbs((_("Induction"), reverse("induction")), (_("What is read"), reverse("induction-items")))
