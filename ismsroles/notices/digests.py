"""The digest of the day: made once for each address, from the hour its reader chose, by whichever run comes first (K2)."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from ismsroles.core import clock, outbox
from ismsroles.notices import kinds
from ismsroles.notices.models import Digest, Message

BATCH = 500


def make_due() -> int:
    """Make the digests that are due and not made yet. Safe to run twice, at once, or late; queries grow with batches only."""
    local, made, run = clock.now().astimezone(clock.zone()), 0, uuid4()
    while batch := _make(local.date(), local.hour, run):
        made += batch
    return made


@transaction.atomic
def _make(day: date, hour: int, run: UUID) -> int:
    addresses = list(_due(day, hour).values_list("address", flat=True).distinct().order_by("address")[:BATCH])
    if not addresses:
        return 0
    moment = clock.now()
    rows = [Digest(address=address, day=day, made_at=moment, made_by=run) for address in addresses]
    Digest.objects.bulk_create(rows, ignore_conflicts=True)
    mine = Digest.objects.filter(day=day, made_by=run, address__in=addresses)
    owned = dict(mine.values_list("address", "pk"))
    mail_of = Digest.objects.filter(day=day, address=OuterRef("address")).values("pk")[:1]
    _waiting().filter(address__in=owned).update(digest=Subquery(mail_of))
    outbox.post_many("notices.digest", {f"digest:{pk}": {"digest": pk} for pk in owned.values()})
    return len(addresses)


def _waiting() -> QuerySet[Message]:
    """What is told in a digest and neither was yet, nor was read in the meantime."""
    return Message.objects.filter(when=kinds.DIGEST, digest=None, mailed_at=None, read_at=None, done_at=None)


def _due(day: date, hour: int) -> QuerySet[Message]:
    chosen = Q(user__notice_preference__hour__lte=hour, user__notice_preference__digest=True)
    usual = Q(user=None) | Q(user__notice_preference=None)
    asked = chosen | usual if hour >= kinds.HOUR else chosen
    today = Digest.objects.filter(day=day, address=OuterRef("address"))
    return _waiting().filter(asked).exclude(Exists(today))
