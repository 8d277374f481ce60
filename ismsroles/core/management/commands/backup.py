"""manage.py backup: the whole installation in one file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ismsroles.core.backup.making import make


class Command(BaseCommand):
    """Exit status 0: written; 2: could not."""

    help = "Write everything (rows and attached files, no keys) into one file, while people work."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--out", required=True, type=Path, help="the file to write, such as backup-2026-11-30.zip")

    def handle(self, *args, out: Path, **options) -> None:
        if out.exists():
            raise CommandError(f"{out} exists already. Choose another name: no backup is written over.", returncode=2)
        try:
            held = make(out)
        except OSError as problem:
            raise CommandError(f"{out} could not be written: {problem.strerror}.", returncode=2) from problem
        self.stdout.write(f"{out}: {held['rows']} rows and {held['files']} attached files.")
        self.stdout.write(
            "Keep it like the database itself. SECRET_KEY and the seal's key are not in it: keep them elsewhere."
        )
