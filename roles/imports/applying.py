"""Doing what a plan said: all of it in one transaction, or nothing (rule 12; security.md, case 19)."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ismsroles.core import events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Stale
from ismsroles.core.names import search_key
from ismsroles.core.waiting import changed
from roles.actions.leaving import people_leave
from roles.actions.leaving_access import end_grants_of_leavers
from roles.actions.moves import Moves
from roles.imports.leavers import refuse_unconfirmed
from roles.imports.plan import IMPORTED, KIND_LABELS, Plan, plan
from roles.imports.planned import PlannedRow
from roles.models import Area, Person

DEEPEST = 25


@dataclass(frozen=True, slots=True)
class Result:
    """How many people an import added, changed and recorded as leaving, and how many areas it added."""

    new: int
    changed: int
    leaving: int
    areas: int
    refused: int = 0

    @property
    def people(self) -> int:
        return self.new + self.changed + self.leaving

    @property
    def sentence(self) -> str:
        """What was done, for the person who did it."""
        said = [
            ngettext("%d person added", "%d people added", self.new) % self.new,
            ngettext("%d changed", "%d changed", self.changed) % self.changed,
            ngettext("%d leaving", "%d leaving", self.leaving) % self.leaving,
            ngettext("%d row refused and left out", "%d rows refused and left out", self.refused) % self.refused,
        ]
        counts = [self.new, self.changed, self.leaving, self.refused]
        told = [words for words, count in zip(said, counts, strict=True) if count]
        return (
            _("Imported. %(what)s.") % {"what": ", ".join(told)}
            if told
            else _("Nothing differed, so nothing was changed.")
        )


def apply(shown: Plan, *, actor, source: str = "", confirmed: int | None = None) -> Result:
    """Import what the plan showed. Refused as a whole (Stale) if the register would now give another plan.

    `actor` None is the command line: whoever runs the system. `source` names the file in each event. `confirmed` is the number of
    leavers that a person typed, where it is asked for.
    """
    with transaction.atomic():
        fresh = plan(
            shown.table, shown.mapping, today=shown.today, decisions=shown.decisions, lock=True, kind=shown.kind
        )
        if fresh.fingerprint != shown.fingerprint:
            raise Stale(changed(), differences(shown, fresh))
        return write(fresh, actor=actor, source=source, confirmed=confirmed)


def write(fresh: Plan, *, actor, source: str = "", confirmed: int | None = None) -> Result:
    """Do what a plan says that was made in this same transaction, with `lock`."""
    if actor is not None:
        require(actor, "roles.people.import")
    refuse_unconfirmed(fresh.leaving, fresh.current, confirmed)
    try:
        with transaction.atomic():
            return _Writer(fresh, actor, _("Import of %(file)s") % {"file": source} if source else _("Import")).write()
    except IntegrityError as error:  # somebody else wrote the same number or address between reading and writing
        raise Stale(changed()) from error


def differences(before: Plan, after: Plan) -> list[tuple[str, str, str]]:
    """Rows that would now do something else, for the page that says why nothing was done; the first fifty."""
    pairs = zip(before.rows, after.rows, strict=True)
    return [
        (f"{_('Row')} {b.number}, {b.name}", _in_words(b), _in_words(a))
        for b, a in pairs
        if _in_words(b) != _in_words(a)
    ][:50]


def _in_words(row: PlannedRow) -> str:
    changes = "; ".join(f"{change.label}: {change.was or '–'} → {change.now or '–'}" for change in row.changes)
    return f"{KIND_LABELS[row.kind]}: {changes}" if changes else str(KIND_LABELS[row.kind])


class _Writer:
    """Writes areas, then people, then managers that are new themselves, then ends, then what was done."""

    def __init__(self, fresh: Plan, actor, reason: str) -> None:
        self.plan, self.actor, self.reason = fresh, actor, reason
        self.areas = dict(fresh.register.areas)
        self.people: dict[tuple[str, int], Person] = {
            ("person", pk): person for pk, person in fresh.register.people.items()
        }
        self.rows = [row for row in fresh.rows if row.kind in IMPORTED]
        self.told: list = []

    def write(self) -> Result:
        new = [row for row in self.rows if row.person is None]
        known = [row for row in self.rows if row.person is not None]
        leaving = [row for row in known if row.kind == "leaves"]
        end_grants_of_leavers(actor=self.actor)
        self._add_areas()
        self._add_people(new)
        self._change_people(known)
        self._note_missing()
        leavers = [row.person for row in leaving] + [one.person for one in self.plan.leavers]
        people_leave(leavers, actor=self.actor, reason=self.reason)
        result = Result(
            len(new), len(known) - len(leaving), len(leavers), len(self.plan.new_areas), self.plan.counts["refused"]
        )
        self._tell(result)
        return result

    def _add_areas(self) -> None:
        areas = history.bulk_create(
            [Area(name=name) for name in self.plan.new_areas.values()], Area, actor=self.actor, reason=self.reason
        )
        for area in areas:
            self.areas[search_key(area.name)] = area
            self._note("area.added", area)

    def _add_people(self, rows: list[PlannedRow]) -> None:
        """Managers before those who report to them, so that each person is written once."""
        for level in _levels(rows):
            people = [self._filled(Person(), row) for row in level]
            created = history.bulk_create(people, Person, actor=self.actor, reason=self.reason)
            for row, person in zip(level, created, strict=True):
                self.people["row", row.number] = person
                self._note("person.added", person)
        late = [row for row in rows if row.manager and self.people["row", row.number].manager_id is None]
        for row in late:
            self.people["row", row.number].manager = self.people[row.manager]
        self._update([self.people["row", row.number] for row in late], {"manager"})

    def _change_people(self, rows: list[PlannedRow]) -> None:
        moves = Moves()
        for row in rows:
            moves.before(row.person)
            self._filled(row.person, row)
            moves.after(row.person)
            said = [change for change in row.changes if change.field != "last_day"]
            if said:
                what = "; ".join(f"{change.label}: {change.was or '–'} → {change.now or '–'}" for change in said)
                self._note("person.changed", row.person, what=what)
            if row.kind == "leaves":
                self._note("person.leaves", row.person, last_day=row.person.last_day.isoformat())
        self._update([row.person for row in rows], {change.field for row in rows for change in row.changes})
        self.told += moves.record(actor=self.actor, reason=self.reason)

    def _note_missing(self) -> None:
        """People missing from a full list, ticked one by one, leave on the day that was written."""
        for one in self.plan.leavers:
            one.person.last_day = one.last_day
            self._note("person.leaves", one.person, last_day=one.last_day.isoformat())
        self._update([one.person for one in self.plan.leavers], {"last_day"})

    def _filled(self, person: Person, row: PlannedRow) -> Person:
        """The allow-list again: nothing but these attributes is ever set (case 18)."""
        for name, value in row.values.items():
            setattr(person, name, value)
        if row.area:
            person.area = self.areas[search_key(row.area)]
        if any(change.field == "manager" for change in row.changes):
            person.manager = self.people.get(row.manager) if row.manager else None
        person.derive_keys()
        return person

    def _update(self, people: list[Person], fields: set[str]) -> None:
        derived = {"name": "name_key", "email": "email_key"}
        fields |= {derived[name] for name in fields & derived.keys()}
        for together in self._superiors_first(people) if "manager" in fields else [people]:
            if together and fields:
                history.bulk_update(together, Person, sorted(fields), actor=self.actor, reason=self.reason)

    def _superiors_first(self, people: list[Person]) -> list[list[Person]]:
        """By how deep they stand in the new lines: written in this order, no circle closes meanwhile (the database refuses one)."""
        above = {person.pk: person.manager_id for person in self.people.values()}
        levels: dict[int, list[Person]] = defaultdict(list)
        for person in people:
            depth, one = 0, above.get(person.pk)
            while one is not None and depth <= len(above):
                depth, one = depth + 1, above.get(one)
            levels[min(depth, DEEPEST)].append(person)
        return [levels[depth] for depth in sorted(levels)]

    def _note(self, code: str, subject, **words: object) -> None:
        self.told.append(events.prepare(code, actor=self.actor, subject=subject, reason=self.reason, **words))

    def _tell(self, result: Result) -> None:
        words = {
            "new": result.new,
            "changed": result.changed,
            "leaving": result.leaving,
            "refused": self.plan.counts["refused"],
        }
        self.told.append(events.prepare("people.imported", actor=self.actor, subject=None, reason=self.reason, **words))
        events.record_many(self.told)


def _levels(rows: list[PlannedRow]) -> list[list[PlannedRow]]:
    """Rows by how many new managers stand above them; all that stand deeper than any real organisation come last."""
    by_number = {row.number: row for row in rows}
    depth: dict[int, int] = {}
    for row in rows:
        path = []
        while row.number not in depth:
            path.append(row.number)
            above = by_number.get(row.manager[1]) if row.manager and row.manager[0] == "row" else None
            if above is None:
                depth[row.number] = 0
                break
            row = above
        for number in reversed(path):
            if number not in depth:
                depth[number] = depth[row.number] + 1
                row = by_number[number]
    levels: dict[int, list[PlannedRow]] = defaultdict(list)
    for row in rows:
        levels[min(depth[row.number], DEEPEST)].append(row)
    return [levels[level] for level in sorted(levels)]
