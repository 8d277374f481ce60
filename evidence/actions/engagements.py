"""Engagements of auditors: opened, changed, ended; auditors are named by a dated grant (D4; design §5)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from evidence.models import Engagement
from evidence.policy import auditors_of
from ismsroles.core import accounts, clock, events, history, scope
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from ismsroles.core.models import User
from ismsroles.core.names import email_key
from roles.actions import changes
from roles.actions.people import send_invitation

VERB = "evidence.engagement.keep"
LONGEST = timedelta(days=366)


@transaction.atomic
def open_engagement(*, name: str, firm: str, starts_on: date, ends_on: date, actor: User) -> Engagement:
    """An audit with a first and a last day; access begins and ends by itself."""
    require(actor, VERB)
    engagement = Engagement(name=name, firm=firm, starts_on=starts_on, ends_on=ends_on)
    _refuse_impossible(engagement)
    history.save(engagement, actor=actor)
    _record("engagement.opened", engagement, actor)
    return engagement


@transaction.atomic
def change(engagement: Engagement, *, actor: User, **values: Any) -> Engagement:
    """Other words or other days; its auditors' access follows the days."""
    require(actor, VERB)
    engagement = _locked(engagement)
    if what := changes.apply(engagement, values):
        _refuse_impossible(engagement)
        history.save(engagement, actor=actor)
        _record("engagement.changed", engagement, actor, what=what)
    return engagement


@transaction.atomic
def end(engagement: Engagement, *, actor: User, reason: str = "") -> Engagement:
    """The audit is over: yesterday was its last day, so access ends with the next request."""
    require(actor, VERB)
    engagement = _locked(engagement)
    yesterday = clock.today() - timedelta(days=1)
    if engagement.ends_on <= yesterday:
        raise WrongState(_("This audit is over already. Nothing was changed."))
    engagement.ends_on = yesterday
    engagement.starts_on = min(engagement.starts_on, yesterday)
    history.save(engagement, actor=actor, reason=reason)
    _record("engagement.ended", engagement, actor, reason=reason)
    return engagement


@transaction.atomic
def name_auditor(engagement: Engagement, *, name: str, email: str, actor: User) -> User:
    """An auditor by name and address: their own login, a grant on this audit, an invitation to nobody else (design §5)."""
    require(actor, VERB)
    engagement = _locked(engagement)
    if engagement.ends_on < clock.today():
        raise WrongState(_("This audit is over. Give it a later last day first."))
    user = User.objects.filter(email=email_key(email)).first()
    if user is not None and auditors_of(engagement).filter(pk=user.pk).exists():
        raise Invalid(_("%(person)s is named already.") % {"person": user}, "email")
    if user is None:
        user = accounts.create_login(email=email, name=name, actor=actor)
    assign_perm("audit_engagement", user, engagement)
    scope.forget()
    _record("engagement.auditor_named", engagement, actor, auditor=user.name, email=user.email)
    if user.last_login is None:
        send_invitation(user, actor=actor)
    return user


@transaction.atomic
def invite_again(engagement: Engagement, auditor: User, *, actor: User) -> None:
    """A fresh link for an auditor who has not signed in yet; the earlier one stops working."""
    require(actor, VERB)
    _refuse_stranger(engagement, auditor)
    if auditor.last_login is not None:
        raise WrongState(_("%(person)s has signed in already and needs no link.") % {"person": auditor})
    send_invitation(auditor, actor=actor)


@transaction.atomic
def end_auditor(engagement: Engagement, auditor: User, *, actor: User) -> None:
    """This auditor's access to the audit ends with the next request."""
    require(actor, VERB)
    _refuse_stranger(engagement, auditor)
    remove_perm("audit_engagement", auditor, engagement)
    scope.forget()
    _record("engagement.auditor_ended", engagement, actor, auditor=auditor.name, email=auditor.email)


def _refuse_stranger(engagement: Engagement, auditor: User) -> None:
    if not auditors_of(engagement).filter(pk=auditor.pk).exists():
        raise WrongState(_("%(person)s is not among the auditors of this audit.") % {"person": auditor})


def _refuse_impossible(engagement: Engagement) -> None:
    if engagement.starts_on and engagement.ends_on and engagement.ends_on - engagement.starts_on > LONGEST:
        raise Invalid(
            _("An audit lasts a year at most. Choose an earlier last day, and open another one later."), "ends_on"
        )


def _locked(engagement: Engagement) -> Engagement:
    return Engagement.objects.select_for_update().get(pk=engagement.pk)


def _record(code: str, engagement: Engagement, actor: User, *, reason: str = "", **more: Any) -> None:
    days = {"first": engagement.starts_on.isoformat(), "last": engagement.ends_on.isoformat()}
    events.record(code, actor=actor, subject=engagement, reason=reason, **days, **more)
