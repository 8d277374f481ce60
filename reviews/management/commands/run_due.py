"""`manage.py run_due`: the sweep of reviews, by hand. Safe to run twice, late, or beside the scheduler."""

from datetime import datetime

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from ismsroles.core import clock
from reviews import sweep


class Command(BaseCommand):
    """Exit status 0: done, nothing is late; 1: done, a review is overdue or nobody may do it; 2: could not."""

    help = "Open every review that is due, remind of what is open, and escalate what is overdue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--now", metavar="DATETIME", help="as of that moment, such as 2026-06-30T08:00 (default: now)"
        )

    def handle(self, *args, now: str | None, **options) -> None:
        try:
            ran = sweep.run_due(_moment(now))
        except DatabaseError as error:
            raise CommandError(f"The database could not be used: {error}", returncode=2) from error
        did = [
            f"reviews opened: {ran.opened}",
            *(f"{name.replace('_', ' ')}: {many}" for name, many in ran.more.items()),
        ]
        did.append(f"overdue, or nobody to do them: {ran.late}")
        self.stdout.write("\n".join(did))
        if ran.late:
            raise SystemExit(1)


def _moment(text: str | None) -> datetime | None:
    """A moment as written; without a zone, the organisation's own."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Write the moment as 2026-06-30T08:00: {text}", returncode=2) from error
    return found if found.tzinfo else found.replace(tzinfo=clock.zone())
