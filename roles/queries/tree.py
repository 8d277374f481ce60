"""Areas in the order of a tree: each followed by its parts."""

from collections import defaultdict
from collections.abc import Iterable

from roles.models import Area


def as_tree(areas: Iterable[Area]) -> list[Area]:
    """The areas with their `depth`, each right after the one it is part of."""
    parts: dict[int | None, list[Area]] = defaultdict(list)
    rows = list(areas)
    present = {area.pk for area in rows}
    for area in rows:
        parts[area.parent_id if area.parent_id in present else None].append(area)
    return list(_below(None, parts, 0))


def _below(parent: int | None, parts: dict[int | None, list[Area]], depth: int) -> Iterable[Area]:
    for area in parts[parent]:
        area.depth = depth
        yield area
        yield from _below(area.pk, parts, depth + 1)
