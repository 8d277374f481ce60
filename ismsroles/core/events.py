"""Audit events: what was done, by whom, to what, why. An unregistered code raises (design rule 12)."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from ismsroles.core import clock, scope

_sentences: dict[str, str] = {}


def register(sentences: Mapping[str, str]) -> None:
    """Give codes (past tense, dotted) their sentences; `%(actor)s`, `%(subject)s` and the parameters may be used."""
    _sentences.update(sentences)


def record(code: str, *, actor, subject: models.Model | None, reason: str = "", **params: Any):
    """Write one event in the transaction of the change it tells of. `actor` None: the register itself did it."""
    from ismsroles.core.models import AuditEvent

    event = prepare(code, actor=actor, subject=subject, reason=reason, **params)
    AuditEvent.objects.bulk_create([event])
    return event


def prepare(code: str, *, actor, subject: models.Model | None, reason: str = "", **params: Any):
    """An event not yet written, for changes of many rows at once."""
    from ismsroles.core.models import AuditEvent

    if code not in _sentences:
        raise LookupError(f"event {code!r} has no sentence: register it in events.py")
    event = AuditEvent(
        at=clock.now(),
        code=code,
        actor=actor,
        actor_name=actor.name if actor else "",
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        subject_label=str(subject) if subject is not None else "",
        params={key: value if isinstance(value, int | list | dict) else str(value) for key, value in params.items()},
        reason=reason,
        correlation=scope.correlation(),
    )
    event.seal_itself()
    return event


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
