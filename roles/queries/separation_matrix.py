"""The picture of roles × roles: which two one person does not hold together, by which rule, and who does (A5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from roles.duties import duties
from roles.models import Role
from roles.queries.separation import rules_in_force, standing
from roles.separation import Apart, colliding_roles

AT_MOST = 100  # more columns than this no screen shows; the list below has all of them


@dataclass(frozen=True)
class Cell:
    """Where two roles meet: the strictest rule between them, and how many people unite them."""

    rule: Apart | None
    more: int = 0
    united: int = 0
    itself: bool = False


@dataclass(frozen=True)
class Line:
    """One role with its cells, in the order of the columns."""

    role: Role
    cells: list[Cell]


@dataclass(frozen=True)
class Pair:
    """The same in words: two roles and every rule between them."""

    one: Role
    other: Role
    rules: list[Apart]
    united: int


def matrix(roles: Iterable[Role], day: date, *, every: bool) -> dict[str, object]:
    """Lines and pairs; without `every`, only roles that some rule keeps apart from another."""
    known = {role.pk: role for role in roles}
    found = colliding_roles(known, duties(), rules_in_force())
    united = _united(day)
    touched = {pk for pair in found for pk in pair}
    shown = [role for pk, role in known.items() if every or pk in touched]
    columns = shown[:AT_MOST]
    return {
        "columns": columns,
        "lines": [Line(role, [_cell(role.pk, other.pk, found, united) for other in columns]) for role in columns],
        "pairs": _pairs(found, known, united),
        "cut": len(shown) - len(columns),
        "untouched": [role for pk, role in known.items() if pk not in touched],
        "every": every,
    }


def _united(day: date) -> dict[frozenset[int], int]:
    """How many people unite each pair of roles."""
    found: dict[frozenset[int], set[int]] = {}
    for person, conflict in standing(day):
        found.setdefault(frozenset((conflict.one.role, conflict.other.role)), set()).add(person.pk)
    return {pair: len(people) for pair, people in found.items()}


def _cell(one: int, other: int, found: dict, united: dict) -> Cell:
    if one == other:
        return Cell(None, itself=True)
    pair = frozenset((one, other))
    rules = _strictest_first(found.get(pair, []))
    return Cell(rules[0], len(rules) - 1, united.get(pair, 0)) if rules else Cell(None)


def _pairs(found: dict, known: dict[int, Role], united: dict) -> list[Pair]:
    rows = []
    for pair, rules in found.items():
        one, other = sorted((known[pk] for pk in pair), key=_by_title)
        rows.append(Pair(one, other, _strictest_first(rules), united.get(pair, 0)))
    return sorted(rows, key=lambda row: (_by_title(row.one), _by_title(row.other)))


def _by_title(role: Role) -> tuple[str, int]:
    return role.title.casefold(), role.pk


def _strictest_first(rules: list[Apart]) -> list[Apart]:
    return sorted(rules, key=lambda rule: (not rule.blocks, rule.rule))
