"""Sending a version to those who sign it, signing, not signing, taking it back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evidence import actions, queries
from evidence.earlier import KIND
from evidence.forms import SendForm, SignForm, WhyForm
from evidence.views.document import PREPARE, crumbs, visible_version
from ismsroles.core import clock, shown
from ismsroles.core.access import require
from ismsroles.core.errors import NotAllowed
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.models import User
from ismsroles.records import actions as records
from ismsroles.records.models import SignOff, Version
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])


def _crumbs(version: Version) -> list[tuple[str, str]]:
    return [*crumbs(version), (_("Version %s") % version.number, version.get_absolute_url())]


@FORM
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who signs, among today's top management (D2)."""
    version = visible_version(request, pk)
    if version.kind != KIND:  # other records say themselves who signs them
        raise Http404
    require(request.user, PREPARE)
    people = queries.candidates(clock.today())
    able = [one for one in people if one.user is not None and one.user.is_active]
    own = [one for one in able if one.user == version.frozen_by]
    form = kept(
        request,
        SendForm,
        approvers=[(one.user.pk, one.label) for one in able if one not in own],
        reviewers=[(one.user.pk, one.label) for one in able] if len(able) > 1 else [],
    )
    return form_page(
        request, form, lambda **said_: _send(version, **said_), done=_("Sent. Each of them gets a mail."), template="evidence/send.html",
        version=version, without_login=[one for one in people if one not in able], own=own, able=able, crumbs=_crumbs(version),
    )  # fmt: skip


def _send(version: Version, *, approvers: list[int], reviewers: list[int] = (), **rule: Any) -> Version:
    users = User.objects.in_bulk([*approvers, *reviewers])
    chosen = [[users[pk] for pk in keys] for keys in (approvers, reviewers)]
    return actions.send_version(version, approvers=chosen[0], reviewers=chosen[1], **rule)


@FORM
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it, enter the password once more, sign: exactly what this page showed (rules 2 and 10)."""
    version = visible_version(request, pk)
    signoff = _my_signoff(request, version)
    form = SignForm(request.POST or None, initial={"seen": _seal(request, version)})
    if request.method == "POST" and form.is_valid():
        seen = shown.unseal(form.cleaned_data["seen"], user_id=request.user.pk, subject=_subject(version))
        password = form.cleaned_data["password"]
        told = {"seen_snapshot": seen["snapshot"], "seen_draft": seen["draft"]}
        if attempt(form, records.sign, version, actor=request.user, password=password, **told) is not None:
            said(request, _("Signed. Thank you."))
            return redirect(version)
    context = {"version": version, "signoff": signoff, "form": form, "crumbs": _crumbs(version)}
    return render(request, "evidence/sign.html", context, status=422 if form.errors else 200)


def _my_signoff(request: HttpRequest, version: Version) -> SignOff:
    """The place on this version that waits for this person; nobody else gets to the page."""
    signoff = version.signoffs.filter(user=request.user).first()
    if signoff is None:
        raise NotAllowed(_("You are not among those who sign this version. Nothing was changed."))
    signoff.version = version
    if request.method != "POST" and signoff.state == "waiting" and version.state == "sent":
        require(request.user, "records.version.sign", signoff)
    return signoff


def _subject(version: Version) -> str:
    return f"version:{version.pk}"


def _seal(request: HttpRequest, version: Version) -> str:
    content = {"snapshot": version.snapshot_id, "draft": version.draft_id or ""}
    return shown.seal(content, user_id=request.user.pk, subject=_subject(version))


@FORM
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Not signing, with a reason that the one who prepared it will read."""
    version = visible_version(request, pk)
    _my_signoff(request, version)
    return confirm_page(
        request, lambda **said_: records.refuse_to_sign(version, **said_), done=_("Not signed. Your reason is kept with the version."),
        to=version, form=kept(request, WhyForm), heading=_("Not sign version %s?") % version.number,
        lead=_("The version goes no further. The one in force stays in force."),
        consequences=[_("%s reads your reason and prepares another version.") % version.frozen_by_name, _("Nothing is erased.")],
        action_label=_("Do not sign"), cancel_url=reverse("version-sign", args=[version.pk]), crumbs=_crumbs(version),
    )  # fmt: skip


@FORM
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Taking a version back before all have signed."""
    version = visible_version(request, pk)
    require(request.user, f"{version.kind}.prepare")
    return confirm_page(
        request, lambda **said_: records.recall(version, **said_), done=_("Recalled. It stays in the list with your reason."),
        to=version, form=kept(request, WhyForm), heading=_("Recall version %s?") % version.number,
        lead=_("Nobody can sign it any more. Its number is free again."),
        consequences=[_("It stays in the list, with your reason and with what was signed so far."), _("You can prepare another one.")],
        action_label=_("Recall it"), cancel_url=version.get_absolute_url(), crumbs=_crumbs(version),
    )  # fmt: skip


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the PDF once more after a fault."""
    version = visible_version(request, pk)
    require(request.user, f"{version.kind}.prepare")
    records.try_again(version, actor=request.user)
    said(request, _("The PDF is being made again."))
    return redirect(version)
