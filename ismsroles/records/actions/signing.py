"""Signing: exactly what was shown, with the password entered again, once (design rules 2 and 10; D2)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, log
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, NotAllowed, Refusal, Stale, WrongState
from ismsroles.core.models import AuditEvent, User
from ismsroles.core.shown import canonical
from ismsroles.records import kinds
from ismsroles.records.actions.rendering import ask_for_final, keep, locked
from ismsroles.records.models import SignOff, Version
from ismsroles.records.states import SIGNOFF, VERSION

GUESSES, WITHIN = 5, timedelta(minutes=5)


class WrongPassword(Invalid):
    """The password entered again is not theirs; the refusal is kept in the log although nothing was signed."""


class TooManyGuesses(Refusal):
    """Five wrong passwords close signing for five minutes, whatever is entered next (ASVS 6.3.1)."""

    status = 429
    template = "429.html"


def sign(version: Version, *, actor, password: str, seen_snapshot: str, seen_draft: str) -> SignOff:
    """Sign exactly what was shown, with the password entered again; after the last signature the version is published (rule 10)."""
    signoff = _sign(version, actor, password, (seen_snapshot, seen_draft))
    if signoff is None:
        raise WrongPassword(_("That is not your password. Nothing was signed."), "password")
    return signoff


@transaction.atomic
def _sign(version: Version, actor, password: str, seen: tuple[str, str]) -> SignOff | None:
    """None for a wrong password: its refusal is committed before the next guess is looked at."""
    version, signoff = _waiting_for(version, actor)
    signoff.state = SIGNOFF.move(signoff.state, "sign")
    require(actor, "records.version.sign", signoff)
    _refuse_too_early(version, signoff)
    if seen != (version.snapshot_id, version.draft_id):
        raise Stale(_("This is not the version that you were shown. Nothing was signed; read it again."))
    if not _is_password(actor, password):
        events.record("version.password_refused", actor=actor, subject=version)
        return None
    _write(version, signoff, actor)
    words = {"meaning": str(signoff.get_meaning_display()), "sha256": version.snapshot_id, "draft": version.draft_id}
    events.record("version.signed", actor=actor, subject=version, **words)
    if _is_enough(version):
        _complete(version)
    return signoff


@transaction.atomic
def refuse_to_sign(version: Version, *, actor, reason: str) -> Version:
    """Not signing needs a reason; the version goes no further (D2)."""
    version, signoff = _waiting_for(version, actor)
    signoff.state = SIGNOFF.move(signoff.state, "reject")
    require(actor, "records.version.sign", signoff)
    if not reason.strip():
        raise Invalid(_("Say why: the one who prepared it will read it."), "reason")
    signoff.reason, signoff.at = reason, clock.now()
    signoff.save()
    version.state, version.closed_reason = VERSION.move(version.state, "reject"), reason
    version.save()
    events.record("version.rejected", actor=actor, subject=version, reason=reason)
    return version


def _waiting_for(version: Version, actor) -> tuple[Version, SignOff]:
    version = locked(version)
    signoff = version.signoffs.select_for_update().filter(user=actor).first()
    if signoff is None:
        raise NotAllowed(_("You are not among those who sign this version. Nothing was changed."))
    if version.state != "sent":
        words = {"state": version.get_state_display()}
        raise WrongState(_("This version is “%(state)s”, so nobody signs it now. Nothing was done.") % words)
    signoff.version = version
    return version, signoff


def _refuse_too_early(version: Version, signoff: SignOff) -> None:
    """Who reviews comes before who approves; approvers come in any order, or each after the one before."""
    if signoff.meaning != "approved":
        return
    waiting = version.signoffs.filter(state="waiting")
    if names := waiting.filter(meaning="reviewed").values_list("name", flat=True):
        raise WrongState(_("It is approved after the review. Waiting for %(names)s.") % {"names": ", ".join(names)})
    if version.in_turn and (names := waiting.filter(order__lt=signoff.order).values_list("name", flat=True)):
        raise WrongState(_("It is approved in turn. Waiting for %(names)s.") % {"names": ", ".join(names)})


def _is_enough(version: Version) -> bool:
    """All reviews, and as many approvals as were said to be needed when it was sent."""
    waiting = version.signoffs.exclude(state="signed")
    if not version.needed:
        return not waiting.exists()
    approved = version.signoffs.filter(state="signed", meaning="approved").count()
    return approved >= version.needed and not waiting.filter(meaning="reviewed").exists()


def rule_of(version: Version) -> str:
    """How many of those named had to approve, and whether in turn; empty when simply all of them."""
    named = version.signoffs.filter(meaning="approved").count()
    said = (
        [_("%(needed)d of %(named)d had to approve") % {"needed": version.needed, "named": named}]
        if version.needed
        else []
    )
    return "; ".join(said + ([_("one after the other")] if version.in_turn else []))


def _is_password(actor, password: str) -> bool:
    """One guess of a person after the other, whichever version it is for: many at once get no more than five."""
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    since = clock.now() - WITHIN
    refused = AuditEvent.objects.filter(code="version.password_refused", actor=actor, at__gt=since).count()
    if refused >= GUESSES:
        raise TooManyGuesses(_("Five wrong passwords. Signing is closed to you for five minutes; nothing was signed."))
    return actor.check_password(password)


def _write(version: Version, signoff: SignOff, actor) -> None:
    """Name and role are those of this moment; both hashes are those of what was shown."""
    who = kinds.get(version.kind).identity(actor)
    signoff.name, signoff.role = who.name, who.role or signoff.role
    signoff.at, signoff.zone, signoff.method = clock.now(), str(clock.zone()), "password"
    signoff.snapshot_sha256, signoff.draft_sha256 = version.snapshot_id, version.draft_id
    signoff.statement = _statement(signoff)
    signoff.save()


def _statement(signoff: SignOff) -> str:
    words = {
        "name": signoff.name,
        "role": signoff.role,
        "meaning": str(signoff.get_meaning_display()).lower(),
        "version": signoff.version,
    }
    return _("I have read %(version)s. %(name)s, %(role)s: %(meaning)s.") % words


def _complete(version: Version) -> None:
    """All have signed: freeze the sign-offs and the head of the log; these and the snapshot determine the bytes (rule 10)."""
    version.state = VERSION.move(version.state, "complete")
    version.signoffs_record = keep(_record_of(version), "application/json")
    events.record("version.completed", actor=None, subject=version)
    version.log_head = log.seal().digest
    version.save()
    ask_for_final(version)


def _record_of(version: Version) -> bytes:
    """Those who signed, and the rule under which that was enough."""
    rule = rule_of(version)
    rows = [_printed(one) for one in version.signoffs.filter(state="signed")]
    return canonical([row | {"rule": rule} if rule else row for row in rows])


def _printed(signoff: SignOff) -> dict[str, object]:
    local = signoff.at.astimezone(ZoneInfo(signoff.zone))
    return {
        "order": signoff.order, "name": signoff.name, "role": signoff.role, "meaning": str(signoff.get_meaning_display()),
        "statement": signoff.statement, "signed_at": signoff.at.astimezone(clock.UTC).isoformat(timespec="seconds"),
        "local": f"{local.day} {local:%b %Y, %H:%M} ({signoff.zone})", "method": signoff.method,
        "snapshot_sha256": signoff.snapshot_sha256, "draft_sha256": signoff.draft_sha256,
        "renderer": kinds.get(signoff.version.kind).renderer,
    }  # fmt: skip
