"""A list of everybody: who is missing from it may have left. Proposed one by one, never taken out by itself (A6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from ismsroles.core import dates
from ismsroles.core.errors import Invalid
from roles.imports.register import what_ends
from roles.models import Assignment, Person

CHANGES, FULL = "changes", "full"
KEY = "leaves:"
FEW, SHARE = 2, 0.10  # more than a tenth of everybody, and more than two people, is asked about twice


@dataclass
class Leaver:
    """Somebody whom a full list does not name, and of whom a person said that they leave."""

    person: Person
    last_day: date
    ends: list[Assignment] = field(default_factory=list)


def chosen(absent: list[Person], decisions: Mapping[str, str]) -> list[Leaver]:
    """The missing people that were ticked, each with the last day that was written and what ends with it."""
    days = {person.pk: _day(decisions.get(f"{KEY}{person.pk}", "")) for person in absent}
    ticked = {person.pk: day for person in absent if (day := days[person.pk]) and not why_not(person, day)}
    ends = what_ends(ticked)
    return [Leaver(p, ticked[p.pk], ends.get(p.pk, [])) for p in absent if p.pk in ticked]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def why_not(person: Person, day: date) -> str:
    """Why this cannot be the last day of this person; empty when it can."""
    if not dates.FIRST_YEAR <= day.year <= dates.LAST_YEAR:
        return _("%(person)s: nobody means the year %(year)s.") % {"person": person, "year": day.year}
    if person.starts_on and day < person.starts_on:
        return _("%(person)s: the last day is before the first day.") % {"person": person}
    return ""


def answers(ticks: Mapping[int, str], asked: Iterable[int], absent: list[Person]) -> tuple[dict[str, str], list[str]]:
    """Decisions for the people who were asked about, and what is wrong with the answers. `ticks`: person → last day as typed."""
    said, wrong = {f"{KEY}{pk}": "" for pk in asked}, []
    for person in absent:
        if person.pk not in ticks or f"{KEY}{person.pk}" not in said:
            continue
        try:
            day = dates.parse(ticks[person.pk]) if ticks[person.pk].strip() else None
        except Invalid as invalid:
            wrong.append(f"{person}: {invalid.message}")
            continue
        fault = _("%(person)s: write the last day.") % {"person": person} if day is None else why_not(person, day)
        if fault:
            wrong.append(fault)
        else:
            said[f"{KEY}{person.pk}"] = day.isoformat()
    return said, wrong


def needs_confirmation(leaving: int, current: int) -> bool:
    """More than a tenth of everybody in one list is more often a wrong file than a bad month (A6)."""
    return leaving > FEW and leaving > SHARE * current


def refuse_unconfirmed(leaving: int, current: int, confirmed: int | None) -> None:
    """So many leavers need their number typed by whoever takes the list in."""
    if needs_confirmation(leaving, current) and confirmed != leaving:
        words = {"leaving": leaving, "current": current}
        sentence = _(
            "%(leaving)d of %(current)d people would leave with this list. Nothing was imported. "
            "If that is right, write the number %(leaving)d."
        )
        raise Invalid(sentence % words, "confirm_leavers")
