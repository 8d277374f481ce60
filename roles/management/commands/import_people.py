"""`manage.py import_people FILE`: the import of people for scripts. Exit status 0 fine, 1 rows were refused, 2 could not."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ismsroles.core import clock, tabular
from ismsroles.core.errors import Refusal
from roles import imports
from roles.management.naming import COULD_NOT, login_named

FINE, FOUND = 0, 1


class Command(BaseCommand):
    help = "Takes a list of people (CSV or XLSX) into the register, all at once or not at all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the list")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument(
            "--map",
            nargs="+",
            default=[],
            metavar="FIELD=COLUMN",
            help=f"correct the guess; fields: {', '.join(imports.FIELDS)}",
        )
        parser.add_argument(
            "--actor", metavar="EMAIL", help="the login in whose name it is done, with that login's rights"
        )
        parser.add_argument(
            "--same-name",
            choices=["skip", "same", "new"],
            default="skip",
            help="what to do with a row when only its name fits one person of the register (default: skip)",
        )

    def handle(self, *args, **options) -> None:
        try:
            status = self._run(options)
        except (Refusal, OSError) as error:
            raise CommandError(getattr(error, "message", "") or _unreadable(error), returncode=COULD_NOT) from error
        if status != FINE:
            sys.exit(status)

    def _run(self, options: dict) -> int:
        actor = login_named(options["actor"])
        plan = _plan(options)
        self._tell(plan)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was changed: this was a dry run."))
        else:
            self.stdout.write(imports.apply(plan, actor=actor, source=options["file"].name).sentence)
        return FOUND if plan.counts["refused"] or plan.counts["ask"] else FINE

    def _tell(self, plan: imports.Plan) -> None:
        for kind, label in imports.KIND_LABELS.items():
            self.stdout.write(f"{plan.counts[kind]:>7}  {label}")
        for sentence in [*plan.table.notes, *map(str, plan.problems), *plan.warnings]:
            self.stdout.write(sentence)
        for row in plan.of_kind("ask"):
            self.stdout.write(
                _("Row %(row)s, %(name)s: only the name fits somebody in the register. Left out; see --same-name.")
                % {"row": row.number, "name": row.name}
            )


def _plan(options: dict) -> imports.Plan:
    path: Path = options["file"]
    tabular.check_size(path.stat().st_size)
    table = tabular.read(path.read_bytes(), path.name, known=imports.KNOWN)
    mapping = {**imports.guess_mapping(table.headers, table.rows), **_corrections(options["map"], table.headers)}
    plan = imports.plan(table, mapping, today=clock.today())
    if options["same_name"] == "skip":
        return plan
    decisions = {str(row.number): options["same_name"] for row in plan.of_kind("ask")}
    return imports.plan(table, mapping, today=clock.today(), decisions=decisions)


def _corrections(pairs: list[str], headers: list[str]) -> dict[str, str]:
    """FIELD=COLUMN, an empty column leaves the field out."""
    corrections = dict(pair.partition("=")[::2] for pair in pairs)
    for field, header in corrections.items():
        if field not in imports.FIELDS:
            raise CommandError(_("There is no field “%s”.") % field, returncode=COULD_NOT)
        if header and header not in headers:
            words = {"column": header, "columns": ", ".join(headers)}
            raise CommandError(
                _("The file has no column “%(column)s”. It has: %(columns)s") % words, returncode=COULD_NOT
            )
    return corrections


def _unreadable(error: Exception) -> str:
    return _("The file cannot be read: %s") % (getattr(error, "strerror", "") or error)
