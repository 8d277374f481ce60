"""Drawings that say something beside the text: the tree of a cover and the mark of a draft."""

from collections.abc import Mapping
from math import atan2, cos, degrees, hypot, pi, sin

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from . import fonts, tree

RADIUS = 76.0


def radial(
    parents: Mapping[tree.Key, tree.Key | None], *, filled: set, trails: Mapping[tree.Key, int], ground: str, quiet: str
) -> str:
    """A tree around its middle: one dot for each member, a ring for one who is missing, and beyond each end its own short trail.

    `filled` are the members drawn as full dots, `trails` how many small dots follow the end of a branch."""
    star = _around_the_middle(tree.forest(parents))
    spots = _polar(star)
    deepest = max(ring for ring, _ in spots.values())
    step = RADIUS * 0.76 / max(deepest, 2)
    dot = min(2.3, max(0.8, 22 / len(spots) ** 0.62))
    rings = "".join(f'<circle cx="0" cy="0" r="{ring * step:.2f}"/>' for ring in range(1, max(deepest, 2) + 1))
    links = "".join(_link(spots[key], spots[child], step) for key, below in star.children.items() for child in below)
    members = [key for key in spots if key is not None]
    full = "".join(_dot(*_xy(spots[key], step), dot) for key in members if key in filled)
    empty = "".join(_dot(*_xy(spots[key], step), dot * 0.86) for key in members if key not in filled)
    small = "".join(
        _trail(spots[key], spots[key][0] * step, dot, trails.get(key, 0)) for key in members if key not in star.children
    )
    box, wide = RADIUS + 6, 2 * (RADIUS + 6)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-box} {-box} {wide} {wide}" width="{wide}mm" height="{wide}mm">'
        f'<g fill="none" stroke="{quiet}" stroke-width=".18">{rings}</g>'
        f'<path d="{links}" fill="none" stroke="#fff" stroke-width=".28"/><path d="{small}" fill="#fff"/>'
        f'<path d="{full}" fill="#fff"/><path d="{empty}" fill="{ground}" stroke="#fff" stroke-width=".45"/></svg>'
    )


def _around_the_middle(trees: tree.Forest) -> tree.Forest:
    """The same links seen from the member whose branches are most alike in size; several trees meet in a middle of their own."""
    beside: dict[tree.Key | None, list] = {key: list(trees.children.get(key, ())) for key in tree.walk(trees)}
    for key, below in trees.children.items():
        for child in below:
            beside[child].append(key)
    if len(trees.roots) != 1:
        beside[None] = list(trees.roots)
        beside |= {root: beside[root] + [None] for root in trees.roots}
    return min((_seen_from(key, beside) for key in beside), key=_heaviest)


def _seen_from(middle: tree.Key | None, beside: Mapping) -> tree.Forest:
    children, above, queue = {}, {middle: middle}, [middle]
    for key in queue:
        below = [other for other in beside[key] if other != above[key]]
        if below:
            children[key] = below
        above |= dict.fromkeys(below, key)
        queue += below
    return tree.Forest([middle], children)


def _heaviest(star: tree.Forest) -> int:
    """The size of the largest branch of the middle."""
    size: dict = {}
    for key in reversed(list(tree.walk(star))):
        size[key] = 1 + sum(size[child] for child in star.children.get(key, ()))
    return max((size[child] for child in star.children.get(star.roots[0], ())), default=0)


def _polar(star: tree.Forest) -> dict[tree.Key | None, tuple[int, float]]:
    """{key: (ring, angle)}: the ends share the circle evenly, everybody else stands between their first and last."""
    order = list(tree.walk(star))
    ends = [key for key in order if key not in star.children]
    angles = {key: n * 2 * pi / len(ends) for n, key in enumerate(ends)}
    rings = {star.roots[0]: 0}
    for key in order:
        rings |= dict.fromkeys(star.children.get(key, ()), rings[key] + 1)
    for key in reversed(order):
        if below := star.children.get(key):
            angles[key] = (angles[below[0]] + angles[below[-1]]) / 2
    return {key: (rings[key], angles[key]) for key in order}


def _trail(spot: tuple[int, float], edge: float, dot: float, many: int) -> str:
    return "".join(
        _dot(*_out(spot, edge + 4.5 + n * max(2.2, dot * 1.6)), max(0.3, dot * 0.34)) for n in range(min(many, 5))
    )


def _out(spot: tuple[int, float], radius: float) -> tuple[float, float]:
    return radius * cos(spot[1] - pi / 2), radius * sin(spot[1] - pi / 2)


def _xy(spot: tuple[int, float], step: float) -> tuple[float, float]:
    return _out(spot, spot[0] * step)


def _link(above: tuple[int, float], below: tuple[int, float], step: float) -> str:
    """A curve that leaves its ring at a right angle."""
    between = (above[0] + below[0]) / 2 * step
    if not above[0]:  # the middle looks into every direction
        above = (0, below[1])
    (x, y), (a, b), (c, d), (u, v) = _xy(above, step), _out(above, between), _out(below, between), _xy(below, step)
    return f"M{x:.2f} {y:.2f}C{a:.2f} {b:.2f} {c:.2f} {d:.2f} {u:.2f} {v:.2f}"


def _dot(x: float, y: float, r: float) -> str:
    return f"M{x - r:.2f} {y:.2f}a{r:.2f} {r:.2f} 0 1 0 {2 * r:.2f} 0a{r:.2f} {r:.2f} 0 1 0 {-2 * r:.2f} 0z"


def page_mark(word: str, width: float, height: float, colour: str = "#e3e6e9") -> str:
    """A word across the page, as outlines: it is drawn, not text, so that nobody copies it along with a paragraph."""
    with TTFont(fonts.static(fonts.BOLD)) as font:
        cmap, glyphs, unit = font.getBestCmap(), font.getGlyphSet(), font["head"].unitsPerEm
        names = [cmap[ord(c)] for c in word if ord(c) in cmap]
        total = sum(glyphs[name].width for name in names) + unit * 0.08 * (len(names) - 1)
        scale, pen, x = (
            min(0.62 * hypot(width, height) / total, 90 / unit),
            SVGPathPen(glyphs, ntos=lambda v: f"{v:.1f}"),
            0.0,
        )
        for name in names:
            glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, (x - total / 2) * scale, unit * 0.33 * scale)))
            x += glyphs[name].width + unit * 0.08
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}mm" height="{height}mm">'
        f'<path transform="translate({width / 2} {height / 2}) rotate({-degrees(atan2(height, width)):.1f})" '
        f'd="{pen.getCommands()}" fill="none" stroke="{colour}" stroke-width=".5"/></svg>'
    )
