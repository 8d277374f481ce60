"""Messages written in the transaction of the change that causes them, delivered afterwards, at least once (design §6)."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q

from ismsroles.core import clock, scope

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=settings.OUTBOX_LEASE)
AGAIN_AFTER = (timedelta(seconds=30), timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))
WAITS_TO_MARK = (0.1, 0.5, 1, 2, 5, 10, 10)  # seconds
ROUND_SECONDS = 240  # a round ends well before the longest time a task may take; the next one goes on
_handlers: dict[str, Callable[[dict[str, Any]], None]] = {}
_outward: set[str] = set()
_together: ContextVar[list | None] = ContextVar("together", default=None)
BROKER_RESTS = 10.0  # seconds after a broker that was not reached in which nobody is told
_broker = {"rests_until": 0.0}


class Unreachable(Exception):
    """Whoever takes messages of this kind cannot be talked to at all: the others of the kind are not tried in this round."""


def handler(kind: str, *, outward: bool = False):
    """The decorated function delivers messages of this kind. It may run twice for one message, so it must not mind.

    `outward`: it reaches people or systems outside, so what waited when a backup was made is not sent after a restore."""

    def register(function: Callable[[dict[str, Any]], None]):
        _handlers[kind] = function
        if outward:
            _outward.add(kind)
        return function

    return register


def outward() -> list[str]:
    """The kinds of message that leave the house."""
    return sorted(_outward)


def post(kind: str, payload: dict[str, Any], *, key: str) -> None:
    """Leave a message in the outbox, once for each key; Celery is told after the commit, and a sweep finds it in any case."""
    post_many(kind, {key: payload})


def post_many(kind: str, payloads: Mapping[str, dict[str, Any]]) -> None:
    """Many messages by their keys, in one query."""
    from ismsroles.core.models import OutboxMessage

    if kind not in _handlers:
        raise LookupError(f"nobody delivers {kind!r}: register a handler")
    moment = clock.now()
    rows = [
        OutboxMessage(kind=kind, payload=payload, key=key, created_at=moment, due_at=moment)
        for key, payload in payloads.items()
    ]
    if (waiting := _together.get()) is None:
        _write(rows)
    else:
        waiting.extend(rows)


@contextmanager
def together() -> Iterator[None]:
    """What is left in the outbox inside is written at the end, in the same transaction, by one query. If it fails, nothing is left."""
    if _together.get() is not None:
        yield
        return
    rows: list = []
    token = _together.set(rows)
    try:
        yield
    finally:
        _together.reset(token)
    if rows:
        _write(rows)


def _write(rows: list) -> None:
    from ismsroles.core.models import OutboxMessage

    OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True)
    if not any(function is _tell_worker for _savepoints, function, *_rest in connection.run_on_commit):
        transaction.on_commit(_tell_worker)  # once a transaction, however many messages it leaves


def deliver_due(limit: int = 200) -> int:
    """Deliver what is due and not yet delivered; returns how many were. Safe to run twice, at once, or late."""
    begun, delivered, silent = time.monotonic(), 0, set()
    for pk, kind in list(_due()[:limit]):
        if time.monotonic() - begun > ROUND_SECONDS:
            break
        if kind in silent:
            continue
        try:
            delivered += _deliver(pk)
        except Unreachable:
            silent.add(kind)
    return delivered


def free() -> Q:
    """Messages that nobody is delivering at this moment."""
    return Q(leased_until=None) | Q(leased_until__lt=clock.now())


def _due():
    from ismsroles.core.models import OutboxMessage

    rows = OutboxMessage.objects.filter(free(), delivered_at=None, due_at__lte=clock.now())
    return rows.order_by("id").values_list("pk", "kind")


def _deliver(pk: int) -> bool:
    """Claim by a guarded update, deliver outside any transaction, mark. A claim lost to somebody else is no error."""
    from ismsroles.core.models import OutboxMessage

    claimed = OutboxMessage.objects.filter(free(), pk=pk, delivered_at=None).update(
        leased_until=clock.now() + LEASE, attempts=F("attempts") + 1
    )
    if claimed != 1:
        return False
    message = OutboxMessage.objects.get(pk=pk)
    try:
        with scope.opened():
            _handlers[message.kind](message.payload)
    except Exception as error:  # whatever a handler meets, the message is kept and tried again
        _put_off(message, error)
        if isinstance(error, Unreachable):
            raise
        return False
    _mark_delivered(pk)
    return True


def _mark_delivered(pk: int) -> None:
    """A database that goes away in this moment is waited for: else what has arrived would be sent a second time.

    What was delivered is not kept: it may carry a one-time link, which is shown to nobody (design §5)."""
    from ismsroles.core.models import OutboxMessage

    marked = {"delivered_at": clock.now(), "leased_until": None, "last_error": "", "payload": {}}
    for wait in (*WAITS_TO_MARK, None):
        try:
            OutboxMessage.objects.filter(pk=pk).update(**marked)
            return
        except (OperationalError, InterfaceError):
            if wait is None or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(wait)


def _put_off(message, error: Exception) -> None:
    """Keep it for later, with what went wrong; each time a longer wait, six hours at most."""
    log.error("message %s (%s) was not delivered: %s", message.pk, message.kind, error, exc_info=error)
    wait = AGAIN_AFTER[min(message.attempts, len(AGAIN_AFTER)) - 1]
    type(message).objects.filter(pk=message.pk).update(
        leased_until=None, due_at=clock.now() + wait, last_error=f"{type(error).__name__}: {error}"[:1000]
    )


def again(message) -> None:
    """Due now instead of when its wait is over; whoever is delivering it at this moment goes on."""
    type(message).objects.filter(pk=message.pk, delivered_at=None).update(due_at=clock.now())
    transaction.on_commit(_tell_worker)


def _tell_worker() -> None:
    """Tell Celery. A broker that was not reached is left alone for a while: no change waits for it again and again."""
    from ismsroles.core.tasks import deliver_outbox

    if not settings.REDIS_URL or time.monotonic() < _broker["rests_until"]:
        return
    try:
        deliver_outbox.delay()
    except Exception:  # the broker is down: the sweep finds the message
        _broker["rests_until"] = time.monotonic() + BROKER_RESTS
        log.warning("the broker was not reached; the next sweep delivers")
