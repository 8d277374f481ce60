"""`manage.py export_raci --format xlsx --out FILE`: the drafted matrix as a file. Exit status 0 fine, 2 could not."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from raci.spreadsheet import export
from raci.spreadsheet.layout import ACTIVITIES_DOWN, ROLES_DOWN
from raci.spreadsheet.register import drafted


class Command(BaseCommand):
    help = "Writes the RASCI matrix, as it is drafted, into a file that import_raci takes in again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["xlsx", "csv", "json"], default="xlsx")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument(
            "--down", choices=[ACTIVITIES_DOWN, ROLES_DOWN], default=ACTIVITIES_DOWN, help="what goes down"
        )

    def handle(self, *args, **options) -> None:
        matrix = drafted()
        write = {"xlsx": export.xlsx, "csv": export.csv, "json": lambda matrix, _down: export.as_json(matrix)}[
            options["format"]
        ]
        try:
            options["out"].write_bytes(write(matrix, options["down"]))
        except OSError as error:
            raise CommandError(_("The file cannot be written: %s") % (error.strerror or error), returncode=2) from error
        words = {"activities": len(matrix.activities), "roles": len(matrix.roles), "file": options["out"]}
        self.stdout.write(_("%(activities)d activities by %(roles)d roles are in %(file)s.") % words)
