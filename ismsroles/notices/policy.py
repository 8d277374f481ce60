"""Who sees which messages: everybody their own, nobody another's."""

from django.db.models import Q, QuerySet

from ismsroles.core import access, facts
from ismsroles.notices.models import Message


@access.visible(Message)
def _messages(user) -> QuerySet:
    return Message.objects.filter(Q(user=user) | Q(user=None, address=user.email))


_unread = facts.register(
    "unread_messages", lambda user: facts.HowMany(_messages(user).filter(read_at=None, done_at=None))
)


def unread(user) -> int | None:
    """How many are new to this person; None for none."""
    return _unread(user) or None
