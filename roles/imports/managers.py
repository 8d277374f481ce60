"""Line managers of an import: found in the register or further down in the same file; never a circle."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ismsroles.core.names import email_key, search_key
from roles.imports.matching import Match
from roles.imports.register import Register
from roles.imports.rows import shortened, turn_round

# A person of the register by their id, a new one by the number of their row.
Who = tuple[str, int]


@dataclass
class Managers:
    """For each row that names a manager: who it is (None: nobody from now on); a warning for each that is left as it was."""

    of_row: dict[int, Who | None]
    warnings: dict[int, str]


def who(match: Match) -> Who:
    """The person of a row."""
    return ("person", match.person.pk) if match.person else ("row", match.wanted.number)


class _Directory:
    """Everybody there will be after the import, by number, address and name."""

    def __init__(self, register: Register, taken: list[Match]) -> None:
        self.by_key: dict[str, Who] = {}
        self.by_name: dict[str, set[Who]] = defaultdict(set)
        self.last_days: dict[Who, date | None] = {}
        for person in register.people.values():
            self._add(("person", person.pk), person.name_key, person.external_id, person.email_key, person.last_day)
        for match in taken:
            row = match.wanted
            last_day = row.values.get("last_day") or (match.person.last_day if match.person else None)
            self._add(who(match), row.name_key, row.values.get("external_id"), row.email_key, last_day)

    def _add(
        self, someone: Who, name_key: str, external_id: str | None, address: str | None, last_day: date | None
    ) -> None:
        for text in (external_id, address):
            if text:
                self.by_key[text] = someone
        self.by_name[name_key].add(someone)
        self.last_days[someone] = last_day

    def find(self, text: str) -> set[Who]:
        """By personnel number, then by address, then by name; more than one only for a name."""
        if found := self.by_key.get(text) or self.by_key.get(email_key(text)):
            return {found}
        return self.by_name.get(search_key(turn_round(text)), set())


def find_managers(register: Register, taken: list[Match], today: date) -> Managers:
    """Who each row's manager is. Whom nobody knows, who has left, or who would close a circle is left out, with a warning."""
    directory = _Directory(register, taken)
    result = Managers({}, {})
    for match in taken:
        row = match.wanted
        if not row.manager:
            continue
        found = directory.find(row.manager)
        warning = _why_not(match, found, directory.last_days, today)
        if warning:
            result.warnings[row.number] = warning
        else:
            result.of_row[row.number] = next(iter(found))
    _break_circles(register, taken, result)
    return result


def _why_not(match: Match, found: set[Who], last_days: Mapping[Who, date | None], today: date) -> str:
    if len(found) == 1:
        someone = next(iter(found))
        last_day = last_days[someone]
        if someone != who(match) and (last_day is None or last_day >= today):
            return ""
    words = {"row": match.wanted.number, "manager": shortened(match.wanted.manager)}
    if not found:
        return (
            _(
                "Row %(row)s: the manager “%(manager)s” is not known; left as it was. Add them to the list, or correct the name."
            )
            % words
        )
    if len(found) > 1:
        return (
            _(
                "Row %(row)s: several people are called “%(manager)s”; left as it was. Write the manager's e-mail or number."
            )
            % words
        )
    if someone == who(match):
        return _("Row %(row)s: nobody is their own manager; left as it was.") % words
    return _("Row %(row)s: “%(manager)s” left on %(day)s, so they are nobody's manager now; left as it was.") % {
        **words,
        "day": last_day,
    }


class _Tops:
    """Who stands at the top above somebody. Everybody has one manager, so a circle closes exactly when the new manager's top is oneself."""

    def __init__(self, above: dict[Who, Who]) -> None:
        self.above = above

    def top(self, someone: Who) -> Who:
        passed = []
        while someone in self.above and len(passed) <= len(self.above):
            passed.append(someone)
            someone = self.above[someone]
        for lower in passed:
            if lower != someone:
                self.above[lower] = someone
        return someone

    def place(self, someone: Who, manager: Who) -> bool:
        if self.top(manager) == someone:
            return False
        self.above[someone] = manager
        return True


def _break_circles(register: Register, taken: list[Match], result: Managers) -> None:
    """Rows are placed one after the other, as if those who change had no manager before."""
    changing = {who(match) for match in taken if match.wanted.number in result.of_row}
    before = {("person", p.pk): ("person", p.manager_id) for p in register.people.values() if p.manager_id}
    tops = _Tops({someone: manager for someone, manager in before.items() if someone not in changing})
    for match in taken:
        row = match.wanted
        manager = result.of_row.get(row.number)
        if manager is None or tops.place(who(match), manager):
            continue
        del result.of_row[row.number]
        result.warnings[row.number] = _(
            "Row %(row)s: with “%(manager)s” as manager, people would report to each other in a circle; left as it was."
        ) % {"row": row.number, "manager": shortened(row.manager)}
        previous = before.get(who(match))
        if previous and not tops.place(who(match), previous):
            result.of_row[row.number] = None
