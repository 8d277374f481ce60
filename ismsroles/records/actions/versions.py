"""A version on its way: frozen, sent to its signers, or taken back (D1, D2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.records import kinds
from ismsroles.records.actions.rendering import ask_for_draft, keep, locked
from ismsroles.records.models import SignOff, Version
from ismsroles.records.policy import is_own_work
from ismsroles.records.states import VERSION

ONE_ENTRY_WITHIN = timedelta(hours=1)


@dataclass(frozen=True)
class Signer:
    """Somebody named to sign: their login, a key that is the same for all logins of one person, and what is printed."""

    user: object
    person_key: str
    name: str
    role: str
    meaning: str = "approved"
    behind: tuple[str, ...] = ()

    @classmethod
    def named(cls, user, kind: str, meaning: str = "approved") -> "Signer":
        """This login as a signer of this kind of document, as the register knows it today."""
        who = kinds.get(kind).identity(user)
        return cls(user, who.key, who.name, who.role, meaning, who.behind)


@transaction.atomic
def freeze(*, kind: str, number: str, title: str, summary: str, snapshot: bytes, actor, series: str = "") -> Version:
    """Keep the snapshot as it is now; later changes make a new draft. The draft PDF is rendered by a worker."""
    require(actor, f"{kind}.prepare")
    version = Version(
        kind=kind, series=series, number=number, title=title, summary=summary, snapshot=keep(snapshot, "application/json"),
        frozen_at=clock.now(), frozen_by=actor, frozen_by_name=actor.name, frozen_by_key=kinds.get(kind).identity(actor).key,
    )  # fmt: skip
    _checked(version)
    _saved(version)
    events.record("version.frozen", actor=actor, subject=version, sha256=version.snapshot_id)
    ask_for_draft(version)
    return version


@transaction.atomic
def send(
    version: Version, *, signers: Sequence[Signer], actor, needed: int | None = None, in_turn: bool = False
) -> Version:
    """Send the frozen version to named signers; at least one of them approves (D2).

    `needed` of the named approvers are enough (none: all of them); `in_turn`: each waits for the one before."""
    version = locked(version)
    state = VERSION.move(version.state, "send")
    require(actor, f"{version.kind}.prepare")
    if not any(signer.meaning == "approved" for signer in signers):
        raise Invalid(_("Name at least one person who approves."), "signers")
    _refuse_twins(signers)
    approvers = sum(signer.meaning == "approved" for signer in signers)
    if needed is not None and not 1 <= needed <= approvers:
        raise Invalid(_("%(n)d approve, so between 1 and %(n)d approvals can be needed.") % {"n": approvers}, "needed")
    for order, signer in enumerate(signers, 1):
        _refuse_unfit(version, signer)
        _place(version, signer, order).save()
    version.state, version.sent_at = state, clock.now()
    version.needed, version.in_turn = (0 if needed in (None, approvers) else needed), in_turn
    version.save()
    events.record("version.sent", actor=actor, subject=version, signers=", ".join(s.name for s in signers))
    return version


@transaction.atomic
def recall(version: Version, *, actor, reason: str) -> Version:
    """Take a version back before all have signed; it stays in the list with the reason."""
    version = locked(version)
    state = VERSION.move(version.state, "recall")
    require(actor, f"{version.kind}.prepare")
    if not reason.strip():
        raise Invalid(_("Say why it is recalled: it stays in the list."), "reason")
    version.state, version.closed_reason = state, reason
    version.save()
    events.record("version.recalled", actor=actor, subject=version, reason=reason)
    return version


def record_download(version: Version, *, actor) -> None:
    """Who took which signed version is part of the log (K2); a page that shows it again within the hour says nothing new."""
    since = clock.now() - ONE_ENTRY_WITHIN
    lately = AuditEvent.objects.filter(code="version.downloaded", actor=actor, subject_id=str(version.pk), at__gt=since)
    if not lately.exists():
        events.record("version.downloaded", actor=actor, subject=version, sha256=version.final_id)


def _place(version: Version, signer: Signer, order: int) -> SignOff:
    return SignOff(
        version=version, order=order, user=signer.user, person_key=signer.person_key, name=signer.name, role=signer.role,
        meaning=signer.meaning, preparer_key=version.frozen_by_key,
    )  # fmt: skip


def _refuse_twins(signers: Sequence[Signer]) -> None:
    """One person signs once, with however many logins, and never beside the deputy who signs for them (security case 6)."""
    seen: set[str] = set()
    for signer in signers:
        keys = {signer.person_key, *signer.behind}
        if keys & seen:
            raise Invalid(_("%(name)s is named twice. One person signs once.") % {"name": signer.name}, "signers")
        seen |= keys


def _refuse_unfit(version: Version, signer: Signer) -> None:
    kind, words = kinds.get(version.kind), {"name": signer.name}
    if not kind.may_sign(signer.user):
        raise Invalid(_("%(name)s is not entitled to sign this today.") % words, "signers")
    if is_own_work(signer.user, _place(version, signer, 0)):
        raise Invalid(_("%(name)s prepared this version, so somebody else approves it.") % words, "signers")
    if kind.missing(f"{signer.name} {signer.role}"):
        raise Invalid(_("%(name)s cannot be printed as written: no font has all its characters.") % words, "signers")


def _checked(version: Version) -> None:
    try:
        version.full_clean(exclude=["snapshot"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(" ".join(messages), None if field == "__all__" else field) from error


def _saved(version: Version) -> None:
    """Two versions frozen at once: the database lets one of them through."""
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError as error:
        raise WrongState(
            _("Another version was frozen at the same moment. Nothing was done; look at that one.")
        ) from error
