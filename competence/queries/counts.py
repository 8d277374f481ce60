"""Counts for those who see no names: none below five, and none from which one below five could be worked out (rule 15)."""

from dataclasses import dataclass
from datetime import date

from competence import gaps as pure
from competence.queries import picture
from ismsroles.core import scope

FEWEST = 5


@dataclass(frozen=True)
class Counts:
    """How many people are in roles with requirements, and how many of them meet every must; None: too few to say."""

    people: int
    with_gaps: int
    gaps: int
    without_plan: int

    @property
    def may_be_told(self) -> bool:
        """Whether neither part of the whole is smaller than five."""
        return _large(self.with_gaps) and _large(self.people - self.with_gaps) and self.people >= FEWEST


def _large(number: int) -> bool:
    return number == 0 or number >= FEWEST


def told(number: int) -> int | None:
    """A count that may be told, or None."""
    return number if number >= FEWEST else None


def must_gaps(on: date) -> list[pure.Verdict]:
    """What is missing of what roles must have, each (person, skill) once; worked out once for a request."""
    return scope.remember(("must gaps", on), lambda: _must_gaps(on))


def _must_gaps(on: date) -> list[pure.Verdict]:
    found = pure.worst(one for one in picture.verdicts(on) if one.need.must)
    return [one for one in found.values() if one.is_gap]


def counts(on: date, plans: set[tuple[int, int]]) -> Counts:
    """The whole organisation in four numbers; `plans` are (person, skill) with training that is still to come."""
    found = pure.worst(one for one in picture.verdicts(on) if one.need.must)
    missing = [at for at, one in found.items() if one.is_gap]
    return Counts(
        people=len({person for person, _skill in found}),
        with_gaps=len({person for person, _skill in missing}),
        gaps=len(missing),
        without_plan=len([at for at in missing if at not in plans]),
    )
