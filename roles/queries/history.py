"""What was written before, and what after: the history tables as readable differences (rule 12).

What one gesture changed stands together: a role that was adopted with five responsibilities is one entry, not six."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from roles.models import (
    Area,
    Assignment,
    Authority,
    AuthorityServes,
    Person,
    Policy,
    PolicyPart,
    Process,
    ProcessPart,
    Responsibility,
    Role,
)
from roles.models.guidance import Kept

UNSAID = {"id", "name_key", "email_key", "position", "starter_key"}
Change = tuple[str, Any, Any]


@dataclass
class Entry:
    """What one gesture changed: when, by whom, why, and (label, was, now) rows."""

    at: datetime
    who: str
    reason: str
    rows: list[Change] = field(default_factory=list)


def of_row(row: models.Model) -> list[Entry]:
    """The history of one row that has nothing below it, field by field."""
    return _entries(_told(type(row).history.filter(id=row.pk), Names()))


def of_area(area: Area) -> list[Entry]:
    """The history of an area."""
    return _entries(_told(Area.history.filter(id=area.pk), Names()))


def of_person(person: Person) -> list[Entry]:
    """The history of a person and of what they hold."""
    names = Names()
    seats = Assignment.history.filter(person_id=person.pk)
    return _entries([*_told(Person.history.filter(id=person.pk), names), *_summed(seats, _("Assignment"), names.seat)])


def of_role(role: Role) -> list[Entry]:
    """The history of a role with its responsibilities, its authorities, what they serve, and who held it."""
    names = Names(home=role.pk)
    must = _whole(Responsibility.history, role)
    may = _whole(Authority.history, role)
    links = AuthorityServes.history.filter(authority_id__in=may.values("id"))
    return _entries(
        [
            *_told(Role.history.filter(id=role.pk), names),
            *_summed(must, _("Responsibility"), names.duty),
            *_summed(may, _("Authority"), names.authority),
            *_summed(links, _("What an authority serves"), names.link),
            *_summed(Assignment.history.filter(role_id=role.pk), _("Assignment"), names.seat),
        ]
    )


def of_entry(row: Kept) -> list[Entry]:
    """The history of a level, process, policy or question, and of the parts of roles in it."""
    names, told = Names(), []
    if isinstance(row, Process | Policy):
        owner = "process" if isinstance(row, Process) else "policy"
        records = (ProcessPart if isinstance(row, Process) else PolicyPart).history.filter(**{f"{owner}_id": row.pk})
        told = list(_summed(records, _("Part of a role"), names.part))
    return _entries([*_told(type(row).history.filter(id=row.pk), names), *told])


def _whole(records, role: Role) -> models.QuerySet:
    """All records of rows that belonged to the role at any time, also those that moved in or away."""
    return records.filter(id__in=records.filter(role_id=role.pk).values("id"))


def _entries(told: Iterable[tuple[Any, list[Change]]]) -> list[Entry]:
    """Group by gesture, newest first."""
    gestures: dict[tuple, Entry] = {}
    for record, rows in sorted(told, key=lambda pair: pair[0].history_date):
        moment = record.history_date.replace(microsecond=0)
        reason = record.history_change_reason or ""
        who = record.history_user.name if record.history_user else _("The register")
        gesture = (record.history_user_id, moment, reason)
        gestures.setdefault(gesture, Entry(record.history_date, who, reason)).rows.extend(rows)
    return sorted(gestures.values(), key=lambda entry: entry.at, reverse=True)


def _pairs(records: models.QuerySet) -> Iterable[tuple[Any, Any]]:
    """(record before, record) for each row, in the order in which it was written."""
    last: dict[int, Any] = defaultdict(lambda: None)
    for record in records.select_related("history_user").order_by("history_date", "history_id"):
        yield last[record.id], record
        last[record.id] = record


def _told(records: models.QuerySet, names: "Names") -> Iterable[tuple[Any, list[Change]]]:
    """Field by field: was and now."""
    for before, record in _pairs(records):
        if record.history_type == "-":
            yield record, [(_("Removed"), str(getattr(record, "name", "") or getattr(record, "title", "")), None)]
        elif rows := _fields(before, record, names):
            yield record, rows


def _fields(before: Any, record: Any, names: "Names") -> list[Change]:
    tracked = [one for one in record.tracked_fields if one.name not in UNSAID]
    said = [(one, names.said(one, before), names.said(one, record)) for one in tracked]
    return [(_label(one), was, now) for one, was, now in said if was != now]


def _label(one: models.Field) -> str:
    words = _("login") if one.name == "user" else str(one.verbose_name)
    return words[:1].upper() + words[1:]


def _summed(records: models.QuerySet, label: str, say) -> Iterable[tuple[Any, list[Change]]]:
    """A row that is told in one sentence: was and now."""
    for before, record in _pairs(records):
        was = say(before) if before is not None else None
        now = None if record.history_type == "-" else say(record)
        if was != now:
            yield record, [(label, was, now)]


class Names:
    """What numbers in old records stand for; each is looked up once, and also found when its row is gone."""

    def __init__(self, home: int | None = None) -> None:
        self.home = home  # the role whose history is read
        self.known: dict[type[models.Model], dict[int, str]] = {}

    def said(self, one: models.Field, record: Any) -> Any:
        """The value of a field as a person reads it; nothing for no record."""
        if record is None:
            return None
        value = getattr(record, one.attname)
        if one.is_relation:
            return self.name(one.related_model, value)
        if one.choices:
            return str(dict(one.flatchoices).get(value, value)) if value != "" else None
        return _readable(value)

    def name(self, model: type[models.Model], pk: int | None) -> str | None:
        """The present name of a row; of one that is gone, its last."""
        if pk is None:
            return None
        if model not in self.known:
            self.known[model] = {}
        if pk not in self.known[model]:
            self.known[model][pk] = _name_of(model, pk)
        return self.known[model][pk]

    def duty(self, record: Any) -> str:
        """A responsibility; with the role it belongs to when that is another one."""
        if self.home is None or record.role_id == self.home:
            return record.text
        return _("%(text)s (with %(role)s)") % {"text": record.text, "role": self.name(Role, record.role_id)}

    def authority(self, record: Any) -> str:
        """An authority with its limit."""
        return f"{record.text} ({record.limit})" if record.limit else record.text

    def part(self, record: Any) -> str:
        """Which role does what."""
        return f"{self.name(Role, record.role_id)}: {record.does}"

    def link(self, record: Any) -> str:
        """Which authority serves which responsibility."""
        return f"{self.name(Authority, record.authority_id)} → {self.name(Responsibility, record.responsibility_id)}"

    def seat(self, record: Any) -> str:
        """Who is what from when to when, and how far it has got."""
        words = {
            "person": self.name(Person, record.person_id),
            "seat": record.get_seat_display(),
            "role": self.name(Role, record.role_id),
            "start": record.starts_on.isoformat(),
            "end": record.ends_on.isoformat() if record.ends_on else "",
            "state": record.get_state_display(),
        }
        if record.ends_on:
            return _("%(person)s as %(seat)s of %(role)s from %(start)s to %(end)s: %(state)s") % words
        return _("%(person)s as %(seat)s of %(role)s from %(start)s, no end: %(state)s") % words


def _readable(value: Any) -> Any:
    """Nothing for an empty text; the lines of a text of several lines."""
    if isinstance(value, list):
        return ", ".join(value) or None
    if isinstance(value, str):
        return value.splitlines() if "\n" in value else value or None
    return value


def _name_of(model: type[models.Model], pk: int) -> str:
    row = model._default_manager.filter(pk=pk).first()
    if row is not None:
        return str(row)
    last = model.history.filter(id=pk).first() if hasattr(model, "history") else None
    return str(last.instance) if last is not None else f"#{pk}"
