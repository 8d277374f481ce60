"""When the management review team can decide: a pure function of who came and of its rules (T3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """What must be true of a meeting that decides."""

    percent: int
    senior: bool = True
    chair: bool = True


@dataclass(frozen=True)
class Quorum:
    """What was counted, and what is missing."""

    areas: int  # that have a place at the table, taken or not
    represented: int
    needed: int
    has_senior: bool
    has_chair: bool
    rules: Rules

    @property
    def enough(self) -> bool:
        return self.represented >= self.needed

    @property
    def missing(self) -> tuple[str, ...]:
        """What stands in the way: areas, senior, chair."""
        faults = {
            "areas": not self.enough,
            "senior": self.rules.senior and not self.has_senior,
            "chair": self.rules.chair and not self.has_chair,
        }
        return tuple(name for name, is_missing in faults.items() if is_missing)

    @property
    def is_met(self) -> bool:
        return not self.missing


def quorum(
    areas: Collection[int],
    seats: Mapping[int, int | None],
    came: Mapping[int, int | None],
    rules: Rules,
    *,
    seniors: Collection[int],
    chairs: Collection[int],
) -> Quorum:
    """Counts each area once and each person once.

    `areas` are those that must have a place; `seats` maps a seat to its area (None: the whole organisation), `came` a seat to the
    person who sat in it. An area without a representative counts among those that must be represented, and is not."""
    sat: set[int] = set()
    represented: set[int] = set()
    for seat in sorted(seats):
        person = came.get(seat)
        if person is None or person in sat:
            continue
        sat.add(person)
        if seats[seat] in areas:
            represented.add(seats[seat])
    return Quorum(
        areas=len(set(areas)),
        represented=len(represented),
        needed=-(-len(set(areas)) * rules.percent // 100),
        has_senior=bool(sat & set(seniors)),
        has_chair=bool(sat & set(chairs)),
        rules=rules,
    )
