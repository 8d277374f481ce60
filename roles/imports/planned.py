"""One row of the file and what it would do to one person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from ismsroles.core.names import search_key
from roles.imports.columns import BY_FIELD
from roles.imports.managers import Managers, Who
from roles.imports.matching import Match
from roles.imports.register import Register
from roles.imports.rows import Problem, Wanted, shortened
from roles.models import Assignment, Person

PLAIN_FIELDS = ("external_id", "name", "email", "phone", "kind", "employer", "job_title", "starts_on", "last_day")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one person: was and now, as they are shown."""

    field: str
    label: str
    was: object
    now: object

    def __iter__(self):
        return iter((self.label, self.was, self.now))


@dataclass(slots=True)
class PlannedRow:
    """One row of the file and what it would do."""

    number: int
    kind: str
    name: str
    cells: list[str]
    person: Person | None = None
    values: dict[str, object] = field(default_factory=dict)
    area: str = ""
    manager: Who | None = None
    changes: list[Change] = field(default_factory=list)
    candidates: list[Person] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    ends: list[Assignment] = field(default_factory=list)

    @property
    def as_written(self) -> str:
        """The row as it stands in the file, in one line."""
        return " · ".join(shortened(cell) for cell in self.cells if cell)


@dataclass
class Builder:
    """Turns matches into planned rows."""

    register: Register
    mapping: Mapping[str, str]
    today: date
    managers: Managers
    names: dict[Who, str]
    labels: dict[str, str] = field(
        default_factory=lambda: {name: str(column.label) for name, column in BY_FIELD.items()}
    )
    kinds: dict[str, str] = field(default_factory=lambda: {code: str(label) for code, label in Person.KINDS})

    def build(self, match: Match) -> PlannedRow:
        row = match.wanted
        planned = PlannedRow(
            row.number, "", row.name, row.cells, match.person, candidates=match.candidates, problems=row.problems
        )
        planned.name = row.name or (match.person.name if match.person else "")
        if match.is_taken_in:
            self._fill(planned, row)
        planned.kind = _kind(match, planned)
        return planned

    def _fill(self, planned: PlannedRow, row: Wanted) -> None:
        planned.values = {
            name: row.values[name]
            for name in PLAIN_FIELDS
            if name in row.values and self._differs(planned.person, name, row)
        }
        planned.changes = [self._change(planned.person, name, value) for name, value in planned.values.items()]
        self._fill_area(planned, row)
        self._fill_manager(planned, row)
        if (
            planned.person
            and planned.person.last_day
            and planned.person.last_day < self.today
            and "last_day" not in row.values
        ):
            words = {"row": row.number, "person": planned.person, "day": planned.person.last_day}
            planned.warnings.append(
                _("Row %(row)s: %(person)s left on %(day)s, and the list still names them without a last day.") % words
            )

    @staticmethod
    def _differs(person: Person | None, name: str, row: Wanted) -> bool:
        """Addresses that differ in upper and lower case only are the same."""
        if person is None:
            return True
        if name == "email":
            return row.email_key != person.email_key
        return row.values[name] != getattr(person, name)

    def _change(self, person: Person | None, name: str, value: object) -> Change:
        was = getattr(person, name) if person else None
        if name == "kind":
            was, value = self.kinds.get(was), self.kinds[value]
        return Change(name, self.labels[name], was, value)

    def _fill_area(self, planned: PlannedRow, row: Wanted) -> None:
        was = planned.person.area if planned.person else None
        known = self.register.areas.get(search_key(row.area)) if row.area else None
        if row.area and (known is None or known != was):
            planned.area = known.name if known else row.area
            planned.changes.append(Change("area", self.labels["area"], was and was.name, planned.area))

    def _fill_manager(self, planned: PlannedRow, row: Wanted) -> None:
        if warning := self.managers.warnings.get(row.number):
            planned.warnings.append(warning)
        if row.number not in self.managers.of_row:
            return
        manager = self.managers.of_row[row.number]
        was = ("person", planned.person.manager_id) if planned.person and planned.person.manager_id else None
        if manager != was:
            planned.manager = manager
            label = self.labels["manager"]
            planned.changes.append(Change("manager", label, self._name(was), self._name(manager)))

    def _name(self, someone: Who | None) -> str | None:
        if someone is None:
            return None
        return self.names.get(someone) or self.register.people[someone[1]].name


def _kind(match: Match, planned: PlannedRow) -> str:
    if match.is_skipped:
        return "skipped"
    if match.wanted.problems:
        return "refused"
    if match.must_ask:
        return "ask"
    if match.person is None:
        return "new"
    if "last_day" in planned.values:
        return "leaves"
    return "changed" if planned.changes else "unchanged"
