"""Prepare a version of the document, and send it to top management (D1, D2; design rule 10)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext as _

from evidence import readiness, snapshot
from evidence.earlier import KIND, in_force
from ismsroles.core import scope
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid
from ismsroles.core.models import User
from ismsroles.records import actions as records
from ismsroles.records.models import Version


def prepare_version(number: str, summary: str, *, actor: User, control: snapshot.Control | None = None) -> Version:
    """Freeze the register as it is at this moment. Refused, with the list, while a blocker stands (rule 10)."""
    with _one_moment():
        require(actor, "roles-document.prepare")
        scope.forget()
        if not summary.strip():
            raise Invalid(
                _("Say in a sentence what this version brings: it is printed in the list of versions."), "summary"
            )
        frozen = snapshot.build(number, summary, prepared_by=actor.name, control=control)
        if stopped := readiness.blockers(frozen):
            raise readiness.NotReady(stopped)
        title = (control or snapshot.Control.carried_over()).title
        return records.freeze(kind=KIND, number=number, title=title, summary=summary, snapshot=frozen, actor=actor)


def send_version(
    version: Version, *, approvers: Sequence[User], reviewers: Sequence[User] = (), actor: User
) -> Version:
    """Send it to named people of top management: who reviews signs before who approves."""
    signers = [records.Signer.named(user, version.kind, "reviewed") for user in reviewers]
    signers += [records.Signer.named(user, version.kind) for user in approvers]
    return records.send(version, signers=signers, actor=actor)


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
