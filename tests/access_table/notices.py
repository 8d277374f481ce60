"""Messages: everybody sees their own, nobody another's."""

from types import SimpleNamespace

from ismsroles.core import clock
from ismsroles.core.models import OutboxMessage
from ismsroles.notices.models import Message
from tests.access_walk import Row

HEALTH = "200 200 403 403 403 403 403 403"
# fmt: off
TABLE = [
    Row("inbox", "200", "405"),
    Row("inbox-read", "405", "302"),
    Row("message-preferences", "200", "422"),
    Row("health", HEALTH, "405"),
    Row("message-retry", "405", "302 302 403 403 403 403 403 403", lambda w: [w.undelivered.pk]),
    Row("message", "404 404 404 404 200 404 404 404", "405", lambda w: [w.message.pk], what="Hana's"),
    Row("message-read", "405", "404 404 404 404 302 404 404 404", lambda w: [w.message.pk], what="Hana's"),
]
# fmt: on


def furnish(world: SimpleNamespace) -> None:
    """One message to Hana, and one delivery that failed."""
    world.undelivered = OutboxMessage.objects.create(
        kind="mail", payload={}, key="undelivered", created_at=clock.now(), due_at=clock.now() + clock.DAY, attempts=2, last_error="No.",
    )  # fmt: skip
    world.message = Message.objects.create(
        code="assignment.ends", params={"role": "Incident manager", "day": "2026-11-30"}, user=world.holder,
        address=world.holder.email, name="Hana Holder", when="digest", key="for-hana", created_at=clock.now(),
    )  # fmt: skip
