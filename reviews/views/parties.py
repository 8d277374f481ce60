"""Interested parties: the list, what each was given, a copy recorded, a link made (K2)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.forms import attempt
from ismsroles.core.paging import page_of
from ismsroles.records.models import Version
from reviews.actions import parties as actions
from reviews.forms.parties import ChangedPartyForm, CopyForm, PartyForm, PartyLinkForm
from reviews.models import Given, Party
from roles.forms.people import ReasonForm
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
KEEP = "reviews.party.keep"


@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    """Everybody outside who is on the list."""
    require(request.user, "reviews.parties.see")
    rows = visible_to(request.user, Party).filter(retired=False)
    context = {"page_obj": page_of(request, rows), "keeps": may(request.user, KEEP)}
    return render(request, "reviews/parties.html", context)


@require_safe
def party(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, and all that they were given."""
    row = get_object_or_404(visible_to(request.user, Party), pk=pk)
    given = visible_to(request.user, Given).filter(party=row).select_related("version", "given_by", "link")
    context = {"row": row, "given": given, "keeps": not row.retired and may(request.user, KEEP), "day": clock.today()}
    return render(request, "reviews/party.html", context)


@FORM
def party_add(request: HttpRequest) -> HttpResponse:
    """Put somebody on the list."""
    require(request.user, KEEP)
    return form_page(
        request, kept(request, PartyForm), actions.add_party, done=_("%(it)s is on the list."),
        heading=_("Add an interested party"), lead=_("Somebody outside who may ask who answers for information security."),
        action_label=_("Put them on the list"), cancel_url=reverse("parties"), crumbs=[_crumb()],
    )  # fmt: skip


@FORM
def party_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is written about them."""
    row = _kept(request, pk)

    def change(**values):
        return actions.change_party(row, **values)

    return form_page(
        request, kept(request, ChangedPartyForm, instance=Party.objects.get(pk=row.pk)), change, done=_("Saved."),
        heading=_("Change %(party)s") % {"party": row}, action_label=_("Save"), cancel_url=row.get_absolute_url(), crumbs=[_crumb()],
    )  # fmt: skip


@FORM
def party_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take them off the list."""
    row = _kept(request, pk)

    def retire(**values):
        return actions.retire_party(row, **values)

    return confirm_page(
        request, retire, done=_("They are off the list."), to=reverse("parties"), form=kept(request, ReasonForm), lead=str(row),
        heading=_("Take them off the list?"), crumbs=[_crumb()], action_label=_("Take them off"), cancel_url=row.get_absolute_url(),
        consequences=[_("Their links stop working at once."), _("What they were given stays written.")],
    )  # fmt: skip


@FORM
def party_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that they were given a copy."""
    row = _kept(request, pk)

    def record(**values):
        return actions.record_copy(row, **values)

    form = kept(request, CopyForm, offered=_offered(request), initial={"given_on": clock.today()})
    return form_page(
        request, form, record, done=_("Recorded."), to=row.get_absolute_url(), heading=_("Record a copy"), lead=str(row),
        action_label=_("Record it"), cancel_url=row.get_absolute_url(), crumbs=[_crumb()],
        note=_("The record names the SHA-256 of the file, so that a copy can be told from another one."),
    )  # fmt: skip


@FORM
def party_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a dated link for them; its address is shown on the answer, once."""
    row = _kept(request, pk)
    form = kept(request, PartyLinkForm, offered=_offered(request))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.give_link, row, actor=request.user, **form.cleaned_data)
        if made is not None:
            address = settings.BASE_URL.rstrip("/") + reverse("published-link", args=[made[1]])
            return render(request, "raci/link_made.html", {"link": made[0].link, "address": address, "back": row})
    context = {
        "form": form, "heading": _("Give a dated link"), "lead": str(row), "action_label": _("Make the link"),
        "cancel_url": row.get_absolute_url(), "crumbs": [_crumb()],
        "note": _("Whoever has it reads this one version until that day, without signing in. You can revoke it at any time."),
    }  # fmt: skip
    return render(request, "ui/form_page.html", context, status=422 if form.errors else 200)


def _offered(request: HttpRequest):
    return (
        visible_to(request.user, Version).filter(state__in=["published", "superseded"]).order_by("-published_at", "-pk")
    )


def _kept(request: HttpRequest, pk: int) -> Party:
    row = get_object_or_404(visible_to(request.user, Party), pk=pk)
    require(request.user, KEEP)
    return row


def _crumb() -> tuple[str, str]:
    return _("Interested parties"), reverse("parties")
