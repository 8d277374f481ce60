"""manage.py verify_log: does the audit log say what was written, and does it hold to what signed documents print?"""

from django.core.management.base import BaseCommand

from ismsroles.core import log
from ismsroles.core.models import AuditEvent, LogSeal
from ismsroles.records.models import Version


class Command(BaseCommand):
    """Exit status 0: every event is as it was written; 1: it is not."""

    help = "Work the chain of the audit log out anew and compare it with its seals and with the heads that signed versions carry."

    def handle(self, *args, **options) -> None:
        found = [*log.faults(), *_lost_heads()]
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise SystemExit(1)
        last = LogSeal.objects.first()
        sealed = f"sealed up to {last.up_to}, head {last.digest}" if last else "nothing is sealed yet"
        self.stdout.write(f"The log holds: {AuditEvent.objects.count()} events, {sealed}.")


def _lost_heads() -> list[str]:
    """A signed version carries the head of the chain: a log rewritten from there on no longer has it (security case 16)."""
    heads = Version.objects.exclude(log_head="").values_list("number", "log_head")
    known = set(LogSeal.objects.values_list("digest", flat=True))
    return [
        f"version {number} was signed over head {head}, which the log no longer has"
        for number, head in heads
        if head not in known
    ]
