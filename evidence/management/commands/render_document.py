"""manage.py render_document: the signed PDF as it is stored, or the register of this moment as a draft."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from evidence import actions, kinds, snapshot
from evidence.earlier import KIND
from ismsroles.core import scope
from ismsroles.core.errors import Refusal
from ismsroles.records.models import Version


class Command(BaseCommand):
    """Exit status 0: written; 2: there is no such version, or it could not be written."""

    help = "Write the roles document as PDF: the version in force, another signed version, or a draft of the register as it is now."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--out", required=True, help="the file to write")

    def create_parser(self, prog_name, subcommand, **kwargs):
        """`--version` is Django's own option; here it names a version of the document."""
        parser = super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)
        parser.add_argument("--version", dest="number", help="a signed version, such as 1.0, or: draft")
        return parser

    def handle(self, *args, number: str | None, out: str, **options) -> None:
        try:
            pdf = _draft() if number == "draft" else _signed(number)
            Path(out).write_bytes(pdf)
        except (OSError, Refusal) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{out}: {len(pdf)} bytes")


def _signed(number: str | None) -> bytes:
    """The bytes that were signed; never rendered anew."""
    signed = Version.objects.filter(kind=KIND, final__isnull=False).select_related("final")
    version = (signed.filter(number=number) if number else signed.filter(state="published")).first()
    if version is None:
        what = f"version {number}" if number else "a version in force"
        raise CommandError(f"There is no signed document: {what} was not found.", returncode=2)
    return bytes(version.final.content)


def _draft() -> bytes:
    with scope.opened():
        content = snapshot.build(actions.next_number(), "Draft of the register as it is now")
    return kinds.render_draft(content)
