"""The lists as a page shows them: each item with its evidence and its gaps (D4)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from evidence.models import Remark
from evidence.workspace.items import LISTINGS, Item, Listing, gaps, items
from evidence.workspace.live import Evidence, live
from ismsroles.core.findings import Finding


@dataclass(frozen=True)
class Row:
    """One item today."""

    item: Item
    evidence: list[Evidence]
    gaps: list[Finding]
    waiting: int = 0  # requests without an answer

    @property
    def worst(self) -> str:
        """stop, warn or note of its worst gap; empty when nothing is missing."""
        return next((level for level in ("stop", "warn", "note") if any(g.severity == level for g in self.gaps)), "")


def checklist(day: date, found: list[Finding], remarks: Iterable[Remark] = ()) -> list[tuple[Listing, list[Row]]]:
    """Every list, item by item."""
    there = live(day)
    waiting = Counter(one.item for one in remarks if one.kind == "request" and not one.answer)
    return [(listing, [_row(item, there, found, waiting[item.key]) for item in listing.items]) for listing in LISTINGS]


def one_item(key: str, day: date, found: list[Finding]) -> Row | None:
    """One of them by its key."""
    item = items().get(key)
    return _row(item, live(day), found) if item else None


def _row(item: Item, there: dict[str, Evidence], found: list[Finding], waiting: int = 0) -> Row:
    return Row(item, [there[key] for key in item.evidence], gaps(item, found), waiting)
