"""The audit log as a chain of seals: its head is printed in every signed document (design §7)."""

import hashlib
from collections.abc import Iterable

from django.db import connection, transaction

from ismsroles.core import clock
from ismsroles.core.models import AuditEvent, LogSeal

FORM = 2  # seals of form 1 stay as they were made


@transaction.atomic
def seal() -> LogSeal | None:
    """Seal the events written since the last seal; returns the head of the chain (None while nothing was ever written)."""
    _wait_for_writers()
    last = LogSeal.objects.first()
    new = AuditEvent.objects.filter(pk__gt=last.up_to if last else 0).order_by("pk")
    up_to = new.values_list("pk", flat=True).last()
    if up_to is None:
        return last
    link = LogSeal(made_at=clock.now(), up_to=up_to, previous=last.digest if last else "", form=FORM)
    link.digest = _digest(link, new.filter(pk__lte=up_to))
    link.save()
    return link


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
        rows = AuditEvent.objects.filter(pk__gt=start, pk__lte=link.up_to).order_by("pk")
        if _digest(link, rows) != link.digest or previous != link.previous:
            found.append(f"the chain breaks between events {start} and {link.up_to}")
        previous, start = link.digest, link.up_to
    return found


def _digest(link: LogSeal, rows: Iterable[AuditEvent]) -> str:
    """The seal before, then each event; since form 2 also when the seal was made and how far it goes."""
    whole = hashlib.sha256(link.previous.encode())
    for event in rows.iterator():
        whole.update(hashlib.sha256(event.link(link.form)).digest())
    if link.form != 1:
        made_at = link.made_at.astimezone(clock.UTC).isoformat(timespec="microseconds")
        whole.update(f"{link.form} {link.up_to} {made_at}".encode())
    return whole.hexdigest()
