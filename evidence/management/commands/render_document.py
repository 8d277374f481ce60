"""manage.py render_document: the signed PDF as it is stored, or the register of this moment as a draft."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from evidence import actions, kinds, past
from evidence.earlier import KIND
from ismsroles.core import scope
from ismsroles.core.errors import Refusal
from ismsroles.records.models import Version


class Command(BaseCommand):
    """Exit status 0: written; 2: there is no such version, or it could not be written."""

    help = "Write the roles document as PDF: the version in force, another signed one, a draft of now, or a reconstruction of a past day."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--out", required=True, help="the file to write")
        parser.add_argument(
            "--on", type=_day, metavar="DATE", help="as the register was on 2025-03-31; unsigned, and so marked"
        )
        parser.add_argument("--language", default="", help="of a draft or reconstruction, such as en")

    def create_parser(self, prog_name, subcommand, **kwargs):
        """`--version` is Django's own option; here it names a version of the document."""
        parser = super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)
        parser.add_argument("--version", dest="number", help="a signed version, such as 1.0, or: draft")
        return parser

    def handle(self, *args, number: str | None, out: str, on: date | None, language: str, **options) -> None:
        if (on or language) and number not in (None, "draft"):
            raise CommandError(
                "A signed version is written as it is kept: leave out --on and --language.", returncode=2
            )
        if language and language not in dict(settings.LANGUAGES):
            raise CommandError(f"The product does not speak {language}.", returncode=2)
        try:
            pdf = _draft(on, language) if on or language or number == "draft" else _signed(number)
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


def _draft(on: date | None, language: str) -> bytes:
    with scope.opened():
        content = past.document(on, actions.next_number(), language)
    return kinds.render_draft(content)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is no day. Write it as 2025-03-31.", returncode=2) from error
