"""Audits with their days and their auditors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evidence import actions
from evidence.actions.engagements import invite_again
from evidence.forms import AuditorForm, EngagementForm
from evidence.models import Engagement
from evidence.policy import auditors_of
from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.middleware import said
from ismsroles.core.models import User
from ismsroles.core.paging import page_of
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
KEEP = "evidence.engagement.keep"


def _visible(request: HttpRequest, pk: int) -> Engagement:
    return get_object_or_404(visible_to(request.user, Engagement), pk=pk)


def _crumbs(one: Engagement | None = None) -> list[tuple[str, str]]:
    here = [(one.name, one.get_absolute_url())] if one else []
    return [(_("Audits"), reverse("engagements")), *here]


@require_safe
def engagements(request: HttpRequest) -> HttpResponse:
    """Every audit, the newest first."""
    require(request.user, "evidence.audit.see")
    context = {
        "page_obj": page_of(request, visible_to(request.user, Engagement)),
        "keeps": may(request.user, KEEP),
        "day": clock.today(),
    }
    return render(request, "evidence/engagements.html", context)


@require_safe
def engagement(request: HttpRequest, pk: int) -> HttpResponse:
    """One audit: its days, its auditors, whether they have signed in."""
    one = _visible(request, pk)
    context = {
        "engagement": one,
        "auditors": auditors_of(one),
        "keeps": may(request.user, KEEP),
        "may_pack": may(request.user, "evidence.pack.ask", one),
        "is_over": one.ends_on < clock.today(),
        "is_coming": one.starts_on > clock.today(),
    }
    return render(request, "evidence/engagement.html", context)


@FORM
def add(request: HttpRequest) -> HttpResponse:
    """Open an audit."""
    require(request.user, KEEP)
    return form_page(
        request, kept(request, EngagementForm), actions.open_engagement, done=_("Opened. Now name its auditors."),
        heading=_("Open an audit"), lead=_("Auditors read the whole register from the first to the last day, and change nothing."),
        action_label=_("Open it"), cancel_url=reverse("engagements"), crumbs=_crumbs(),
    )  # fmt: skip


@FORM
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words or other days."""
    one = _visible(request, pk)
    require(request.user, KEEP)
    return form_page(
        request, kept(request, EngagementForm, instance=one), lambda **said_: actions.change(one, **said_),
        done=_("Saved. Access follows the days."), heading=_("Change this audit"), lead=one.name, action_label=_("Save"),
        cancel_url=one.get_absolute_url(), crumbs=_crumbs(one),
    )  # fmt: skip


@FORM
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The audit is over."""
    one = _visible(request, pk)
    require(request.user, KEEP)
    return confirm_page(
        request, lambda **said_: actions.end(one, **said_), done=_("Ended. Its auditors no longer have access."), to=one,
        heading=_("End this audit today?"), lead=one.name, crumbs=_crumbs(one),
        consequences=[_("Its auditors have no access from the next page on."), _("What they looked at stays in the log.")],
        action_label=_("End the audit"), cancel_url=one.get_absolute_url(),
    )  # fmt: skip


@FORM
def auditor(request: HttpRequest, pk: int) -> HttpResponse:
    """Name an auditor; end or invite one who is named."""
    one = _visible(request, pk)
    require(request.user, KEEP)
    if request.method == "POST" and request.POST.get("do") in ("end", "invite"):
        return _with_auditor(request, one)
    return form_page(
        request, kept(request, AuditorForm), lambda **said_: actions.name_auditor(one, **said_), to=one,
        done=_("Named. If they have no login yet, an invitation was sent to their address."), heading=_("Name an auditor"),
        lead=_("For %(audit)s. Access begins on the first day and ends after the last, by itself.") % {"audit": one},
        action_label=_("Name and invite"), cancel_url=one.get_absolute_url(), crumbs=_crumbs(one),
        note=_("The link in the invitation works once, for 72 hours."),
    )  # fmt: skip


def _with_auditor(request: HttpRequest, one: Engagement) -> HttpResponse:
    sent = request.POST.get("auditor", "")
    user = get_object_or_404(User, pk=int(sent) if sent.isdecimal() and len(sent) < 19 else 0)
    if request.POST["do"] == "end":
        actions.end_auditor(one, user, actor=request.user)
        said(request, _("%(person)s no longer has access to this audit.") % {"person": user})
    else:
        invite_again(one, user, actor=request.user)
        said(request, _("A new invitation was sent."))
    return redirect(one)
