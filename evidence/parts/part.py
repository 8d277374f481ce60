"""One part of the document: what it freezes, where it is printed, how two versions of it differ."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


def _no_rows(value: Any, snapshot: Any) -> dict[str, Any]:
    return {}


def _no_changes(was: Any, now: Any) -> Iterable[dict[str, Any]]:
    return ()


@dataclass(frozen=True)
class Part:
    """`read(day)` gives plain JSON values for the snapshot, in a fixed number of queries.

    It is printed by `evidence/document/<key>.html` after the section `after`; `after` empty: other sections print it (role profiles).
    `rows(value, snapshot)` works out what that template cannot. `changes(was, now)` yields rows as in
    evidence.changes; either may be None."""

    key: str
    read: Callable[[date], Any]
    after: str = ""
    title: Any = ""
    lead: Any = ""
    css: str = ""
    rows: Callable[[Any, Any], dict[str, Any]] = _no_rows
    changes: Callable[[Any, Any], Iterable[dict[str, Any]]] = _no_changes
