"""`manage.py what_if --leaves PERSON`: what would be uncovered if somebody left (A9)."""

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from ismsroles.core import clock, scope
from roles.management.naming import HELP, person_named
from roles.queries.what_if import WhatIf, what_if_leaves


class Command(BaseCommand):
    """Exit status 0: nothing would be uncovered; 1: something would; 2: could not."""

    help = "Say what would be uncovered if somebody left, before it happens. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--leaves", required=True, metavar="PERSON", help=HELP)
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, leaves: str, format: str, **options) -> None:
        with scope.opened():
            found = what_if_leaves(person_named(leaves), clock.today())
            self.stdout.write(_as_json(found) if format == "json" else _as_text(found))
        if not found.is_covered:
            sys.exit(1)


def _as_text(found: WhatIf) -> str:
    lines = [f"{gap.severity:<5} {gap.sentence}" for gap in found.gaps]
    return "\n".join(
        [_("If %(person)s left:") % {"person": found.person}, *(lines or [_("Nothing would be uncovered.")])]
    )


def _as_json(found: WhatIf) -> str:
    held = [{"kind": one.kind, "how": one.how, "what": one.label, "url": one.url} for one in found.held]
    person = {"id": found.person.pk, "name": found.person.name, "external_id": found.person.external_id}
    told = {
        "on": found.day.isoformat(),
        "person": person,
        "covered": found.is_covered,
        "gaps": [asdict(gap) for gap in found.gaps],
        "holds": held,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
