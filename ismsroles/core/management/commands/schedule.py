"""`manage.py schedule`: what runs when and why, when it last ran, when it runs next."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from ismsroles.core import periodic


class Command(BaseCommand):
    """Exit status 0: all in time; 1: the scheduler is silent, or an entry is late or failed; 2: could not."""

    help = "List every periodic entry with its reason, its last run and its next one (UTC)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, format: str, **options) -> None:
        try:
            lines, silent = periodic.lines(), periodic.silent_since()
        except DatabaseError as error:
            raise CommandError(f"The database could not be used: {error}", returncode=2) from error
        self.stdout.write(_as_json(lines) if format == "json" else "\n".join(_as_text(line) for line in lines))
        if silent:
            self.stderr.write(f"Nothing was heard of the scheduler since {silent:%Y-%m-%d %H:%M} UTC.")
        if silent or any(line.is_late or line.fault for line in lines):
            raise SystemExit(1)


def _as_text(line: periodic.Line) -> str:
    last = f"{line.last:%Y-%m-%d %H:%M}" if line.last else "not yet"
    state = "late" if line.is_late else "failed" if line.fault else ""
    head = f"{line.entry.name} ({line.every}) · last {last} · next {line.next:%Y-%m-%d %H:%M} {state}".rstrip()
    return f"{head}\n    {line.entry.reason}"


def _as_json(lines: list[periodic.Line]) -> str:
    rows = [
        {
            "name": line.entry.name, "task": line.entry.task, "when": line.every, "reason": str(line.entry.reason),
            "last": line.last.isoformat() if line.last else None, "next": line.next.isoformat(), "late": line.is_late,
            "fault": line.fault,
        }
        for line in lines
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=2)
