"""The daily sweep: what is due and not yet done, at whatever moment it runs, however often and by however many (design §6)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ismsroles.core import clock, scope
from reviews import opening, reviewable, reviewers
from reviews.models import Review

_more: list[Callable[[], int]] = []


def also(function: Callable[[], int]) -> Callable[[], int]:
    """The decorated function does one more thing that is due and not yet done, and says how much it did."""
    _more.append(function)
    return function


@dataclass(frozen=True)
class Ran:
    """What one run did."""

    opened: int
    more: dict[str, int]
    late: int  # overdue, or without anybody who may do it


def run_due(now: datetime | None = None) -> Ran:
    """Open every review that is due, and do all that has come due beside it. `now`: as if it were that moment."""
    with clock.at(now or clock.now()), scope.opened():
        found = reviewers.offices(clock.today())
        opened = sum(opening.open_due(kind, found) for kind in reviewable.kinds() if kind.periodic)
        more = {each.__name__: each() for each in _more}
        late = Review.objects.live().filter(Q(due_on__lt=clock.today()) | Q(reviewer=None)).count()
        return Ran(opened, more, late)
