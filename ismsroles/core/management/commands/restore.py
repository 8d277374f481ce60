"""manage.py restore: a backup into an empty installation, all or nothing."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from ismsroles.core.backup.restoring import restore
from ismsroles.core.errors import Refusal


class Command(BaseCommand):
    """Exit status 0: restored and verified; 2: could not, and nothing was changed."""

    help = "Put a backup back into an empty, migrated database (SQLite or PostgreSQL, whichever it came from)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options) -> None:
        try:
            restore(file, self.stdout.write)
        except (Refusal, ValueError) as refused:
            raise CommandError(str(refused), returncode=2) from refused
        except (Error, OSError) as problem:
            raise CommandError(f"Nothing was restored: {problem}", returncode=2) from problem
        self.stdout.write(
            "Nobody is signed in, old links do not open, mails that waited are not sent. Who left after the backup was made "
            "is current again: import the newest list of people before you let others in."
        )
