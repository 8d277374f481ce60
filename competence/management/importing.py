"""What the two commands that import lists share."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from competence import imports
from ismsroles.core import clock, scope, tabular
from ismsroles.core.management.importing import COULD_NOT, FINE, FOUND, ListCommand
from ismsroles.core.models import User
from ismsroles.core.names import email_key


class ImportCommand(ListCommand):
    """Exit status 0 fine, 1 lines were refused, 2 could not."""

    kind = ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the list (CSV or XLSX)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument(
            "--actor", metavar="EMAIL", help="the login in whose name it is done, with that login's rights"
        )

    def run(self, options: dict) -> int:
        with scope.opened():
            return FOUND if self._take_in(options["file"], options["dry_run"], _actor(options["actor"])) else FINE

    def _take_in(self, file: Path, dry_run: bool, actor: User | None) -> bool:
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
