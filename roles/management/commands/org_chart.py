"""`manage.py org_chart --out FILE.svg`: the organisation chart as a picture. Exit status 0 written, 1 nothing to draw, 2 could not."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ismsroles.core import clock
from roles import drawing
from roles.queries import chart


class Command(BaseCommand):
    help = "Writes the reporting lines of roles (with their holders) or of people as an SVG file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, help="the file to write")
        parser.add_argument("--of", choices=chart.KINDS, default="roles", help="whose lines (default: roles)")

    def handle(self, *args, out: Path, of: str, **options) -> None:
        drawn = chart.everything(of, clock.today())
        try:
            out.write_text(drawing.picture(drawn, label=_("Organisation chart")), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}", returncode=2) from error
        self.stdout.write(_("%(file)s: %(many)d boxes") % {"file": out, "many": len(drawn.shown)})
        for box in drawn.loose:
            self.stdout.write(_("Not drawn, without a reporting line: %(box)s") % {"box": box.title})
        if not drawn.boxes:
            sys.exit(1)
