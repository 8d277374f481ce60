"""What the two commands that import lists share."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from competence import imports
from ismsroles.core import clock, scope, tabular
from ismsroles.core.errors import Refusal
from ismsroles.core.models import User
from ismsroles.core.names import email_key

FINE, FOUND, COULD_NOT = 0, 1, 2


class ImportCommand(BaseCommand):
    """Exit status 0 fine, 1 lines were refused, 2 could not."""

    kind = ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the list (CSV or XLSX)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument(
            "--actor", metavar="EMAIL", help="the login in whose name it is done, with that login's rights"
        )

    def handle(self, *args, file: Path, dry_run: bool, actor: str | None, **options) -> None:
        try:
            with scope.opened():
                refused = self._run(file, dry_run, _actor(actor))
        except (Refusal, OSError) as error:
            said = getattr(error, "message", "") or _("The file cannot be read: %s") % (
                getattr(error, "strerror", "") or error
            )
            raise CommandError(said, returncode=COULD_NOT) from error
        if refused:
            sys.exit(FOUND)

    def _run(self, file: Path, dry_run: bool, actor: User | None) -> bool:
        tabular.check_size(file.stat().st_size)
        table = tabular.read(file.read_bytes(), file.name, known=imports.KNOWN)
        plan = imports.plan(self.kind, table, today=clock.today())
        words = {"new": len(plan.wanted), "same": plan.same, "refused": len(plan.problems)}
        self.stdout.write(_("%(new)s to take in, %(same)s there already, %(refused)s refused.") % words)
        for sentence in [*table.notes, *map(str, plan.problems)]:
            self.stdout.write(str(sentence))
        if plan.new_skills:
            self.stdout.write(_("Skills that are added: %s") % ", ".join(plan.new_skills))
        if dry_run:
            self.stdout.write(_("Nothing was changed: this was a dry run."))
        else:
            self.stdout.write(imports.apply(plan, actor=actor, source=file.name).sentence)
        return bool(plan.problems)


def _actor(address: str | None) -> User | None:
    if not address:
        return None
    user = User.objects.filter(email=email_key(address)).first()
    if user is None:
        raise CommandError(_("Nobody signs in as %s.") % address, returncode=COULD_NOT)
    return user
