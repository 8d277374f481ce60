"""What is wrong with the machinery: the scheduler is silent, a message does not arrive. It stands in no document."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ismsroles.core import clock, periodic
from ismsroles.core.findings import rule
from ismsroles.core.models import OutboxMessage

ATTEMPTS = 3  # a server that was away for a moment is no finding


@rule("OPS.silent", title=gettext_lazy("The scheduler is silent"), clause="", severity="stop")
def scheduler_silent(day: date) -> Iterator[dict[str, Any]]:
    """Without it nothing opens, reminds or is delivered by itself."""
    since = periodic.silent_since()
    if since is not None:
        local = since.astimezone(clock.zone())
        sentence = _("Nothing was heard of the scheduler since %(moment)s.") % {"moment": f"{local:%d %b %Y, %H:%M}"}
        yield {
            "sentence": sentence, "url": reverse("health"), "action": _("See what waits"), "since": local.date(),
            "detail": _("Reviews, reminders and mails wait until beat and a worker run again."),
        }  # fmt: skip


@rule("OPS.failed", title=gettext_lazy("Messages do not arrive"), clause="", severity="warn")
def deliveries_fail(day: date) -> Iterator[dict[str, Any]]:
    """What was tried three times and is still here."""
    number = OutboxMessage.objects.filter(delivered_at=None, attempts__gte=ATTEMPTS).exclude(last_error="").count()
    if number:
        words = ngettext("%(n)s message does not arrive.", "%(n)s messages do not arrive.", number) % {"n": number}
        yield {"sentence": words, "url": reverse("health"), "action": _("See why"), "detail": "", "since": None}
