"""What an import of competence or training would do, line by line, before anything is done (security case 19)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from competence.imports.columns import Layout, layout
from competence.models import Assessment, Course, Skill, TrainingRecord
from competence.models.skills import LEVELS
from ismsroles.core import dates
from ismsroles.core.errors import Invalid
from ismsroles.core.names import email_key, search_key
from ismsroles.core.shown import fingerprint
from ismsroles.core.tabular import Row, Table, key
from roles.imports.register import Register, read_register
from roles.imports.rows import Problem, shortened, turn_round
from roles.models import Person

HAS_IT = {"x", "✓", "✔", "yes", "ja", "oui", "si", "sí", "✗x"}
NOTHING = {"", "-", "–", "—", "no", "nein", "non", "n/a", "na", "?"}
EVIDENCE = {"certificate": "certificate", "zertifikat": "certificate", "certificat": "certificate", "certificado": "certificate",
            "training": "training", "schulung": "training", "course": "training", "formation": "training",
            "experience": "experience", "erfahrung": "experience"}  # fmt: skip
COUNTED = {"wanted": _lazy("To take in"), "same": _lazy("There already"), "refused": _lazy("Refused")}
LONGEST = {"competence": 120, "training": 300}


@dataclass(frozen=True)
class Line:
    """One assessment or one training that the file tells of."""

    number: int
    person: Person
    what: str
    level: int | None
    day: date
    until: date | None
    evidence: str
    note: str
    is_same: bool = False


@dataclass
class Plan:
    """All lines with what they would do, and what the plan was made from."""

    kind: str
    table: Table
    today: date
    is_matrix: bool
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    new_skills: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    @property
    def wanted(self) -> list[Line]:
        return [line for line in self.lines if not line.is_same]

    @property
    def same(self) -> int:
        return len(self.lines) - len(self.wanted)

    @property
    def counts(self) -> dict[str, int]:
        """How many lines of each kind."""
        return {"wanted": len(self.wanted), "same": self.same, "refused": len(self.problems)}

    @cached_property
    def fingerprint(self) -> str:
        """The same plan made again from an unchanged register has the same one (rule 2)."""
        lines = [
            [o.number, o.person.pk, o.what, o.level, str(o.day), str(o.until), o.evidence, o.note, o.is_same]
            for o in self.lines
        ]
        return fingerprint([self.kind, lines, [str(problem) for problem in self.problems], self.new_skills])


def plan(kind: str, table: Table, *, today: date, lock: bool = False) -> Plan:
    """What importing this would do today. Changes nothing; the number of queries does not depend on the number of rows."""
    found = layout(table.headers, table.rows)
    if not found.who:
        raise Invalid(
            _(
                "No column says who it is about. Give the file a column with names, e-mail addresses or personnel numbers."
            )
        )
    if found.is_matrix and not found.across:
        raise Invalid(_("No column holds a skill or a training. Give each one a column, or write one record a row."))
    made = Plan(kind, table, today, found.is_matrix)
    reader = _Reader(kind, table, found, read_register(lock=lock), today, made.problems)
    lines = [line for row in table.rows for line in reader.lines(row)]
    made.unused = reader.left_out(table)
    known = _Known(kind)
    made.lines = _once([known.compared(line) for line in lines if line.what not in made.unused], made.problems)
    if kind == "competence":
        made.new_skills = sorted({line.what for line in made.lines if search_key(line.what) not in known.skills})
    made.problems[:] = [problem for problem in made.problems if problem.column not in made.unused]
    return made


def _once(lines: list[Line], problems: list[Problem]) -> list[Line]:
    """A person who stands in the file twice: the same mark counts once, two different ones are asked about."""
    kept: dict[tuple, Line] = {}
    for line in lines:
        first = kept.setdefault((line.person.pk, search_key(line.what), line.day), line)
        if first.level != line.level:
            sentence = _("Row %(row)d says another level of the same person. Keep one of the two.") % {
                "row": first.number
            }
            problems.append(Problem(line.number, line.what, str(line.level), sentence))
    return list(kept.values())


class _Known:
    """What the register has already, so that a file that comes twice changes nothing."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.skills = {
            search_key(name): name for name in Skill.objects.in_use().order_by().values_list("name", flat=True)
        }
        if kind == "competence":
            rows = Assessment.objects.order_by().values_list("person_id", "skill__name", "level", "assessed_on")
            self.there = {(person, search_key(name), level, day) for person, name, level, day in rows}
        else:
            rows = TrainingRecord.objects.order_by().values_list("person_id", "title", "done_on")
            self.there = {(person, search_key(title), day) for person, title, day in rows}

    def compared(self, line: Line) -> Line:
        what = self.skills.get(search_key(line.what), line.what) if self.kind == "competence" else line.what
        at = (line.person.pk, search_key(what), line.day)
        same = (*at[:2], line.level, line.day) in self.there if self.kind == "competence" else at in self.there
        return Line(**{**vars(line), "what": what, "is_same": same})


class _Reader:
    """Reads one row after the other."""

    def __init__(
        self, kind: str, table: Table, found: Layout, register: Register, today: date, problems: list[Problem]
    ) -> None:
        self.kind, self.headers, self.found, self.register = kind, table.headers, found, register
        self.today, self.problems = today, problems
        self.orders = {
            name: self._order(table, place) for name, place in found.fields.items() if name in ("day", "until")
        }
        self.good: dict[str, int] = {}
        self.bad: dict[str, int] = {}

    @staticmethod
    def _order(table: Table, place: int):
        return dates.order_of(row.cells[place] for row in table.rows)

    def lines(self, row: Row) -> Iterator[Line]:
        """What one row says: one line, or one for each skill that it marks."""
        for fault in row.faults:
            self._refuse(row, self.headers[fault.column], row.cells[fault.column], fault.sentence)
        person = self._person(row)
        if person is None or row.faults:
            return
        if self.found.is_matrix:
            for place, what in self.found.across.items():
                yield from self._cell(row, person, place, what)
        else:
            yield from self._record(row, person)

    def left_out(self, table: Table) -> list[str]:
        """Columns of a matrix that hold no marks at all: an area, a job title, a remark."""
        if not self.found.is_matrix:
            return []
        return [what for what in self.found.across.values() if self.bad.get(what, 0) > self.good.get(what, 0)]

    def _person(self, row: Row) -> Person | None:
        said = {name: " ".join(row.cells[place].split()) for name, place in self.found.who.items()}
        number, address = said.get("external_id", ""), said.get("email", "")
        if person := self.register.by_external_id.get(number) or self.register.by_email.get(email_key(address)):
            return person
        name = turn_round(said.get("name", "")) or f"{said.get('given_name', '')} {said.get('family_name', '')}".strip()
        people = self.register.named(search_key(name))
        if len(people) == 1:
            return people[0]
        value = number or address or name
        sentence = _("Several people are called that. Add the e-mail address or the personnel number.") if people else _(
            "Nobody in the register is called that. Import or add the person first, or correct the name."
        )  # fmt: skip
        header = self.headers[next(iter(self.found.who.values()))]
        self._refuse(row, header, value, sentence)
        return None

    def _cell(self, row: Row, person: Person, place: int, what: str) -> Iterator[Line]:
        text = row.cells[place].strip()
        if text.casefold() in NOTHING:
            return
        try:
            level, day = self._mark(text)
        except Invalid as error:
            self.bad[what] = self.bad.get(what, 0) + 1
            self._refuse(row, what, text, error.message)
            return
        self.good[what] = self.good.get(what, 0) + 1
        yield Line(row.number, person, what[: LONGEST[self.kind]], level, day, None, "experience", "")

    def _mark(self, text: str) -> tuple[int | None, date]:
        if self.kind == "training":
            return None, self._past(dates.parse(text, serials=True))
        return read_level(text), self.today

    def _record(self, row: Row, person: Person) -> Iterator[Line]:
        said = {name: " ".join(row.cells[place].split()) for name, place in self.found.fields.items()}
        header = {name: self.headers[place] for name, place in self.found.fields.items()}
        values: dict[str, object] = {}
        for name, read in (("what", self._what), ("level", self._level), ("day", self._day), ("until", self._until)):
            try:
                values[name] = read(said.get(name, ""))
            except Invalid as error:
                self._refuse(row, header.get(name, ""), said.get(name, ""), error.message)
                return
        if values["until"] and values["until"] < values["day"]:
            self._refuse(
                row,
                header["until"],
                said["until"],
                _("It would have expired before it was made. Correct one of the two days."),
            )
            return
        evidence = EVIDENCE.get(key(said.get("evidence", "")), "experience")
        yield Line(row.number, person, **values, evidence=evidence, note=said.get("note", "")[:300])

    def _what(self, text: str) -> str:
        if not text:
            raise Invalid(_("Nothing says which skill or training it is. Write its name."))
        if len(text) > LONGEST[self.kind]:
            raise Invalid(_("The name is longer than %(n)s characters. Shorten it.") % {"n": LONGEST[self.kind]})
        return text

    def _level(self, text: str) -> int | None:
        return read_level(text) if self.kind == "competence" else None

    def _day(self, text: str) -> date:
        if not text and self.kind == "competence":
            return self.today
        return self._past(self._date("day", text))

    def _until(self, text: str) -> date | None:
        return self._date("until", text) if text else None

    def _date(self, name: str, text: str) -> date:
        order = self.orders.get(name)
        if order is None and dates.is_ambiguous(text):
            raise Invalid(_("This date has two readings. Write it as 2026-11-30"))
        return dates.parse(text, order=order or "day first", serials=True)

    def _past(self, day: date) -> date:
        if day > self.today:
            raise Invalid(_("This day is still to come. Write the day on which it was done."))
        return day

    def _refuse(self, row: Row, column: str, value: str, sentence: str) -> None:
        self.problems.append(Problem(row.number, column, shortened(value), sentence))


NAMES = {search_key(str(name)): number for number, name in LEVELS}
WRITTEN = re.compile(
    r"^(?:l|level|lvl|stufe|niveau|nivel)?[\s.:]*([0-4])(?:\s*/\s*4)?(?:[.,]0+)?(?:\s*[-–—:(][^0-9]*)?$", re.IGNORECASE
)
BALLS = {"○": 0, "◔": 1, "◑": 2, "◐": 2, "◕": 3, "●": 4}


def read_level(text: str) -> int:
    """A mark as a level: 0 to 4, “3/4”, “level 2”, “3 – alone”, a filled circle, the name of a level; a cross means 3, does it alone."""
    found = WRITTEN.match(text.strip())
    if found:
        return int(found[1])
    if text.strip().casefold() in HAS_IT:
        return 3
    if text.strip() in BALLS:
        return BALLS[text.strip()]
    if search_key(text) in NAMES:
        return NAMES[search_key(text)]
    raise Invalid(_("Not a level that is known here. Write a number from 0 to 4."))


def courses() -> dict[str, Course]:
    """Recurring trainings by the key of their title."""
    return {search_key(course.title): course for course in Course.objects.filter(is_retired=False)}
