"""`manage.py competence_gaps`: what is missing, today or on any day. Exit status 1 when a must is missing."""

import json
import sys
from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser

from competence.gate import said
from competence.models import Skill
from competence.queries import picture, training
from ismsroles.core import clock, scope
from roles.models import Person, Role


class Command(BaseCommand):
    """Exit status 0: nothing that a role must have is missing; 1: something is; 2: could not."""

    help = "Print what roles need and the people in them have not shown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--on", metavar="DATE", help="as of that day, such as 2026-06-30 (default: today)")

    def handle(self, *args, format: str, on: str | None, **options) -> None:
        try:
            day = date.fromisoformat(on) if on else clock.today()
        except ValueError as error:
            raise CommandError(f"Write the day as 2026-06-30: {on}", returncode=2) from error
        with scope.opened():
            rows = _rows(day)
        as_json = json.dumps({"on": day.isoformat(), "gaps": rows}, ensure_ascii=False, indent=2)
        self.stdout.write(as_json if format == "json" else _as_text(rows))
        if any(row["strength"] == "must" for row in rows):
            sys.exit(1)


def _rows(day: date) -> list[dict[str, object]]:
    found = picture.gaps(day)
    people = dict(Person.objects.filter(pk__in={one.person for one in found}).order_by().values_list("pk", "name"))
    skills = dict(Skill.objects.order_by().values_list("pk", "name"))
    roles = dict(Role.objects.order_by().values_list("pk", "title"))
    plans = training.plans(day)
    rows = [
        {
            "person": people[one.person], "role": roles[one.need.role], "skill": skills[one.need.skill], "needs": one.need.level,
            "has": one.level, "state": one.state, "strength": "must" if one.need.must else "should", "words": said(one),
            "planned": (one.person, one.need.skill) in plans,
        }
        for one in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["person"], row["role"], row["skill"]))


def _as_text(rows: list[dict[str, object]]) -> str:
    lines = [f"{row['strength']:<6} {row['person']}, {row['role']}: {row['skill']}, {row['words']}" for row in rows]
    return "\n".join(lines) or "Nothing is missing."
