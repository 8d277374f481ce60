"""Who reviews what: nobody what is about themself; only people who are here (design rule 4)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reviews.models import Setting
from reviews.reviewable import Kind, People
from roles.models import Assignment, Person


@dataclass
class Offices:
    """Who holds the offices that review, on one day; read once for a sweep."""

    day: date
    ism: list[int] = field(default_factory=list)
    top: list[int] = field(default_factory=list)
    settings: dict[str, Setting] = field(default_factory=dict)
    by_role: dict[int, list[int]] = field(default_factory=dict)

    def of(self, kind: Kind) -> Setting:
        """How this kind is reviewed."""
        return self.settings.get(kind.key) or Setting(kind=kind.key)


def offices(day: date) -> Offices:
    """Two queries, three when a role was named to review."""
    found = Offices(day, settings={row.kind: row for row in Setting.objects.all()})
    named = {role for row in found.settings.values() for role in (row.role_id, row.also_id) if role}
    seats = Assignment.objects.current(day).filter(seat="primary", role__state="active").order_by("area_id", "pk")
    marked = seats.exclude(role__persona="").values_list("role__persona", "person_id", "area_id")
    for persona, person, _area in sorted(marked, key=lambda row: row[2] is not None):  # the whole organisation first
        (found.ism if persona == "ism" else found.top).append(person)
    for role, person in seats.filter(role__in=named).values_list("role_id", "person_id") if named else ():
        found.by_role.setdefault(role, []).append(person)
    return found


def chosen(kind: Kind, rows: Sequence[Any], found: Offices) -> dict[int, int | None]:
    """Who reviews each of these: by the setting, else by the kind's rule, else whoever of the offices it is not about."""
    setting, concerned = found.of(kind), kind.concerned(rows, found.day)
    rule = setting.reviewer or kind.by
    nearest = _present(kind.nearest(rows, found.day), found.day) if rule == "nearest" else {}
    first = {"ism": found.ism, "top_management": found.top, "role": found.by_role.get(setting.role_id, [])}.get(
        rule, []
    )
    return {
        row.pk: next(
            (
                one
                for one in (*nearest.get(row.pk, ()), *first, *found.ism, *found.top)
                if one not in concerned.get(row.pk, ())
            ),
            None,
        )
        for row in rows
    }


def asked(kind: Kind, rows: Sequence[Any], found: Offices, reviewers: dict[int, int | None]) -> People:
    """Who is asked for a view: those whom it concerns, and the role that was set; never the reviewer."""
    setting = found.of(kind)
    own = _present(kind.asked(rows, found.day), found.day) if setting.asks else {}
    also = found.by_role.get(setting.also_id, [])
    people = {row.pk: dict.fromkeys([*own.get(row.pk, ()), *also]) for row in rows}
    return {pk: [one for one in each if one != reviewers.get(pk)] for pk, each in people.items()}


def _present(people: People, day: date) -> People:
    """Only those who are with the organisation."""
    asked_for = {one for each in people.values() for one in each}
    if not asked_for:
        return {}
    here = set(Person.objects.current(day).filter(pk__in=asked_for).order_by().values_list("pk", flat=True))
    return {pk: [one for one in each if one in here] for pk, each in people.items()}
