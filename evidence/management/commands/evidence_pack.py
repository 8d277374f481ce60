"""manage.py evidence_pack --engagement E --out FILE.zip: everything an auditor needs in one file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from evidence.models import Engagement
from evidence.pack import building
from ismsroles.core import events, scope
from ismsroles.core.errors import Refusal


class Command(BaseCommand):
    """Exit status 0: written; 2: there is no such audit, or it could not be written."""

    help = "Write the evidence pack of an audit: documents, registers, sign-offs, checklist with gaps, checksums and a sealed index."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--engagement", required=True, help="its number, or its name")
        parser.add_argument("--out", required=True, help="the ZIP file to write")

    def handle(self, *args, engagement: str, out: str, **options) -> None:
        one = _engagement(engagement)
        try:
            with scope.opened():
                built = building.build(one, told=lambda done, total: self.stderr.write(f"{done}/{total}"))
                Path(out).write_bytes(built.content)
                events.record("pack.written", actor=None, subject=one, sha256=built.sha256)
        except (OSError, Refusal) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{out}: {built.files} files, SHA-256 {built.sha256}")


def _engagement(asked: str) -> Engagement:
    found = (
        Engagement.objects.filter(pk=int(asked))
        if asked.isdecimal() and len(asked) < 19
        else Engagement.objects.filter(name=asked)
    )
    if (one := found.first()) is None:
        raise CommandError(f"There is no audit {asked}.", returncode=2)
    return one
