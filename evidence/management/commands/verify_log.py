"""manage.py verify_log: does the audit log say what was written, and does it hold to what signed documents print?"""

import hashlib

from django.core.management.base import BaseCommand

from ismsroles.core import log
from ismsroles.core.models import AuditEvent, LogSeal
from ismsroles.records.models import Artefact, Version


class Command(BaseCommand):
    """Exit status 0: every event and every kept file is as it was written; 1: it is not."""

    help = "Work the chain of the audit log out anew and compare it with its seals and signed versions; each kept file with its name."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--head", help="a head that you noted, or that a signed PDF prints: the log must still have it"
        )

    def handle(self, *args, head: str | None, **options) -> None:
        found = [*log.faults(), *_lost_heads(head), *_changed_files()]
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise SystemExit(1)
        last = LogSeal.objects.first()
        sealed = f"sealed up to {last.up_to}, head {last.digest}" if last else "nothing is sealed yet"
        self.stdout.write(f"The log holds: {AuditEvent.objects.count()} events, {sealed}.")


def _lost_heads(asked: str | None) -> list[str]:
    """A signed version carries the head of the chain: a log rewritten from there on no longer has it (security case 16)."""
    heads = Version.objects.exclude(log_head="").values_list("number", "log_head")
    known = set(LogSeal.objects.values_list("digest", flat=True))
    lost = [
        f"version {number} was signed over head {head}, which the log no longer has"
        for number, head in heads
        if head not in known
    ]
    noted = "".join((asked or "").lower().split())
    return lost + ([f"the log has no head {noted}"] if noted and noted not in known else [])


def _changed_files() -> list[str]:
    """Snapshots, sign-offs and PDFs are kept under the SHA-256 of their bytes."""
    return [
        f"the kept file {one.pk} is not what was kept under this fingerprint"
        for one in Artefact.objects.iterator(chunk_size=20)
        if hashlib.sha256(bytes(one.content)).hexdigest() != one.pk
    ]
