"""What would be uncovered if somebody left (A9): worked out from the register as it is today, before it happens."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from roles.holdings import Holding, holdings
from roles.models import Assignment, Person
from roles.queries.assignments import who_may_decide
from roles.queries.held import HeldRole, held_roles
from roles.terms import in_words


@dataclass(frozen=True)
class Gap:
    """One thing that would be uncovered, who would step in, and where it can be mended beforehand."""

    severity: str  # stop, warn or note
    sentence: str
    url: str = ""
    action: str = ""
    detail: str = ""
    stands_in: tuple[str, ...] = ()


@dataclass
class WhatIf:
    """What one person's leaving would do."""

    person: Person
    day: date
    gaps: list[Gap] = field(default_factory=list)
    held: list[Holding] = field(default_factory=list)

    @property
    def others(self) -> list[Holding]:
        """What is held beside roles: delegations, ownership, signatures …"""
        return [one for one in self.held if one.kind != "assignment"]

    @property
    def is_covered(self) -> bool:
        """Whether nothing would be left open."""
        return not any(gap.severity in ("stop", "warn") for gap in self.gaps)


ORDER = {"stop": 0, "warn": 1, "note": 2}


def what_if_leaves(person: Person, day: date) -> WhatIf:
    """What would be uncovered if this person left; the number of queries does not depend on how much they hold."""
    found = WhatIf(person, day, held=[one for one in holdings([person.pk], day, None) if one.person == person.pk])
    for held in held_roles(day):
        found.gaps += _of_role(held, person)
    found.gaps += [*_persona(person, day), *_decisions(person), *_reports(person, day), *_others(found)]
    found.gaps.sort(key=lambda gap: (ORDER[gap.severity], gap.sentence))
    return found


def _of_role(held: HeldRole, person: Person) -> Iterator[Gap]:
    """A role without its holder, or without its deputy; each area for itself where it is held once in each."""
    for unit in units(held):
        yield from _of_unit(unit, person)


@dataclass
class Unit:
    """A role, or the part of it that is held for one area."""

    held: HeldRole
    label: str
    area: int | None
    holders: list[Assignment] = field(default_factory=list)
    deputies: list[Assignment] = field(default_factory=list)
    members: list[Assignment] = field(default_factory=list)  # of the team whose lead is the holder

    @property
    def rests_on_one(self) -> bool:
        return len(self.holders) == 1 and not self.deputies and not self.members


def units(held: HeldRole) -> list[Unit]:
    """A role by the areas that it is held for; one unit when it is held for one area, or for none."""
    found: dict[int | None, Unit] = {}
    seats = [*held.holders, *held.deputies, *held.members]
    several = len({seat.area_id for seat in seats}) > 1
    for seat in seats:
        label = f"{held.role} ({seat.area})" if several and seat.area_id else str(held.role)
        unit = found.setdefault(seat.area_id, Unit(held, label, seat.area_id))
        {"primary": unit.holders, "member": unit.members}.get(seat.seat, unit.deputies).append(seat)
    return list(found.values())


def _of_unit(unit: Unit, person: Person) -> Iterator[Gap]:
    words = {"role": unit.label, "person": person}
    url, action = unit.held.role.get_absolute_url(), _("Propose a successor")
    holders, deputies = _without(unit.holders, person), _without(unit.deputies, person)
    names = tuple(str(a.person) for a in deputies)
    if _sits(unit.holders, person) and not holders:
        if follows := _follows(unit, person):
            words |= {"next": follows.person, "day": in_words(follows.starts_on)}
            yield Gap("note", _("%(role)s: %(next)s follows from %(day)s.") % words, url, _("Open the role"))
        elif others := _without(unit.members, person):
            words |= {"team": others[0].team, "names": ", ".join(str(a.person) for a in others[:5])}
            sentence = _("%(team)s would hold %(role)s without a lead: %(names)s.") % words
            yield Gap("warn", sentence, others[0].team.get_absolute_url(), _("Name another lead"), stands_in=names)
        elif names:
            words["names"] = ", ".join(names)
            sentence = _("%(role)s would be vacant; %(names)s would stand in.") % words
            yield Gap("warn", sentence, url, action, stands_in=names)
        else:
            sentence = _("%(role)s would be vacant, and nobody would stand in.") % words
            yield Gap("stop", sentence, url, action)
    elif _sits(unit.members, person) and not _without(unit.members, person):
        words["team"] = unit.members[0].team
        yield Gap("warn", _("%(team)s would have nobody but its lead for %(role)s.") % words, url, _("Open the role"))
    elif _sits(unit.holders, person) and len(holders) == 1 and not deputies:
        words["other"] = holders[0].person
        yield Gap("warn", _("%(role)s would rest on %(other)s alone.") % words, url, action)
    if _sits(unit.deputies, person) and not deputies:
        yield Gap("warn", _("%(role)s would have no deputy.") % words, url, _("Propose a deputy"))


def _without(seats: list[Assignment], person: Person) -> list[Assignment]:
    return [seat for seat in seats if seat.person_id != person.pk]


def _sits(seats: list[Assignment], person: Person) -> bool:
    return any(seat.person_id == person.pk for seat in seats)


def _follows(unit: Unit, person: Person) -> Assignment | None:
    """Who is approved to hold it later."""
    seats = [a for a in unit.held.seats if a.state == "approved" and a.seat == "primary" and a.area_id == unit.area]
    coming = [a for a in seats if a.starts_on > unit.held.day]
    return min(_without(coming, person), key=lambda a: a.starts_on, default=None)


def _persona(person: Person, day: date) -> Iterator[Gap]:
    """The only one who approves, the only one who keeps the register."""
    kept = {"top_management": _("Nobody else approves and signs."), "ism": _("Nobody else keeps this register.")}
    for persona, sentence in kept.items():
        roles = [held for held in held_roles(day) if held.role.persona == persona]
        holders = {a.person_id for held in roles for a in held.holders}
        if holders == {person.pk}:
            yield Gap("stop", sentence, roles[0].role.get_absolute_url(), _("Name another one"))


def _decisions(person: Person) -> Iterator[Gap]:
    """Proposals that only this person may decide."""
    pending = Assignment.objects.pending().select_related("role", "person", "proposed_by").order_by("pk")
    stuck = [a for a in pending if [one.pk for one in who_may_decide(a)] == [person.pk]]
    for assignment in stuck:
        words = {"person": assignment.person, "role": assignment.role}
        sentence = _("Nobody else may decide on %(person)s for %(role)s.") % words
        yield Gap("stop", sentence, assignment.get_absolute_url(), _("Open the proposal"))


def _reports(person: Person, day: date) -> Iterator[Gap]:
    count = Person.objects.current(day).filter(manager=person).count()
    if count:
        words = {"count": count, "person": person}
        sentence = ngettext(
            "%(count)d person would have no line manager.", "%(count)d people would have no line manager.", count
        )
        yield Gap("note", sentence % words, person.get_absolute_url(), _("Open the person"))


def _others(found: WhatIf) -> Iterator[Gap]:
    """Everything else that is held, as its own app says it: each needs somebody else."""
    for one in found.others:
        yield Gap("warn", _("Needs somebody else: %(what)s.") % {"what": one.label}, one.url, _("Open it"))


# Single points of failure -----------------------------------------------------------------------------------------------------

MANY_ROLES = 5


@dataclass
class Load:
    """What rests on one person: what they hold, and what of it nobody else could take up."""

    person: Person
    roles: list[HeldRole] = field(default_factory=list)
    alone: list[Unit] = field(default_factory=list)


def single_roles(day: date) -> list[Unit]:
    """Roles, each area for itself, with one holder and no deputy (A9)."""
    held = [one for one in held_roles(day) if one.role.kind != "everyone"]
    return [unit for one in held for unit in units(one) if unit.rests_on_one]


def loads(day: date) -> list[Load]:
    """Everybody who holds a role, whoever has most that nobody else could take up first."""
    found: dict[int, Load] = {}
    for held in held_roles(day):
        for unit in units(held):
            for seat in unit.holders:
                load = found.setdefault(seat.person_id, Load(seat.person))
                load.roles += [] if held in load.roles else [held]
                load.alone += [unit] if unit.rests_on_one else []
    return sorted(found.values(), key=lambda load: (-len(load.alone), -len(load.roles), load.person.name_key))
