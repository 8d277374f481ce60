"""Logins: made by invitation, opened by a one-time link sent to the person's own address and shown to nobody (design §5)."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import or_

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, DateTimeField, Q, QuerySet, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, scope
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from ismsroles.core.models import Invitation, User
from ismsroles.core.names import email_key

DAYS_AT_ONCE = 200


def _no_longer_valid() -> WrongState:
    return WrongState(
        _(
            "This link was used already, or its 72 hours are over. "
            "Ask for a new invitation, or use “Forgot the password?” on the sign-in page."
        )
    )


@transaction.atomic
def create_login(
    *, email: str, name: str, actor: User | None, password: str | None = None, administrator: bool = False
) -> User:
    """A new login; refused when another one has the same address, however written (security case 6)."""
    if not email:
        raise Invalid(_("Write an e-mail address first: the invitation is sent to it."), "email")
    if User.objects.filter(email=email_key(email)).exists():
        raise Invalid(
            _("Somebody already signs in with %(email)s. One address, one login.") % {"email": email}, "email"
        )
    user = User.objects.create_user(email, password, name=name, is_administrator=administrator)
    events.record("login.created", actor=actor, subject=user, email=user.email)
    return user


@transaction.atomic
def invite(user: User, *, actor: User | None) -> str:
    """A fresh one-time secret for `user`; earlier ones stop working. The caller mails it and keeps it nowhere."""
    Invitation.objects.filter(user=user, used_at=None).update(expires_at=clock.now())
    secret = secrets.token_urlsafe(32)
    moment = clock.now()
    Invitation.objects.create(user=user, digest=_digest(secret), made_at=moment, expires_at=moment + Invitation.LASTS)
    events.record("login.invited", actor=actor, subject=user, email=user.email)
    return secret


def cap_invitations(ends: Mapping[int, datetime]) -> None:
    """No open invitation of these logins (by id) lasts beyond its moment: who is gone opens nothing (rule 5)."""
    by_end: dict[datetime, list[int]] = defaultdict(list)
    for user, end in ends.items():
        by_end[end].append(user)
    days = sorted(by_end)
    for start in range(0, len(days), DAYS_AT_ONCE):
        some = {end: by_end[end] for end in days[start : start + DAYS_AT_ONCE]}
        too_long = reduce(or_, (Q(user__in=users, expires_at__gt=end) for end, users in some.items()))
        capped = [
            When(user__in=users, then=Greatest(Value(end, DateTimeField()), "made_at")) for end, users in some.items()
        ]
        waiting = Invitation.objects.filter(too_long, used_at=None, expires_at__gt=clock.now())
        waiting.update(expires_at=Case(*capped))


def invitation_for(secret: str) -> Invitation:
    """The open invitation that this secret belongs to; raises WrongState when there is none any more."""
    found = (
        Invitation.objects.select_related("user")
        .filter(digest=_digest(secret), used_at=None, expires_at__gt=clock.now())
        .first()
    )
    if found is None or not found.user.is_active:
        raise _no_longer_valid()
    return found


@transaction.atomic
def accept_invitation(secret: str, *, password: str) -> User:
    """Use the link once: set the password. Two clicks at once have one effect."""
    invitation = invitation_for(secret)
    used = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=clock.now())
    if used != 1:
        raise _no_longer_valid()
    user = invitation.user
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), "password") from error
    user.set_password(password)
    user.save(update_fields=["password"])
    events.record("login.opened", actor=user, subject=user, email=user.email)
    return user


@transaction.atomic
def close_login(user: User, *, actor: User) -> User:
    """Nobody comes in with this login any more, from the next request on. Never one's own, never the last administrator's."""
    user = _kept(user, actor, "core.login.close")
    if not user.is_active:
        raise WrongState(_("The login of %(name)s is closed already.") % {"name": user})
    if user.is_administrator and not _administrators().exclude(pk=user.pk).exists():
        raise WrongState(_("%(name)s is the only administrator. Nobody could open a login again.") % {"name": user})
    user.is_active = False
    user.save(update_fields=["is_active"])
    Invitation.objects.filter(user=user, used_at=None).update(expires_at=clock.now())
    events.record("login.closed", actor=actor, subject=user)
    return user


@transaction.atomic
def reopen_login(user: User, *, actor: User) -> User:
    """The login works again, for what its person may do today; it opens nothing by itself."""
    user = _kept(user, actor, "core.login.reopen")
    if user.is_active:
        raise WrongState(_("The login of %(name)s is open.") % {"name": user})
    user.is_active = True
    user.save(update_fields=["is_active"])
    events.record("login.reopened", actor=actor, subject=user)
    return user


def _administrators() -> QuerySet[User]:
    return User.objects.filter(is_administrator=True, is_active=True)


def _kept(user: User, actor: User, verb: str) -> User:
    """The login, locked with those of the administrators: two of them cannot close each other's at the same moment."""
    list(_administrators().select_for_update().order_by("pk"))
    found = User.objects.select_for_update().get(pk=user.pk)
    scope.forget()
    require(User.objects.get(pk=actor.pk), verb, found)
    return found


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
