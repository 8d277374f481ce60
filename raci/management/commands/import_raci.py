"""`manage.py import_raci FILE`: a matrix from a spreadsheet, for scripts. Exit status 0 fine, 1 something was refused, 2 could not."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import tabular
from ismsroles.core.management.importing import COULD_NOT, FINE, FOUND, ListCommand
from raci.actions.importing import write_matrix
from raci.spreadsheet.layout import ACTIVITIES_DOWN, ROLES_DOWN
from raci.spreadsheet.plan import NEW, SKIP, Plan, plan
from raci.spreadsheet.register import drafted
from raci.spreadsheet.signs import parse_mapping


class Command(ListCommand):
    help = "Takes a RASCI matrix (CSV or XLSX) into the register, all at once or not at all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the matrix")
        parser.add_argument(
            "--create-roles", action="store_true", help="add unknown roles as drafts (default: leave them out)"
        )
        parser.add_argument(
            "--letters",
            nargs="+",
            default=[],
            metavar="V=R",
            help="what the letters of the file mean; an empty one is left out",
        )
        parser.add_argument(
            "--down", choices=[ACTIVITIES_DOWN, ROLES_DOWN], default="", help="what goes down (default: found out)"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    @transaction.atomic
    def run(self, options: dict) -> int:
        path: Path = options["file"]
        tabular.check_size(path.stat().st_size)
        reading = {"down": options["down"], "letters": _letters(options["letters"])}
        unknown = NEW if options["create_roles"] else SKIP
        planned = plan(
            tabular.lines(path.read_bytes(), path.name),
            reading,
            {},
            drafted(all_roles=True, lock=True),
            unknown=unknown,
        )
        self._tell(planned)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was changed: this was a dry run."))
        else:
            self.stdout.write(write_matrix(planned, actor=None, source=path.name).sentence)
        return FOUND if planned.reading.refused or planned.left_out else FINE

    def _tell(self, planned: Plan) -> None:
        for change in planned.changes:
            self.stdout.write(
                f"{change.kind:>8}  {change.activity.title} / {change.role.title}: {change.before} → {change.after}"
            )
        for question in planned.questions:
            meant = question.close[1] if question.close and question.answer == question.same else question.answer
            words = {"role": question.name.title, "what": meant}
            self.stdout.write(_("%(role)s is not in the register: %(what)s") % words)
        for one in planned.reading.refused:
            self.stdout.write(f"{one.column}{one.row} “{one.value}”: {one.sentence}")


def _letters(pairs: list[str]) -> dict[str, str]:
    try:
        return parse_mapping(pairs)
    except ValueError as error:
        raise CommandError(
            _("Write letters as V=R, with R, A, S, C or I on the right: %s") % error, returncode=COULD_NOT
        ) from error
