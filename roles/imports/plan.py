"""What an import would do, row by row, before anything is done (A1, rule 12; security.md, case 19)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ismsroles.core.errors import Invalid
from ismsroles.core.names import search_key
from ismsroles.core.shown import fingerprint
from ismsroles.core.tabular import Table
from roles.imports import columns
from roles.imports.leavers import CHANGES, FULL, Leaver, chosen, needs_confirmation
from roles.imports.managers import find_managers, who
from roles.imports.matching import Match, Matcher
from roles.imports.planned import Builder, PlannedRow
from roles.imports.register import Register, read_register, what_ends
from roles.imports.rows import Problem, column_name, read_rows
from roles.models import Person

IMPORTED = ("new", "changed", "leaves")
KIND_LABELS = {
    "ask": _lazy("To answer"),
    "leaves": _lazy("Leaving"),
    "refused": _lazy("Refused"),
    "new": _lazy("New"),
    "changed": _lazy("Changed"),
    "unchanged": _lazy("Same as before"),
    "skipped": _lazy("Left out by you"),
}
KINDS = tuple(KIND_LABELS)


@dataclass
class Plan:
    """All rows with what they would do, and what the plan was made from, so that it can be made again and compared."""

    table: Table
    mapping: dict[str, str]
    decisions: dict[str, str]
    today: date
    rows: list[PlannedRow]
    new_areas: dict[str, str]
    absent: list[Person]
    register: Register
    kind: str = CHANGES
    leavers: list[Leaver] = field(default_factory=list)

    @cached_property
    def counts(self) -> Counter:
        """How many rows of each kind there are."""
        return Counter(row.kind for row in self.rows)

    @property
    def imported(self) -> int:
        """How many people the import would add or change."""
        return sum(self.counts[kind] for kind in IMPORTED) + len(self.leavers)

    @property
    def leaving(self) -> int:
        """How many people would leave with this list: by a last day in it, or by being ticked as missing."""
        return self.counts["leaves"] + len(self.leavers)

    @cached_property
    def current(self) -> int:
        """How many people the register knows as being here today."""
        return sum(person.is_current(self.today) for person in self.register.people.values())

    @property
    def needs_confirmation(self) -> bool:
        return needs_confirmation(self.leaving, self.current)

    @property
    def unanswered(self) -> list[Person]:
        """People missing from a full list of whom nobody has said that they leave."""
        told = {leaver.person.pk for leaver in self.leavers}
        return [person for person in self.absent if person.pk not in told] if self.kind == FULL else []

    @property
    def problems(self) -> list[Problem]:
        return [problem for row in self.rows for problem in row.problems]

    @property
    def warnings(self) -> list[str]:
        return [warning for row in self.rows for warning in row.warnings]

    def of_kind(self, *kinds: str) -> list[PlannedRow]:
        """The rows of these kinds, the most serious kind first, then as in the file."""
        rows = [row for row in self.rows if row.kind in kinds]
        return sorted(rows, key=lambda row: (KINDS.index(row.kind), row.number))

    @cached_property
    def fingerprint(self) -> str:
        """What was shown: the same plan made again from an unchanged register has the same one (rule 2)."""
        rows = [
            [row.number, row.kind, row.person.pk if row.person else 0, [[c.field, str(c.was), str(c.now)] for c in row.changes],
             row.manager, [a.pk for a in row.ends], len(row.problems), row.warnings]
            for row in self.rows
        ]  # fmt: skip
        leavers = [[one.person.pk, str(one.last_day), [a.pk for a in one.ends]] for one in self.leavers]
        return fingerprint([rows, self.new_areas, leavers])


def plan(
    table: Table,
    mapping: Mapping[str, str],
    *,
    today: date,
    decisions: Mapping[str, str] | None = None,
    lock: bool = False,
    kind: str = CHANGES,
) -> Plan:
    """What importing `table` would do today. Changes nothing; the number of queries does not depend on the number of rows.

    `decisions` are answers by row number: "same" or "same:<person id>", "new", "skip"; with kind "full" also
    "leaves:<person id>" → the last day of somebody whom the list does not name.
    """
    mapping, decisions = columns.allowed(mapping, table.headers), dict(decisions or {})
    if not {"name", "given_name", "family_name"} & mapping.keys():
        raise Invalid(_("No column is chosen for the name. Say which column holds the names of the people."), "name")
    register = read_register(lock=lock)
    matches = Matcher(register, mapping, decisions).match(read_rows(table, mapping))
    for match in matches:
        _check_term(match, mapping)
    taken = [match for match in matches if match.is_taken_in]
    builder = Builder(
        register,
        mapping,
        today,
        find_managers(register, taken, today),
        {who(match): match.wanted.name for match in taken},
    )
    rows = [builder.build(match) for match in matches]
    _say_what_ends(rows)
    new_areas = {search_key(row.area): row.area for row in reversed(rows) if row.area and row.kind in IMPORTED}
    unknown = {key: name for key, name in sorted(new_areas.items()) if key not in register.areas}
    absent = _absent(register, matches, today)
    leavers = chosen(absent, decisions) if kind == FULL else []
    return Plan(table, mapping, decisions, today, rows, unknown, absent, register, kind, leavers)


def _check_term(match: Match, mapping: Mapping[str, str]) -> None:
    row, person = match.wanted, match.person
    first = row.values.get("starts_on") or (person.starts_on if person else None)
    last = row.values.get("last_day") or (person.last_day if person else None)
    if first and last and last < first and not row.problems:
        name = "last_day" if "last_day" in row.values else "starts_on"
        sentence = _("The last day, %(last)s, is before the first day, %(first)s. Correct one of them.") % {
            "last": last,
            "first": first,
        }
        row.problems.append(Problem(row.number, column_name(mapping, name), str(row.values.get(name, "")), sentence))


def _absent(register: Register, matches: list[Match], today: date) -> list[Person]:
    """Current people of the register whom the file does not name: perhaps leavers that somebody forgot (A6)."""
    named = {match.person.pk for match in matches if match.person}
    named |= {person.pk for match in matches for person in match.candidates}
    return [person for person in register.people.values() if person.pk not in named and person.is_current(today)]


def _say_what_ends(rows: list[PlannedRow]) -> None:
    leaving = {row.person.pk: row.values["last_day"] for row in rows if row.kind == "leaves"}
    ends = what_ends(leaving)
    for row in rows:
        if row.kind == "leaves":
            row.ends = ends.get(row.person.pk, [])
