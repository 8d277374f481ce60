"""One thing that happens in the demo organisation's past."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One thing that happens on a day; steps of one day follow their order."""

    day: int
    order: int
    do: Callable[[], object]
