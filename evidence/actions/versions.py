"""Prepare a version of the document, and send it to top management (D1, D2; design rule 10)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from evidence import readiness, snapshot
from evidence.earlier import KIND, in_force
from ismsroles.core import scope
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid
from ismsroles.core.models import User
from ismsroles.notices.telling import Reader, tell
from ismsroles.records import actions as records
from ismsroles.records.models import Version


def prepare_version(number: str, summary: str, *, actor: User) -> Version:
    """Freeze the register as it is at this moment. Refused, with the list, while a blocker stands (rule 10)."""
    with _one_moment():
        require(actor, "roles-document.prepare")
        scope.forget()
        if not summary.strip():
            raise Invalid(
                _("Say in a sentence what this version brings: it is printed in the list of versions."), "summary"
            )
        frozen = snapshot.build(number, summary, prepared_by=actor.name)
        if stopped := readiness.blockers(frozen):
            raise readiness.NotReady(stopped)
        title = snapshot.title()
        return records.freeze(kind=KIND, number=number, title=title, summary=summary, snapshot=frozen, actor=actor)


@transaction.atomic
def send_version(
    version: Version,
    *,
    approvers: Sequence[User],
    reviewers: Sequence[User] = (),
    needed: int | None = None,
    in_turn: bool = False,
    actor: User,
) -> Version:
    """Send it to named people of top management: who reviews signs before who approves."""
    signers = [records.Signer.named(user, version.kind, "reviewed") for user in reviewers]
    signers += [records.Signer.named(user, version.kind) for user in approvers]
    sent = records.send(version, signers=signers, needed=needed, in_turn=in_turn, actor=actor)
    _tell(sent, signers)
    return sent


def _tell(version: Version, signers: Sequence[records.Signer]) -> None:
    """Each of them is told the way to the page; the page asks for sign-in and password (rule 14)."""
    readers = [Reader(signer.user.email, signer.name, signer.user.pk) for signer in signers]
    url, words = reverse("version-sign", args=[version.pk]), {"version": version, "preparer": version.frozen_by_name}
    tell("version.waits", readers, key=str(version.pk), url=url, **words)


def next_number() -> str:
    """1.0, then 1.1 and so on; another scheme is continued at its last number."""
    last = in_force()
    if last is None:
        return "1.0"
    head, dot, tail = last.number.rpartition(".")
    return f"{head}{dot}{int(tail) + 1}" if tail.isdigit() else f"{last.number}.1"


@contextmanager
def _one_moment() -> Iterator[None]:
    """All queries of a snapshot see the same moment, whatever others write meanwhile (SQLite: there is one writer anyway)."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
