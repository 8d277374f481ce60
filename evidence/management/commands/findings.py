"""manage.py findings: what is wrong today, for scripts and operations."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand

from ismsroles.core import clock, findings, scope


class Command(BaseCommand):
    """Exit status 0: nothing that must be mended; 1: something must be; 2: could not."""

    help = "Print what is wrong in the register today. Exit status 1 when something must be mended."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--strict", action="store_true", help="exit status 1 also for what should be mended")

    def handle(self, *args, format: str, strict: bool, **options) -> None:
        with scope.opened():
            found = findings.current()
            self.stdout.write(_as_json(found) if format == "json" else _as_text(found))
        if any(one.severity in ("stop", "warn" if strict else "stop") for one in found):
            raise SystemExit(1)


def _as_text(found: list[findings.Finding]) -> str:
    lines = [f"{one.severity:<5} {one.rule:<16} {one.sentence} {one.detail}".rstrip() for one in found]
    return "\n".join(lines) or "Nothing is wrong today."


def _as_json(found: list[findings.Finding]) -> str:
    rows = [asdict(one) | {"since": one.since.isoformat() if one.since else None} for one in found]
    return json.dumps({"on": clock.today().isoformat(), "findings": rows}, ensure_ascii=False, indent=2)
