"""`manage.py leaver PERSON --last-day DATE`: somebody leaves, for scripts (A6)."""

import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ismsroles.core import dates, scope
from ismsroles.core.errors import Refusal
from roles.actions.leaving import record_last_day
from roles.management.naming import COULD_NOT, HELP, login_named, person_named


class Command(BaseCommand):
    """Exit status 0: done, nothing is left open; 1: done, and somebody still has to act on something; 2: could not, nothing changed."""

    help = "Record somebody's last day: all they hold ends with it, in one transaction. --stays takes it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", metavar="PERSON", help=HELP)
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--last-day", metavar="DATE", help="it counts; such as 2026-11-30")
        what.add_argument("--stays", action="store_true", help="take the last day back")
        parser.add_argument("--reason", default="", help="kept in the history")
        parser.add_argument("--actor", metavar="EMAIL", help="the login in whose name it is done, with its rights")

    def handle(self, *args, person: str, last_day: str | None, reason: str, actor: str | None, **options) -> None:
        one, user = person_named(person), login_named(actor)
        try:
            day = dates.parse(last_day, order="day first") if last_day else None
            with scope.opened():
                done = record_last_day(one, day, actor=user, reason=reason[:500])
        except Refusal as refused:
            raise CommandError(refused.message, returncode=COULD_NOT) from refused
        words = {"person": done, "day": done.last_day}
        self.stdout.write(_("%(person)s leaves; last day %(day)s.") % words if day else _("%(person)s stays.") % words)
        for outcome in done.outcomes:
            self.stdout.write(f"{'open ' if outcome.is_open else 'done '} {outcome.sentence}")
        if any(outcome.is_open for outcome in done.outcomes):
            sys.exit(1)
