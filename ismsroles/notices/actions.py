"""What a person does with their messages. Nothing of it happens on GET (rule 14)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from ismsroles.core import clock, events
from ismsroles.core.access import visible_to
from ismsroles.notices.models import Message, Preference

KEPT = timedelta(days=400)


def read(messages: QuerySet[Message], *, actor) -> int:
    """These are read. Only one's own; twice has the effect of once."""
    return _own(messages, actor).filter(read_at=None).update(read_at=clock.now())


def put_aside(messages: QuerySet[Message], *, actor) -> int:
    """These are done with: they leave the inbox's first page and are kept behind it."""
    moment = clock.now()
    rows = _own(messages, actor)
    rows.filter(read_at=None).update(read_at=moment)
    return rows.filter(done_at=None).update(done_at=moment)


def _own(messages: QuerySet[Message], actor) -> QuerySet[Message]:
    return messages.filter(pk__in=visible_to(actor, Message).values("pk")).order_by()


@transaction.atomic
def prefer(*, actor, digest: bool, hour: int) -> Preference:
    """When the digest comes, and whether."""
    row, _new = Preference.objects.select_for_update().get_or_create(user=actor)
    row.digest, row.hour = digest, hour
    row.full_clean()
    row.save()
    events.record("messages.preferred", actor=actor, subject=None, hour=hour)
    return row


def forget_old() -> int:
    """What was told more than a year ago is in the audit log where it matters; the copy in the inbox goes."""
    rows = Message.objects.filter(created_at__lt=clock.now() - KEPT)
    return rows.delete()[0]
