"""Drawings that say something beside the text: the tree of a cover and the mark of a draft."""

from collections.abc import Mapping
from math import atan2, cos, degrees, hypot, pi, sin

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from . import fonts, tree

RADIUS = 76.0


def radial(parents: Mapping[tree.Key, tree.Key | None], *, filled: set, trails: Mapping[tree.Key, int], ground: str, quiet: str) -> str:
    """A tree around its root: one dot for each member, a ring for one who is missing, and beyond each end its own short trail.

    `filled` are the members drawn as full dots, `trails` how many small dots follow the end of a branch."""
    trees = tree.forest(parents)
    spots = _polar(trees)
    deepest = max((ring for ring, _ in spots.values()), default=1)
    step = RADIUS * 0.74 / max(deepest, 2)
    dot = min(2.1, max(0.75, 22 / max(len(spots), 1) ** 0.62))
    rings = "".join(f'<circle cx="0" cy="0" r="{ring * step:.2f}"/>' for ring in range(1, deepest + 1))
    links = "".join(
        _link(spots[key], spots[child], step) for key, below in trees.children.items() for child in below
    ) + "".join(_link((0, spots[root][1]), spots[root], step) for root in trees.roots if len(trees.roots) > 1)
    full = "".join(_dot(*_xy(spots[key], step), dot) for key in spots if key in filled)
    open_ = "".join(_dot(*_xy(spots[key], step), dot * 0.86) for key in spots if key not in filled)
    small = "".join(
        _dot(*_out(spots[key], deepest * step + 4.5 + n * max(2.2, dot * 1.7)), dot * 0.34)
        for key in spots if key not in trees.children for n in range(min(trails.get(key, 0), 6))
    )
    box, wide = RADIUS + 6, 2 * (RADIUS + 6)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-box} {-box} {wide} {wide}" width="{wide}mm" height="{wide}mm">'
        f'<g fill="none" stroke="{quiet}" stroke-width=".18">{rings}</g>'
        f'<path d="{links}" fill="none" stroke="#fff" stroke-width=".28"/><path d="{small}" fill="#fff"/>'
        f'<path d="{full}" fill="#fff"/><path d="{open_}" fill="{ground}" stroke="#fff" stroke-width=".45"/></svg>'
    )


def _polar(trees: tree.Forest) -> dict[tree.Key, tuple[int, float]]:
    """{key: (ring, angle)}: the ends share the circle evenly, everybody else stands between their first and last."""
    ends = [key for key in tree.walk(trees) if key not in trees.children]
    turn = 2 * pi / max(len(ends), 1)
    angles = {key: n * turn for n, key in enumerate(ends)}
    start = 0 if len(trees.roots) == 1 else 1
    rings: dict[tree.Key, int] = {}
    for key in tree.walk(trees):
        rings.setdefault(key, start)
        rings |= {child: rings[key] + 1 for child in trees.children.get(key, ())}
    for key in reversed(list(tree.walk(trees))):
        if below := trees.children.get(key):
            angles[key] = (angles[below[0]] + angles[below[-1]]) / 2
    return {key: (rings[key], angles[key]) for key in tree.walk(trees)}


def _out(spot: tuple[int, float], radius: float) -> tuple[float, float]:
    return radius * cos(spot[1] - pi / 2), radius * sin(spot[1] - pi / 2)


def _xy(spot: tuple[int, float], step: float) -> tuple[float, float]:
    return _out(spot, spot[0] * step)


def _link(above: tuple[int, float], below: tuple[int, float], step: float) -> str:
    """A curve that leaves its ring at a right angle."""
    between = (above[0] + below[0]) / 2 * step
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
        scale, pen, x = min(0.62 * hypot(width, height) / total, 90 / unit), SVGPathPen(glyphs, ntos=lambda v: f"{v:.1f}"), 0.0
        for name in names:
            glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, (x - total / 2) * scale, unit * 0.33 * scale)))
            x += glyphs[name].width + unit * 0.08
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}mm" height="{height}mm">'
        f'<path transform="translate({width / 2} {height / 2}) rotate({-degrees(atan2(height, width)):.1f})" '
        f'd="{pen.getCommands()}" fill="none" stroke="{colour}" stroke-width=".5"/></svg>'
    )
