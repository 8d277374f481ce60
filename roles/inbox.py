"""What waits for a decision of top management beside proposals: each subject registers its own, the approvals page shows all of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One thing that waits; `why_not` says why this user may not decide it, empty when they may."""

    title: str
    fact: str
    detail: str
    url: str
    days: int
    why_not: str = ""


_lines: list[Callable[[object], Iterable[Line]]] = []
_counts: list[Callable[[object], int | None]] = []


def subject(*, count: Callable[[object], int | None]):
    """The decorated function yields what waits and this user may see; `count` says how many are theirs to decide, cheaply."""

    def register(lines: Callable[[object], Iterable[Line]]):
        _lines.append(lines)
        _counts.append(count)
        return lines

    return register


def lines(user) -> list[Line]:
    """Everything that waits and this user may see, oldest first."""
    return sorted((line for each in _lines for line in each(user)), key=lambda line: -line.days)


def count(user) -> int:
    """How many of these are this user's to decide."""
    return sum(each(user) or 0 for each in _counts)
