"""How a tidy tree is cut into sheets that fit a page.

Everything is in millimetres. Nothing is ever left out or cut off: what doesn't fit goes on on another sheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ismsroles.core.tidytree import Forest, Key, Place, forest, tidy, walk

__all__ = ["Forest", "Key", "Place", "Seed", "Sheet", "cut", "forest", "goes_on", "laid_out", "walk"]

GAP = 1.2  # between two boxes of one column
APART = 4.0  # between two trees on one sheet


class Seed(NamedTuple):
    """Where a sheet begins: a key and those of its children that the sheet shows."""

    key: Key
    children: tuple[Key, ...]


@dataclass
class Sheet:
    """What one page shows: trees (each from its seed), who was opened further, who goes on elsewhere."""

    seeds: list[Seed]
    opened: dict[Key, tuple[Key, ...]] = field(default_factory=dict)

    def below(self, key: Key) -> tuple[Key, ...]:
        return self.opened.get(key, ())


Height = Callable[[Key, bool], float]  # of a box; the flag says that it goes on elsewhere


def laid_out(sheet: Sheet, full: Mapping[Key, list[Key]], height: Height) -> tuple[dict[Key, Place], float]:
    """Where each box of a sheet stands, and how tall the sheet is."""

    def tall(key):
        return height(key, goes_on(sheet, key, full))

    places: dict[Key, Place] = {}
    end = -APART
    for seed in sheet.seeds:
        sub, outline = tidy(seed.key, sheet.below, tall, gap=GAP)
        shift = end + APART - min(top for top, _ in outline.values())
        places |= {key: (depth, y + shift) for key, (depth, y) in sub.items()}
        end = shift + max(bottom for _, bottom in outline.values())
    return places, max(end, 0.0)


def goes_on(sheet: Sheet, key: Key, full: Mapping[Key, list[Key]]) -> bool:
    """Whether a box has inferiors that this sheet doesn't show."""
    return bool(full.get(key)) and not sheet.below(key)


def cut(trees: Forest, height: Height, *, levels: int, first: float, other: float) -> list[Sheet]:
    """Sheets that show every key: the top as far down as it fits, then each branch that goes on, several to a sheet."""
    waiting = [Seed(root, tuple(trees.children.get(root, ()))) for root in trees.roots]
    sheets: list[Sheet] = []
    while waiting:
        sheet, room = Sheet([]), other if sheets else first

        def fits(sheet=sheet, room=room):
            places, total = laid_out(sheet, trees.children, height)
            return total <= room and max(depth for depth, _ in places.values()) < levels

        waiting = _fill_with_seeds(sheet, waiting, fits)
        _open_further(sheet, trees.children, fits)
        shown, _ = laid_out(sheet, trees.children, height)
        later = [Seed(key, tuple(trees.children[key])) for key in shown if goes_on(sheet, key, trees.children)]
        waiting = _in_order(later, trees) + waiting
        sheets.append(sheet)
    return sheets


def _in_order(seeds: list[Seed], trees: Forest) -> list[Seed]:
    order = {key: n for n, key in enumerate(walk(trees))}
    return sorted(seeds, key=lambda seed: order[seed.key])


def _fill_with_seeds(sheet: Sheet, waiting: list[Seed], fits: Callable[[], bool]) -> list[Seed]:
    """Put as many seeds on the sheet as fit. One with too many children is divided; it never stays behind empty-handed."""
    for n, seed in enumerate(waiting):
        _add(sheet, seed)
        if fits():
            continue
        if n:
            sheet.seeds.pop()
            sheet.opened.pop(seed.key, None)
            return waiting[n:]
        return _divide(sheet, seed, fits) + waiting[1:]
    return []


def _add(sheet: Sheet, seed: Seed) -> None:
    sheet.seeds.append(seed)
    if seed.children:
        sheet.opened[seed.key] = seed.children


def _divide(sheet: Sheet, seed: Seed, fits: Callable[[], bool]) -> list[Seed]:
    many = len(seed.children)
    while many > 1:
        many -= 1
        sheet.seeds, sheet.opened = [], {}
        _add(sheet, Seed(seed.key, seed.children[:many]))
        if fits():
            break
    rest = seed.children[many:]
    return [Seed(seed.key, rest)] if rest else []


def _open_further(sheet: Sheet, full: Mapping[Key, list[Key]], fits: Callable[[], bool]) -> None:
    """Open boxes from the top down while the sheet has room; a divided branch stays at its one level."""
    queue = [child for seed in sheet.seeds for child in seed.children]
    while queue:
        key = queue.pop(0)
        if key in full:
            sheet.opened[key] = tuple(full[key])
            if fits():
                queue += full[key]
            else:
                del sheet.opened[key]
