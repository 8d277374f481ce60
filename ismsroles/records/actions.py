"""Freeze, send, sign, reject, recall, publish: what is signed is what was shown and what is downloaded (design rules 2, 9, 10)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, log, outbox
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, NotAllowed, Stale
from ismsroles.core.shown import canonical
from ismsroles.records import kinds
from ismsroles.records.models import Artefact, SignOff, Version
from ismsroles.records.states import SIGNOFF, VERSION


@dataclass(frozen=True)
class Signer:
    """Somebody named to sign: their login, a key that is the same for all logins of one person, and what is printed."""

    user: object
    person_key: str
    name: str
    role: str
    meaning: str = "approved"


@transaction.atomic
def freeze(*, kind: str, number: str, title: str, summary: str, snapshot: bytes, actor) -> Version:
    """Keep the snapshot as it is now; later changes make a new draft. The draft PDF is rendered by a worker."""
    require(actor, f"{kind}.prepare")
    version = Version(
        kind=kind, number=number, title=title, summary=summary, snapshot=keep(snapshot, "application/json"),
        frozen_at=clock.now(), frozen_by=actor, frozen_by_name=actor.name,
    )  # fmt: skip
    _checked(version)
    version.save()
    events.record("version.frozen", actor=actor, subject=version, sha256=version.snapshot_id)
    outbox.post("records.draft", {"version": version.pk}, key=f"draft:{version.pk}")
    return version


@outbox.handler("records.draft")
def _draft_message(payload: dict) -> None:
    render_draft(payload["version"])


def render_draft(version_id: int) -> None:
    """Render the draft once. Runs outside a transaction; a second run finds it done."""
    version = Version.objects.select_related("snapshot").get(pk=version_id)
    if version.state != "preparing":
        return
    pdf = _rendered(version, lambda kind: kind.draft(bytes(version.snapshot.content)))
    with transaction.atomic():
        version = _locked(version)
        if version.state != "preparing":
            return
        version.state, version.draft, version.fault = (
            VERSION.move(version.state, "draft_rendered"),
            keep(pdf, "application/pdf"),
            "",
        )
        version.save()
        events.record("version.draft_rendered", actor=None, subject=version, sha256=version.draft_id)


@transaction.atomic
def send(version: Version, *, signers: Sequence[Signer], actor) -> Version:
    """Send the frozen version to named signers; at least one of them approves (D2)."""
    version = _locked(version)
    state = VERSION.move(version.state, "send")
    require(actor, f"{version.kind}.prepare")
    if not any(signer.meaning == "approved" for signer in signers):
        raise Invalid(_("Name at least one person of top management who approves."), "signers")
    for order, signer in enumerate(signers, 1):
        _refuse_unfit(version, signer)
        SignOff.objects.create(
            version=version, order=order, user=signer.user, person_key=signer.person_key, name=signer.name, role=signer.role,
            meaning=signer.meaning,
        )  # fmt: skip
    version.state, version.sent_at = state, clock.now()
    version.save()
    events.record("version.sent", actor=actor, subject=version, signers=", ".join(s.name for s in signers))
    return version


@transaction.atomic
def sign(version: Version, *, actor, password: str, seen_snapshot: str, seen_draft: str) -> SignOff:
    """Sign exactly what was shown, with the password entered again; after the last signature the version is published (rule 10)."""
    version, signoff = _waiting_for(version, actor)
    signoff.state = SIGNOFF.move(signoff.state, "sign")
    require(actor, "records.version.sign", signoff)
    if (seen_snapshot, seen_draft) != (version.snapshot_id, version.draft_id):
        raise Stale(_("This is not the version that you were shown. Nothing was signed; read it again."))
    if not actor.check_password(password):
        raise Invalid(_("That is not your password. Nothing was signed."), "password")
    signoff.statement = _statement(signoff)
    signoff.at, signoff.zone, signoff.method = clock.now(), str(clock.zone()), "password"
    signoff.snapshot_sha256, signoff.draft_sha256 = version.snapshot_id, version.draft_id
    signoff.save()
    events.record(
        "version.signed",
        actor=actor,
        subject=version,
        meaning=signoff.get_meaning_display(),
        sha256=version.snapshot_id,
    )
    if not version.signoffs.exclude(state="signed").exists():
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


@transaction.atomic
def recall(version: Version, *, actor, reason: str) -> Version:
    """Take a version back before all have signed."""
    version = _locked(version)
    state = VERSION.move(version.state, "recall")
    require(actor, f"{version.kind}.prepare")
    if not reason.strip():
        raise Invalid(_("Say why it is recalled: it stays in the list."), "reason")
    version.state, version.closed_reason = state, reason
    version.save()
    events.record("version.recalled", actor=actor, subject=version, reason=reason)
    return version


def _complete(version: Version) -> None:
    """All have signed: freeze the sign-offs and the head of the log; these and the snapshot determine the bytes (rule 10)."""
    version.state = VERSION.move(version.state, "complete")
    version.signoffs_record = keep(canonical([_printed(s) for s in version.signoffs.all()]), "application/json")
    events.record("version.completed", actor=None, subject=version)
    version.log_head = log.seal().digest
    version.save()
    outbox.post("records.publish", {"version": version.pk}, key=f"publish:{version.pk}")


@outbox.handler("records.publish")
def _publish_message(payload: dict) -> None:
    publish(payload["version"])


def publish(version_id: int) -> None:
    """Render the final PDF once, store it, put it in force, supersede the one before. A second run finds it done."""
    version = Version.objects.select_related("snapshot", "signoffs_record").get(pk=version_id)
    if version.state != "signed":
        return
    signoffs = bytes(version.signoffs_record.content)
    pdf = _rendered(version, lambda kind: kind.final(bytes(version.snapshot.content), signoffs, version.log_head))
    with transaction.atomic():
        version = _locked(version)
        if version.state != "signed":
            return
        _supersede(version)
        version.state, version.final, version.fault = (
            VERSION.move(version.state, "publish"),
            keep(pdf, "application/pdf"),
            "",
        )
        version.published_at = clock.now()
        version.save()
        events.record("version.published", actor=None, subject=version, sha256=version.final_id)


def _supersede(newer: Version) -> None:
    for earlier in Version.objects.select_for_update().filter(kind=newer.kind, state="published"):
        earlier.state = VERSION.move(earlier.state, "supersede")
        earlier.save()
        events.record("version.superseded", actor=None, subject=earlier, by=newer.number)


def keep(content: bytes, media_type: str) -> Artefact:
    """Store bytes under their SHA-256; the same bytes are stored once."""
    digest = hashlib.sha256(content).hexdigest()
    row, _created = Artefact.objects.get_or_create(
        pk=digest, defaults={"content": content, "media_type": media_type, "created_at": clock.now()}
    )
    return row


def _rendered(version: Version, render) -> bytes:
    """The PDF; a fault is kept on the version for the page that waits, and raised for the outbox to try again."""
    try:
        return render(kinds.get(version.kind))
    except Exception as error:
        Version.objects.filter(pk=version.pk).update(fault=f"{error}"[:1000])
        raise


def _waiting_for(version: Version, actor) -> tuple[Version, SignOff]:
    version = _locked(version)
    signoff = version.signoffs.select_for_update().filter(user=actor).first()
    if signoff is None:
        raise NotAllowed(_("You are not among those who sign this version. Nothing was changed."))
    if version.state != "sent":
        VERSION.move(version.state, "complete")
    signoff.version = version
    return version, signoff


def _locked(version: Version) -> Version:
    return Version.objects.select_for_update().get(pk=version.pk)


def _refuse_unfit(version: Version, signer: Signer) -> None:
    if not kinds.get(version.kind).may_sign(signer.user):
        raise Invalid(
            _("%(name)s does not belong to top management today, so cannot sign.") % {"name": signer.name}, "signers"
        )
    if signer.meaning == "approved" and version.frozen_by_id == signer.user.pk:
        raise Invalid(
            _("%(name)s prepared this version, so somebody else approves it.") % {"name": signer.name}, "signers"
        )


def _checked(version: Version) -> None:
    try:
        version.full_clean(exclude=["snapshot"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(" ".join(messages), None if field == "__all__" else field) from error


def _statement(signoff: SignOff) -> str:
    words = {"meaning": signoff.get_meaning_display().lower(), "version": signoff.version}
    return _("I have read %(version)s. %(name)s, %(role)s: %(meaning)s.") % {
        "name": signoff.name,
        "role": signoff.role,
        **words,
    }


def _printed(signoff: SignOff) -> dict[str, object]:
    local = signoff.at.astimezone(clock.zone())
    return {
        "order": signoff.order, "name": signoff.name, "role": signoff.role, "meaning": str(signoff.get_meaning_display()),
        "statement": signoff.statement, "signed_at": signoff.at.astimezone(clock.UTC).isoformat(timespec="seconds"),
        "local": f"{local.day} {local:%b %Y, %H:%M} ({signoff.zone})", "method": signoff.method,
        "snapshot_sha256": signoff.snapshot_sha256, "draft_sha256": signoff.draft_sha256,
        "renderer": kinds.get(signoff.version.kind).renderer,
    }  # fmt: skip
