"""A tidy tree from left to right (Reingold and Tilford): where each box stands. Pages and documents draw over it.

Knows nothing of what the boxes say. Works for a chain of any length: nothing here calls itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

Key = int | str
Place = tuple[int, float]  # column, middle
Outline = dict[int, tuple[float, float]]  # column → (top, bottom)
Below = Callable[[Key], Sequence[Key]]


class Forest(NamedTuple):
    """Roots and children in the order given. A circle of superiors is cut at its first member, so that nobody is lost."""

    roots: list[Key]
    children: dict[Key, list[Key]]


def forest(parents: Mapping[Key, Key | None]) -> Forest:
    """The trees of a mapping from each key to its superior; an unknown superior counts as none."""
    known = {key: parent if parent in parents and parent != key else None for key, parent in parents.items()}
    safe: set[Key] = set()
    for key in known:
        path, above = {key: None}, known[key]
        while above is not None and above not in path and above not in safe:
            path[above] = None
            above = known[above]
        if above is not None and above in path:
            known[_first_of_circle(known, above)] = None
        safe.update(path)
    children: dict[Key, list[Key]] = {}
    for key, parent in known.items():
        if parent is not None:
            children.setdefault(parent, []).append(key)
    return Forest([key for key, parent in known.items() if parent is None], children)


def _first_of_circle(above: Mapping[Key, Key | None], member: Key) -> Key:
    """The member of a circle that was given first."""
    circle, one = {member}, above[member]
    while one != member:
        circle.add(one)
        one = above[one]
    return next(key for key in above if key in circle)


def walk(trees: Forest) -> Iterable[Key]:
    """Every key, a superior before its inferiors."""
    stack = list(reversed(trees.roots))
    while stack:
        key = stack.pop()
        yield key
        stack += reversed(trees.children.get(key, ()))


def tidy(
    root: Key, below: Below, height: Callable[[Key], float], *, gap: float, depth: int = 0
) -> tuple[dict[Key, Place], Outline]:
    """Places of a tree and its outline.

    Each subtree is laid out alone, then moved down just enough to clear its elder siblings in every column."""
    levels = _levels(root, below, depth)
    middles: dict[Key, float] = {}
    moves: dict[Key, float] = {root: 0.0}
    outlines: dict[Key, Outline] = {}
    for key in reversed(levels):
        outline: Outline = {}
        children = below(key)
        for child in children:
            moves[child] = _placed_below(outline, outlines.pop(child), gap)
        ends = [middles[child] + moves[child] for child in (*children[:1], *children[-1:])]
        middles[key], half = sum(ends) / 2 if ends else 0.0, height(key) / 2
        outline[levels[key]] = (middles[key] - half, middles[key] + half)
        outlines[key] = outline
    for key in levels:  # a superior comes first: what moved it moves all below it
        for child in below(key):
            moves[child] += moves[key]
    return {key: (level, middles[key] + moves[key]) for key, level in levels.items()}, outlines[root]


def _levels(root: Key, below: Below, depth: int) -> dict[Key, int]:
    """Each key with its column, superiors first."""
    levels: dict[Key, int] = {}
    stack = [(root, depth)]
    while stack:
        key, level = stack.pop()
        levels[key] = level
        stack += [(child, level + 1) for child in below(key)]
    return levels


def _placed_below(outline: Outline, edge: Outline, gap: float) -> float:
    """Adds a subtree to the outline of its elder siblings; returns by how much it has to move down."""
    if not outline:
        outline.update(edge)
        return 0.0
    move = max(outline[column][1] + gap - top for column, (top, _bottom) in edge.items() if column in outline)
    for column, (top, bottom) in edge.items():
        outline[column] = (outline[column][0] if column in outline else top + move, bottom + move)
    return move
