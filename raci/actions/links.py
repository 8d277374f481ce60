"""Links to the published matrix or to one signed version: made, used, revoked (K1, K2)."""

import hashlib
import secrets
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from ismsroles.records.models import Version
from raci.models import ReadingLink

KEEP = "raci.link.keep"
LONGEST = timedelta(days=366)


@transaction.atomic
def make_link(*, actor, purpose: str, ends_on: date, version: Version | None = None) -> tuple[ReadingLink, str]:
    """A new link and its secret, which is shown once and kept nowhere. It ends on a day, within a year.

    With a version it opens that one and nothing else; without, the published matrix."""
    require(actor, KEEP)
    today = clock.today()
    if not today <= ends_on <= today + LONGEST:
        raise Invalid(_("Choose a last day between today and a year from now."), "ends_on")
    secret = secrets.token_urlsafe(32)
    link = ReadingLink(
        purpose=purpose, ends_on=ends_on, version=version, digest=_digest(secret), made_by=actor, made_at=clock.now()
    )
    history.save(link, actor=actor)
    events.record("link.made", actor=actor, subject=link, until=ends_on.isoformat())
    return link, secret


@transaction.atomic
def revoke_link(link: ReadingLink, *, actor, reason: str = "") -> ReadingLink:
    """The link stops working at once and for good."""
    require(actor, KEEP)
    link = ReadingLink.objects.select_for_update().get(pk=link.pk)
    if link.revoked_at is not None:
        raise WrongState(_("This link is revoked already."))
    link.revoked_at, link.revoked_by = clock.now(), actor
    history.save(link, actor=actor, reason=reason)
    events.record("link.revoked", actor=actor, subject=link, reason=reason)
    return link


@transaction.atomic
def use_link(secret: str) -> ReadingLink | None:
    """The link that this secret opens today, counted; None when it opens nothing, whatever the reason."""
    rows = ReadingLink.objects.filter(digest=_digest(secret), revoked_at=None, ends_on__gte=clock.today())
    rows = rows.select_related("version")
    link = rows.first()
    if link is None:
        return None
    ReadingLink.objects.filter(pk=link.pk).update(uses=F("uses") + 1, last_used_at=clock.now())
    if link.uses == 0:
        events.record("link.first_used", actor=None, subject=link)
    return link


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", errors="replace")).hexdigest()
