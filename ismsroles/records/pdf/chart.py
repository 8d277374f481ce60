"""An organisation chart as a drawing and, over it, its labels as an HTML list.

The labels are not in the drawing because SVG text is set letter by letter: Arabic falls apart, accents drift. The drawing
is a background (nothing to a screen reader), the list says the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from . import fonts, tree

SIZE, LINE = 7.5, 9.0  # points
BETWEEN = 8.0  # columns, millimetres
LEVELS = (4, 5, 3)  # columns on a sheet to try: the first that needs the fewest sheets is taken
PAD_X, PAD_Y = 2.4, 0.75
LINE_GREY, HATCH_GREY = "#8a9097", "#ccd1d6"


@dataclass(frozen=True)
class Box:
    """One post: its title, who fills it, and how it is drawn."""

    key: tree.Key
    parent: tree.Key | None
    title: str
    under: str
    hatched: bool = False
    dashed: bool = False


class Label(NamedTuple):
    """The text of a box: where it stands on the sheet, and the sheet on which its branch goes on."""

    box: Box
    left: float
    top: float
    width: float
    goes_on: int | None


class Sheet(NamedTuple):
    """One page of the chart."""

    number: int
    drawing: str
    labels: list[Label]
    height: float


def lines_needed(text: str, width: float, face: fonts.Face) -> int:
    """How many lines a text takes at most; a word longer than a line is broken anywhere."""
    count, used, space = 1, 0.0, fonts.width(" ", SIZE, face)
    for word in text.split():
        long = fonts.width(word, SIZE, face) * 1.03  # some air for kerning and other scripts
        if used and used + space + long <= width:
            used += space + long
            continue
        count += bool(used)
        while long > width:
            count += 1
            long -= width * 0.9
        used = long
    return count


def organisation_chart(boxes: Iterable[Box], accent: str, *, width: float, first: float, other: float) -> list[Sheet]:
    """The sheets of a chart: `width` wide, the first at most `first` and the others at most `other` tall."""
    return _Chart(boxes, accent, width, first, other).sheets()


class _Chart:
    def __init__(self, boxes, accent, width, first, other):
        self.boxes = {box.key: box for box in boxes}
        self.accent, self.width = accent, width
        self.trees = tree.forest({box.key: box.parent for box in self.boxes.values()})
        self.first, self.other = first, other
        self._use_columns(LEVELS[0])

    def sheets(self) -> list[Sheet]:
        cut = min((self._cut(levels) for levels in LEVELS), key=len)
        self._use_columns(self._columns(cut))
        starts = {}
        for number, sheet in enumerate(cut):
            for seed in sheet.seeds:
                starts.setdefault(seed.key, number)
        return [self._sheet(number, sheet, starts) for number, sheet in enumerate(cut)]

    def _cut(self, levels: int) -> list[tree.Sheet]:
        self._use_columns(levels)
        return tree.cut(self.trees, self._height, levels=levels, first=self.first, other=self.other)

    def _use_columns(self, columns: int) -> None:
        self.column = (self.width - BETWEEN * (columns - 1)) / columns
        self.lines = {}

    def _columns(self, cut) -> int:
        """As many as the deepest sheet needs: what fitted into narrower boxes fits into wider ones."""
        return max(3, *(depth + 1 for sheet in cut for depth, _ in self._places(sheet)[0].values()), 0)

    def _places(self, sheet):
        return tree.laid_out(sheet, self.trees.children, self._height)

    def _height(self, key, goes_on) -> float:
        if key not in self.lines:
            box, room = self.boxes[key], self.column - PAD_X - 1
            self.lines[key] = lines_needed(box.title, room, fonts.BOLD) + lines_needed(box.under, room, fonts.TEXT)
        return (self.lines[key] + goes_on) * LINE * fonts.POINT + 2 * PAD_Y

    def _sheet(self, number, sheet, starts) -> Sheet:
        places, total = self._places(sheet)
        spots = {}
        for key, (depth, middle) in places.items():
            tall = self._height(key, tree.goes_on(sheet, key, self.trees.children))
            spots[key] = (depth * (self.column + BETWEEN), middle - tall / 2, tall)
        shown = [key for key in tree.walk(self.trees) if key in spots]
        labels = [self._label(sheet, key, spots[key], starts) for key in shown]
        return Sheet(number, self._drawing(sheet, shown, spots, total), labels, total)

    def _label(self, sheet, key, spot, starts) -> Label:
        left, top, _tall = spot
        on = starts[key] if tree.goes_on(sheet, key, self.trees.children) else None
        return Label(self.boxes[key], left + PAD_X, top + PAD_Y, self.column - PAD_X - 0.6, on)

    def _drawing(self, sheet, shown, spots, total) -> str:
        lines = "".join(self._elbow(spots[key], spots[child]) for key in shown for child in sheet.below(key))
        boxes = "".join(self._box(self.boxes[key], *spots[key]) for key in shown)
        width, height = self.width + 0.4, total + 0.4
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-0.2 -0.2 {width:.2f} {height:.2f}" '
            f'width="{width:.2f}mm" height="{height:.2f}mm">{lines}{boxes}</svg>'
        )

    def _elbow(self, parent, child) -> str:
        x, y, to = parent[0] + self.column, parent[1] + parent[2] / 2, child[1] + child[2] / 2
        return (
            f'<path d="M{x:.2f} {y:.2f}H{x + BETWEEN / 2:.2f}V{to:.2f}H{child[0]:.2f}" '
            f'fill="none" stroke="{LINE_GREY}" stroke-width=".14"/>'
        )

    def _box(self, box, x, y, h) -> str:
        w = self.column
        dash = ' stroke-dasharray="1 .7"' if box.dashed or box.hatched else ""
        frame = (
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{w:.2f}" height="{h:.2f}" fill="#fff" '
            f'stroke="{LINE_GREY}" stroke-width=".14"{dash}/>'
        )
        if box.hatched:
            return frame + _hatch(x, y, w, h)
        return frame + f'<rect x="{x:.2f}" y="{y:.2f}" width=".9" height="{h:.2f}" fill="{self.accent}"/>'


def _hatch(x: float, y: float, w: float, h: float, step: float = 1.6) -> str:
    """45° lines clipped by arithmetic: a pattern fill costs more and prints worse."""
    lines, k = [], step
    while k < w + h:
        x1, y1 = (x + k, y) if k <= w else (x + w, y + k - w)
        x2, y2 = (x, y + k) if k <= h else (x + k - h, y + h)
        lines.append(f"M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}")
        k += step
    return f'<path d="{"".join(lines)}" stroke="{HATCH_GREY}" stroke-width=".14"/>'
