"""The audit log as a chain of seals: its head is printed in every signed document (design §7)."""

import hashlib

from django.db import connection, transaction

from ismsroles.core import clock
from ismsroles.core.models import AuditEvent, LogSeal


@transaction.atomic
def seal() -> LogSeal | None:
    """Seal the events written since the last seal; returns the head of the chain (None while nothing was ever written)."""
    _wait_for_writers()
    last = LogSeal.objects.first()
    new = AuditEvent.objects.filter(pk__gt=last.up_to if last else 0).order_by("pk")
    digest, up_to = _chained(last.digest if last else "", new)
    if up_to is None:
        return last
    return LogSeal.objects.create(made_at=clock.now(), up_to=up_to, previous=last.digest if last else "", digest=digest)


def _wait_for_writers() -> None:
    """An event that is written but not yet committed may carry a smaller number than one that is: it must not slip in behind the seal."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT isms_wait_for_writers()"
            )  # ismsroles/core/rights.py: the product itself may not lock the log


def faults() -> list[str]:
    """What in the log is not as it was written, one sentence each; empty when the chain holds."""
    found = [
        f"event {event.pk} was altered"
        for event in AuditEvent.objects.order_by("pk").iterator()
        if not event.is_intact()
    ]
    previous, start = "", 0
    for link in LogSeal.objects.order_by("pk").iterator():
        digest, _last = _chained(previous, AuditEvent.objects.filter(pk__gt=start, pk__lte=link.up_to).order_by("pk"))
        if digest != link.digest or previous != link.previous:
            found.append(f"the chain breaks between events {start} and {link.up_to}")
        previous, start = link.digest, link.up_to
    return found


def _chained(previous: str, rows) -> tuple[str, int | None]:
    whole, last = hashlib.sha256(previous.encode()), None
    for event in rows.iterator():
        whole.update(hashlib.sha256(event.link()).digest())
        last = event.pk
    return whole.hexdigest(), last
