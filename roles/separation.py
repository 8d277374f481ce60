"""Who unites what should be kept apart: pure functions over holdings, duties and rules (coverage A5; design rule 8).

Nothing here reads a clock or a database. Two holdings conflict only on days that both terms share."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from roles.duties import Duty
from roles.holdings import Holding

EVER, OPEN_END = date.min, date.max


@dataclass(frozen=True)
class Apart:
    """One rule: these two roles, or these two kinds of duty, are not united in one person."""

    rule: int
    a: int
    b: int
    by_role: bool
    blocks: bool
    why: str
    words: str


@dataclass(frozen=True)
class Leave:
    """An approved exception: who may unite what one rule keeps apart, from its first to its last day."""

    person: int
    rule: int
    first: date
    last: date
    pk: int = 0


@dataclass(frozen=True)
class Conflict:
    """One person unites, on these days (None: open), what a rule keeps apart; the holdings stand in the order of their keys."""

    rule: Apart
    one: Holding
    other: Holding
    first: date | None
    last: date | None

    @property
    def person(self) -> int:
        return self.one.person

    def on(self, day: date) -> bool:
        """Whether it stands on this day."""
        return (self.first or EVER) <= day <= (self.last or OPEN_END)


def conflicts(holdings: Iterable[Holding], duties: Iterable[Duty], rules: Collection[Apart]) -> list[Conflict]:
    """Every conflict among these holdings, each person judged over all that they hold; the order of what is given is nothing.

    What one role unites by itself is a fault of the role, not of whoever holds it: `united` finds that."""
    carried = _by_role(duties)
    held = defaultdict(set)
    for holding in holdings:
        if holding.role is not None:
            held[holding.person].add(holding)
    found = {conflict for own in held.values() for rule in rules for conflict in _of(rule, own, carried)}
    return sorted(found, key=lambda c: (c.person, c.rule.rule, _key(c.one), _key(c.other)))


def united(duties: Iterable[Duty], rules: Iterable[Apart]) -> list[tuple[int, Apart]]:
    """(role, rule) where one role by itself carries both duties that a rule keeps apart."""
    carried = {role: {duty.tag for duty in rows} for role, rows in _by_role(duties).items()}
    return [
        (role, rule)
        for role, tags in sorted(carried.items())
        for rule in rules
        if not rule.by_role and {rule.a, rule.b} <= tags
    ]


def colliding_roles(
    roles: Iterable[int], duties: Iterable[Duty], rules: Collection[Apart]
) -> dict[frozenset[int], list[Apart]]:
    """Which pairs of roles one person cannot hold together, and by which rules (the picture of roles × roles)."""
    wanted, carried = set(roles), _by_role(duties)
    found: dict[frozenset[int], list[Apart]] = defaultdict(list)
    for rule in rules:
        one, other = ({rule.a}, {rule.b}) if rule.by_role else (_with(rule.a, carried), _with(rule.b, carried))
        for pair in {frozenset((a, b)) for a in one & wanted for b in other & wanted if a != b}:
            found[pair].append(rule)
    return dict(found)


def first_uncovered(conflict: Conflict, leaves: Iterable[Leave], today: date) -> date | None:
    """The first day from today on (or of the conflict, if all of it is past) that no exception covers; None: each day is covered."""
    day, last = conflict.first or EVER, conflict.last or OPEN_END
    day = max(day, today) if last >= today else day
    for leave in sorted(_fitting(conflict, leaves), key=lambda one: one.first):
        if leave.first <= day <= leave.last:
            if leave.last >= last or leave.last == OPEN_END:
                return None
            day = leave.last + timedelta(days=1)
    return day if day <= last else None


def is_covered(conflict: Conflict, leaves: Iterable[Leave], today: date) -> bool:
    """Whether an exception covers the first day that counts. When it ends while the conflict goes on, a finding says so."""
    starts = max(conflict.first or EVER, today) if (conflict.last or OPEN_END) >= today else conflict.first or EVER
    return first_uncovered(conflict, leaves, today) != starts


def _fitting(conflict: Conflict, leaves: Iterable[Leave]) -> list[Leave]:
    return [one for one in leaves if one.person == conflict.person and one.rule == conflict.rule.rule]


def _of(rule: Apart, own: set[Holding], carried: dict[int, list[Duty]]) -> Iterator[Conflict]:
    ones = [held for held in own if _is(rule.a, rule, held, carried)]
    others = [held for held in own if _is(rule.b, rule, held, carried)]
    for one in ones:
        for other in others:
            if one.role != other.role and (days := _shared(one, other)):
                first, second = sorted((one, other), key=_key)
                yield Conflict(rule, first, second, *days)


def _is(side: int, rule: Apart, held: Holding, carried: dict[int, list[Duty]]) -> bool:
    """Whether this holding is on this side of the rule: the role itself, or a duty that comes with what is held of it."""
    if rule.by_role:
        return held.role == side
    return any(duty.tag == side and _comes_with(duty, held) for duty in carried.get(held.role, ()))


def _comes_with(duty: Duty, held: Holding) -> bool:
    """Who was given named responsibilities has their duties only; who holds the role has all of them."""
    return held.responsibilities is None or duty.responsibility in held.responsibilities


def _shared(one: Holding, other: Holding) -> tuple[date | None, date | None] | None:
    """The first and last day that both terms have in common."""
    first = max(one.starts_on or EVER, other.starts_on or EVER)
    last = min(one.ends_on or OPEN_END, other.ends_on or OPEN_END)
    if first > last:
        return None
    return (None if first == EVER else first), (None if last == OPEN_END else last)


def _by_role(duties: Iterable[Duty]) -> dict[int, list[Duty]]:
    found: dict[int, list[Duty]] = defaultdict(list)
    for duty in duties:
        found[duty.role].append(duty)
    return found


def _with(tag: int, carried: dict[int, list[Duty]]) -> set[int]:
    return {role for role, rows in carried.items() if any(duty.tag == tag for duty in rows)}


def _key(held: Holding) -> tuple:
    return (held.kind, held.pk, held.how, held.role or 0, held.starts_on or EVER, held.ends_on or OPEN_END, held.label)
