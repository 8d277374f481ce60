"""`manage.py calendar_feed PERSON`: somebody's calendar as their program would read it, for scripts and for support (T2)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ismsroles.core import scope
from reviews.queries.feeds import calendar_of
from roles.management.naming import COULD_NOT, HELP, person_named


class Command(BaseCommand):
    """Exit status 0: written; 2: could not."""

    help = "Print the calendar of a person: meetings of their team and what they have to do by a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", metavar="PERSON", help=HELP)
        parser.add_argument("--out", metavar="FILE.ics", help="write it there instead")

    def handle(self, *args, person: str, out: str | None, **options) -> None:
        with scope.opened():
            found = calendar_of(person_named(person))
        if not out:
            self.stdout.write(found.decode(), ending="")
            return
        try:
            Path(out).write_bytes(found)
        except OSError as error:
            raise CommandError(_("Could not write %(file)s.") % {"file": out}, returncode=COULD_NOT) from error
        self.stdout.write(_("Written: %(file)s") % {"file": out})
