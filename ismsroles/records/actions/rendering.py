"""The two PDFs of a version, each rendered once by a worker and stored; the database serves them ever after (design rule 10)."""

import hashlib
import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, outbox
from ismsroles.core.access import require
from ismsroles.core.errors import Refusal, WrongState
from ismsroles.records import kinds
from ismsroles.records.models import Artefact, SealKey, Version
from ismsroles.records.seal.sealed import Sealed
from ismsroles.records.states import VERSION

log = logging.getLogger(__name__)
Made = TypeVar("Made")


def keep(content: bytes, media_type: str) -> Artefact:
    """Store bytes under their SHA-256; the same bytes are stored once."""
    digest = hashlib.sha256(content).hexdigest()
    row, _created = Artefact.objects.get_or_create(
        pk=digest, defaults={"content": content, "media_type": media_type, "created_at": clock.now()}
    )
    return row


def ask_for_draft(version: Version) -> None:
    """Leave a message for the worker, in the transaction that froze the version."""
    outbox.post("records.draft", {"version": version.pk}, key=f"draft:{version.pk}")


def ask_for_final(version: Version) -> None:
    """Leave a message for the worker, in the transaction of the last signature."""
    outbox.post("records.publish", {"version": version.pk}, key=f"publish:{version.pk}")


@outbox.handler("records.draft")
def _draft_message(payload: dict) -> None:
    render_draft(payload["version"])


@outbox.handler("records.publish")
def _publish_message(payload: dict) -> None:
    publish(payload["version"])


def render_draft(version_id: int) -> None:
    """Render the draft once. Runs outside a transaction; a second run finds it done."""
    version = Version.objects.select_related("snapshot").get(pk=version_id)
    if version.state != "preparing":
        return
    pdf = _rendered(version, lambda kind: kind.draft(bytes(version.snapshot.content)))
    with transaction.atomic():
        version = locked(version)
        if version.state != "preparing":
            return
        version.state = VERSION.move(version.state, "draft_rendered")
        version.draft, version.fault = keep(pdf, "application/pdf"), ""
        version.save()
        events.record("version.draft_rendered", actor=None, subject=version, sha256=version.draft_id)


def publish(version_id: int) -> None:
    """Render the final PDF once, store it, put it in force, supersede the one before. A second run finds it done."""
    version = Version.objects.select_related("snapshot", "signoffs_record").get(pk=version_id)
    if version.state != "signed":
        return
    sealed = _rendered(version, lambda kind: _issued(version, kind))
    with transaction.atomic():
        version = locked(version)
        if version.state != "signed":
            return
        _supersede(version)
        version.state = VERSION.move(version.state, "publish")
        version.final, version.fault, version.published_at = keep(sealed.content, "application/pdf"), "", clock.now()
        version.sealed_with, version.is_stamped = _known_key(sealed, version), sealed.is_stamped
        version.save()
        events.record("version.published", actor=None, subject=version, sha256=version.final_id)
        kinds.get(version.kind).in_force(version)


def _issued(version: Version, kind: kinds.Kind) -> Sealed:
    """The finished file with the organisation's seal on it; a kind that goes without one is only rendered."""
    pdf = render_final_bytes(version)
    if not kind.is_sealed:
        return Sealed(pdf)
    from ismsroles.records.seal.sealing import seal  # loaded by whoever seals, not by every process

    return seal(pdf)


def _known_key(sealed: Sealed, version: Version) -> SealKey | None:
    """The key is kept with its first seal, and its coming is in the log: a key that nobody expected is seen."""
    if not sealed.fingerprint:
        return None
    row, is_new = SealKey.objects.get_or_create(
        pk=sealed.fingerprint, defaults={"certificate": sealed.certificate, "since": clock.now()}
    )
    if is_new:
        events.record("seal.key_first_used", actor=None, subject=version, sha256=row.pk)
    return row


def render_final_bytes(version: Version) -> bytes:
    """The final PDF, before the seal, from the three things that determine it: snapshot, sign-offs, head of the log (design rule 10)."""
    snapshot, signoffs = bytes(version.snapshot.content), bytes(version.signoffs_record.content)
    return kinds.get(version.kind).final(snapshot, signoffs, version.log_head)


@transaction.atomic
def try_again(version: Version, *, actor) -> None:
    """Ask for the PDF once more after a fault; nothing that was frozen or signed changes."""
    version = locked(version)
    if not version.is_being_rendered or not version.fault:
        raise WrongState(_("The PDF is there or on its way already. Nothing was done."))
    require(actor, f"{version.kind}.prepare")
    kind = "records.draft" if version.state == "preparing" else "records.publish"
    outbox.post(kind, {"version": version.pk}, key=f"{kind}:{version.pk}:{clock.now().timestamp()}")
    version.fault = ""
    version.save()
    events.record("version.rendering_asked", actor=actor, subject=version)


def locked(version: Version) -> Version:
    """The version as it is now, locked until the transaction ends."""
    return Version.objects.select_for_update().get(pk=version.pk)


def _supersede(newer: Version) -> None:
    for earlier in Version.objects.select_for_update().filter(kind=newer.kind, series=newer.series, state="published"):
        earlier.state = VERSION.move(earlier.state, "supersede")
        earlier.save()
        events.record("version.superseded", actor=None, subject=earlier, by=newer.number)


def _rendered(version: Version, render: Callable[[kinds.Kind], Made]) -> Made:
    """The PDF; a fault is kept on the version for the page that waits, and raised for the outbox to try again."""
    try:
        return render(kinds.get(version.kind))
    except Exception as error:
        log.exception("the PDF of version %s was not made", version.pk)
        Version.objects.filter(pk=version.pk).update(fault=_fault(error)[:1000])
        raise


def _fault(error: Exception) -> str:
    """What the page may say: our own sentence, or only that it failed. The rest is in the log."""
    if isinstance(error, Refusal):
        return error.message
    return _("Something in the program failed (%(kind)s). It is tried again by itself.") % {
        "kind": type(error).__name__
    }
