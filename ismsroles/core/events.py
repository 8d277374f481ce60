"""Audit events: what was done, by whom, to what, why. An unregistered code raises (design rule 12)."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from ismsroles.core import clock, scope

_sentences: dict[str, str] = {}
_own: set[str] = {"access.", "account."}
_listeners: list[tuple[frozenset[str], Callable[[list], None]]] = []
_confidential: dict[str, Callable[[Any], bool]] = {}


def register(sentences: Mapping[str, str]) -> None:
    """Give codes (past tense, dotted) their sentences; `%(actor)s`, `%(subject)s` and the parameters may be used."""
    _sentences.update(sentences)


def of_their_own(*beginnings: str) -> None:
    """Codes that begin so tell of what a person does for themself, also while they act on somebody's behalf."""
    _own.update(beginnings)


def listen(codes: Collection[str], function: Callable[[list], None]) -> None:
    """`function` gets the events of these codes as soon as they are written, in the same transaction, all of one gesture at once.
    If it raises, the change fails; what may follow later, it leaves in the outbox."""
    _listeners.append((frozenset(codes), function))


def _tell(written: list) -> None:
    for codes, function in _listeners:
        if heard := [event for event in written if event.code in codes]:
            function(heard)


def record(code: str, *, actor, subject: models.Model | None, reason: str = "", **params: Any):
    """Write one event in the transaction of the change it tells of. `actor` None: the register itself did it.
    `behalf` names whom the actor stands in for; the sentence names both."""
    from ismsroles.core.models import AuditEvent

    event = prepare(code, actor=actor, subject=subject, reason=reason, **params)
    AuditEvent.objects.bulk_create([event])
    _tell([event])
    return event


def prepare(
    code: str, *, actor, subject: models.Model | None, reason: str = "", behalf: str | None = "", **params: Any
):
    """An event not yet written, for changes of many rows at once. `behalf` None: what the actor does for themself."""
    from ismsroles.core.models import AuditEvent

    if code not in _sentences:
        raise LookupError(f"event {code!r} has no sentence: register it in events.py")
    event = AuditEvent(
        at=clock.now(),
        code=code,
        actor=actor,
        actor_name=_name(code, actor, behalf),
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        subject_label=str(subject) if subject is not None else "",
        params={key: value if isinstance(value, int | list | dict) else str(value) for key, value in params.items()},
        reason=reason,
        correlation=scope.correlation(),
    )
    event.seal_itself()
    return event


def _name(code: str, actor, behalf: str | None) -> str:
    if actor is None:
        return ""
    own = behalf is None or code.startswith(tuple(_own))
    other = behalf or ("" if own else getattr(actor, "on_behalf", ""))
    return (_("%(name)s for %(other)s") % {"name": actor.name, "other": other})[:200] if other else actor.name


def sentence(code: str) -> str:
    """The sentence pattern of a code, in the reader's language."""
    return str(_sentences.get(code, code))


def codes() -> set[str]:
    """Every registered code."""
    return set(_sentences)


def record_many(prepared: list) -> None:
    """Write events made by `prepare`, in the transaction of the change they tell of."""
    from ismsroles.core.models import AuditEvent

    AuditEvent.objects.bulk_create(prepared, batch_size=500)
    _tell(prepared)


def confidential(kind: str, may_read: Callable[[Any], bool]) -> None:
    """Events of this kind (the first part of their code) stand in the log for those users only."""
    _confidential[kind] = may_read


def kept_from(user) -> list[str]:
    """The kinds of events that this user does not see in the log."""
    return [kind for kind, may_read in _confidential.items() if not may_read(user)]
