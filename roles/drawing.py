"""An organisation chart as a picture: plain SVG, its colours as attributes, so that a page's style may change them (coverage R8).

The same drawing stands in the page (with links and fold buttons) and in a file. Names are never cut: a box grows with its text."""

from collections.abc import Callable
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ismsroles.core import tidytree
from ismsroles.records.pdf import fonts
from roles.queries.chart import Box, Chart

WIDE, BETWEEN, GAP, APART, EDGE = 232, 52, 12, 28, 16
PAD, LINE, SIZE = 11, 17, 13
ROOM = (WIDE - 2 * PAD - 3) / 1.2  # faces of other systems are up to a fifth wider than ours
MILLIMETRE = 1 / fonts.POINT
INK, SOFT, RULE, GROUND, STRIPE, STOP, ACCENT = (
    "#161b23",
    "#4b5565",
    "#7d8796",
    "#ffffff",
    "#dfe3e9",
    "#ae231b",
    "#2a4cb8",
)
FONTS = "-apple-system, 'Segoe UI', Roboto, Ubuntu, Cantarell, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
Link = Callable[[int], str]


def picture(chart: Chart, *, fold: Link | None = None, label: str = "") -> SafeString:
    """The drawing; with `fold` (the address that opens or shuts a branch) boxes are links too."""
    places, width, height = _places(chart)
    lines = "".join(_elbows(chart, places, key) for key in places)
    boxes = "".join(_box(chart, chart.boxes[key], *places[key], fold) for key in places)
    inside = 'role="group"' if fold else 'xmlns="http://www.w3.org/2000/svg" role="img"'
    return mark_safe(  # noqa: S308  (every text in it went through escape)
        f'<svg {inside} class="chart" aria-label="{escape(label)}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{FONTS}" font-size="{SIZE}"><g class="chart-lines" fill="none" stroke="{RULE}">{lines}</g>{boxes}</svg>'
    )


def _places(chart: Chart) -> tuple[dict[int, tuple[float, float, float]], int, int]:
    """Left, top and height of each box, and how large the whole is."""
    shown = set(chart.shown)
    tall = {key: _height(chart.boxes[key]) for key in chart.shown}
    found, end = {}, EDGE - APART
    for root in (key for key in chart.trees.roots if key in shown):
        places, outline = tidytree.tidy(
            root, lambda key: [one for one in chart.below(key) if one in shown], lambda key: tall[key], gap=GAP
        )
        move = end + APART - min(top for top, _bottom in outline.values())
        for key, (column, middle) in places.items():
            found[key] = (EDGE + column * (WIDE + BETWEEN), round(middle - tall[key] / 2 + move, 1), tall[key])
        end = move + max(bottom for _top, bottom in outline.values())
    across = max((left for left, _top, _tall in found.values()), default=0) + WIDE + EDGE + 16
    ordered = {key: found[key] for key in chart.shown}
    return ordered, int(across), int(max(end, 0) + EDGE)


def _height(box: Box) -> int:
    return len(_title(box)) * LINE + sum(len(lines) for lines in _under(box)) * LINE + 2 * PAD - 3


def _title(box: Box) -> list[str]:
    return wrapped(box.title, fonts.BOLD)


def _under(box: Box) -> tuple[list[str], list[str]]:
    return wrapped(box.who, fonts.TEXT) if box.who else [], wrapped(box.where, fonts.TEXT) if box.where else []


@lru_cache(maxsize=20_000)
def wrapped(text: str, face: fonts.Face) -> list[str]:
    """The lines of a text; a word longer than a line is broken anywhere."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if _wide(longer, face) <= ROOM:
            line = longer
            continue
        if line:
            lines.append(line)
        while _wide(word, face) > ROOM:
            fits = max(1, next(n for n in range(1, len(word) + 1) if _wide(word[: n + 1], face) > ROOM))
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line] if line else lines


def _wide(text: str, face: fonts.Face) -> float:
    return fonts.width(text, SIZE, face) * MILLIMETRE


def _elbows(chart: Chart, places: dict, key: int) -> str:
    left, top, tall = places[key]
    x, y = left + WIDE, top + tall / 2
    below = [places[child] for child in chart.below(key) if child in places]
    return "".join(f'<path d="M{x} {y:.1f}H{x + BETWEEN / 2 + 6:.0f}V{t + h / 2:.1f}H{le}"/>' for le, t, h in below)


def _box(chart: Chart, box: Box, left: float, top: float, tall: float, fold: Link | None) -> str:
    css = " ".join(
        filter(None, ["box", f"{box.kind}-box" if box.kind else "", "found" if box.key in chart.found else ""])
    )
    drawn = f"{_frame(box, left, top, tall)}{_texts(box, left, top)}"
    if fold is None:
        return f"<g><title>{escape(_said(box))}</title>{drawn}</g>" + _more(chart, box.key, left, top, tall)
    words = _described(chart, box)
    keys = f'data-key="{box.key}" data-above="{box.parent or ""}"'
    opened = f'<a class="{css}" href="{escape(box.url)}" {keys} aria-label="{escape(words)}">{drawn}</a>'
    return opened + _fold(chart, box, left + WIDE, top + tall / 2, fold)


def _frame(box: Box, left: float, top: float, tall: float) -> str:
    dash = (
        ' stroke-dasharray="5 4"'
        if box.kind == "vacant"
        else ' stroke-dasharray="2 3"'
        if box.kind == "outside"
        else ""
    )
    frame = f'<rect x="{left}" y="{top}" width="{WIDE}" height="{tall}" rx="7" fill="{GROUND}" stroke="{RULE}"{dash}/>'
    if box.kind == "vacant":
        return (
            frame
            + f'<path class="stripes" d="{stripes(left, top, WIDE, tall)}" fill="none" stroke="{STRIPE}" stroke-width="4"/>'
        )
    return frame + f'<rect class="mark" x="{left + 1}" y="{top + 7}" width="3" height="{tall - 14}" fill="{ACCENT}"/>'


def stripes(x: float, y: float, w: float, h: float, step: float = 14, inset: float = 3) -> str:
    """45° lines clipped by arithmetic: a pattern has an id, and two pictures on one page would share it."""
    x, y, w, h = x + inset, y + inset, w - 2 * inset, h - 2 * inset
    lines, k = [], step
    while k < w + h:
        x1, y1 = (x + k, y) if k <= w else (x + w, y + k - w)
        x2, y2 = (x, y + k) if k <= h else (x + k - h, y + h)
        lines.append(f"M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}")
        k += step
    return "".join(lines)


def _texts(box: Box, left: float, top: float) -> str:
    who, where = _under(box)
    colour = STOP if box.kind == "vacant" else INK
    rows = [("chart-title", line, INK, ' font-weight="650"') for line in _title(box)]
    rows += [("chart-who", line, colour, "") for line in who] + [("chart-where", line, SOFT, "") for line in where]
    x, y = left + PAD + 3, top + PAD + SIZE - 2
    return "".join(
        f'<text class="{css}" x="{x}" y="{y + n * LINE:.1f}" fill="{fill}"{more}>{escape(line)}</text>'
        for n, (css, line, fill, more) in enumerate(rows)
    )


def _fold(chart: Chart, box: Box, x: float, y: float, fold: Link) -> str:
    many = len(chart.trees.children.get(box.key, ()))
    if not many:
        return ""
    is_open = box.key in chart.open
    words = {"name": box.title, "many": many}
    label = (
        ngettext("Hide the one below %(name)s", "Hide the %(many)d below %(name)s", many)
        if is_open
        else ngettext("Show the one below %(name)s", "Show the %(many)d below %(name)s", many)
    ) % words
    sign = "−" if is_open else f"+{chart.under[box.key]}"
    half = 12 if len(sign) < 3 else 7 + 4 * len(sign)
    return (
        f'<a class="fold" href="{escape(fold(box.key))}" data-fold="{box.key}" aria-label="{escape(label)}">'
        f'<rect x="{x + 1}" y="{y - 12:.1f}" width="{2 * half}" height="24" rx="12" fill="{GROUND}" stroke="{RULE}"/>'
        f'<text x="{x + 1 + half}" y="{y + 4.5:.1f}" text-anchor="middle" fill="{INK}">{sign}</text></a>'
    )


def _more(chart: Chart, key: int, left: float, top: float, tall: float) -> str:
    """In a file a shut branch says how many it holds."""
    if key in chart.open or not chart.under[key]:
        return ""
    return f'<text x="{left + WIDE + 6}" y="{top + tall / 2 + 4:.1f}" fill="{SOFT}">+{chart.under[key]}</text>'


def _said(box: Box) -> str:
    return ", ".join(filter(None, [box.title, box.who, box.where]))


def _described(chart: Chart, box: Box) -> str:
    """What a screen reader says of a box."""
    above = chart.boxes.get(box.parent)
    words = [_said(box), _("reports to %s") % above.title if above else ""]
    if below := len(chart.trees.children.get(box.key, ())):
        words.append(ngettext("%d reports to it", "%d report to it", below) % below)
    return "; ".join(filter(None, words))
