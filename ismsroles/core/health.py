"""How deliveries stand: what waits, what failed, what the broker holds; and another attempt by a button."""

from dataclasses import dataclass
from datetime import datetime

import redis
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, outbox
from ismsroles.core.access import require
from ismsroles.core.errors import WrongState
from ismsroles.core.models import OutboxMessage

SHOWN = 100


@dataclass(frozen=True)
class Health:
    """The figures of the health page."""

    waiting: int
    failed: int
    due_since: datetime | None
    delivered_today: int
    queue: int | None  # None: there is no broker, or it does not answer
    has_broker: bool


def health() -> Health:
    """Four queries and one question to the broker."""
    open_ones = OutboxMessage.objects.filter(delivered_at=None)
    since = clock.now() - clock.DAY
    return Health(
        waiting=open_ones.count(), failed=open_ones.exclude(last_error="").count(),
        due_since=open_ones.filter(due_at__lte=clock.now()).order_by("due_at").values_list("due_at", flat=True).first(),
        delivered_today=OutboxMessage.objects.filter(delivered_at__gt=since).count(),
        queue=_queue(), has_broker=bool(settings.REDIS_URL),
    )  # fmt: skip


def failed() -> list[OutboxMessage]:
    """What was tried and did not arrive, oldest first. What they carry is not shown: it may hold a one-time link."""
    return list(
        OutboxMessage.objects.filter(delivered_at=None).exclude(last_error="").defer("payload").order_by("pk")[:SHOWN]
    )


@transaction.atomic
def retry(pk: int, *, actor) -> None:
    """Try a message again now instead of when its wait is over."""
    require(actor, "core.health.keep")
    row = OutboxMessage.objects.select_for_update().filter(pk=pk).first()
    if row is None or row.delivered_at is not None:
        raise WrongState(_("This message has arrived in the meantime. Nothing was done."))
    outbox.again(row)
    events.record("message.retried", actor=actor, subject=None, kind=row.kind)


def _queue() -> int | None:
    """How many jobs the broker holds."""
    if not settings.REDIS_URL:
        return None
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as client:
            return client.llen("celery")
    except redis.RedisError:
        return None
