"""`manage.py import_assets FILE`: assets with owners from a list. Exit status 0 fine, 1 something refused or not known, 2 could not."""

from pathlib import Path

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, tabular
from ismsroles.core.management.importing import FINE, FOUND, ListCommand
from raci.asset_import import waiting
from raci.asset_import.columns import guess_mapping
from raci.asset_import.plan import Plan, plan
from raci.asset_import.writing import write


class Command(ListCommand):
    help = "Takes a list of assets (CSV or XLSX) into the register, all at once or not at all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the list")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    @transaction.atomic
    def run(self, options: dict) -> int:
        path: Path = options["file"]
        tabular.check_size(path.stat().st_size)
        table = waiting.table_of(tabular.lines(path.read_bytes(), path.name))
        planned = plan(table, guess_mapping(table.headers), {}, clock.today(), lock=True)
        self._tell(planned)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was changed: this was a dry run."))
        else:
            self.stdout.write(write(planned, actor=None, source=path.name).sentence)
        return FOUND if planned.counts["refused"] or planned.unknown else FINE

    def _tell(self, planned: Plan) -> None:
        for kind, count in planned.counts.items():
            self.stdout.write(f"{count:>7}  {kind}")
        for row in planned.of_kind("refused"):
            self.stdout.write(
                _("Row %(row)d, %(name)s: %(why)s")
                % {"row": row.number, "name": row.name, "why": " ".join(row.problems)}
            )
        for name in planned.unknown:
            self.stdout.write(_("Nobody and no role is called “%s”: what they would own comes in without.") % name)
