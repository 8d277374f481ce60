"""manage.py verify_evidence FILE: is this file what was signed?"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ismsroles.records.verify import verify


class Command(BaseCommand):
    """Exit status 0: genuine and current; 1: superseded, a draft, altered or unknown; 2: could not be read, or is no PDF."""

    help = "Say whether a PDF is what was signed: genuine and current, genuine but superseded, a draft, altered, or unknown."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file")

    def handle(self, *args, file: str, **options) -> None:
        try:
            verdict = verify(Path(file).read_bytes())
        except OSError as error:
            raise CommandError(f"{file} could not be read: {error.strerror}.", returncode=2) from error
        if verdict.state == "unreadable":
            raise CommandError(f"{file}: {verdict.sentence}", returncode=2)
        self.stdout.write(f"{verdict.sentence}\nSHA-256 {verdict.sha256}")
        if verdict.state != "current":
            raise SystemExit(1)
