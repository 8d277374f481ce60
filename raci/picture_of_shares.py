"""How accountability spreads over areas, as a bar chart: an SVG without a style of its own; the table beside it says the same."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from raci.checks import Share

WIDE, BAR, STEP, LEFT = 640, 22, 38, 200
AT_MOST = 24  # bars; the table has all of them


def draw(shares: list[Share], limit: int) -> SafeString:
    """One bar an area; the line is the limit."""
    shown = shares[:AT_MOST]
    if not shown:
        return SafeString("")
    scale = (WIDE - LEFT - 60) / 100
    deep = STEP * len(shown) + 24
    bars = format_html_join("", BARS, (_bar(share, place, scale, limit) for place, share in enumerate(shown)))
    at = round(LEFT + limit * scale, 1)
    return format_html(
        '<svg class="bars" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<line class="limit" x1="{}" x2="{}" y1="16" y2="{}"/><text class="limit" x="{}" y="11">{}</text></svg>',
        WIDE, deep, _("Bar chart: share of accountability by area"), bars, at, at, deep, at, _("limit %d %%") % limit,
    )  # fmt: skip


BARS = (
    '<text class="name" x="{}" y="{}">{}</text><rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>'
    '<text class="value" x="{}" y="{}">{} %</text>'
)


def _bar(share: Share, place: int, scale: float, limit: int) -> tuple:
    top = 20 + place * STEP
    long, middle = round(max(share.percent * scale, 2), 1), top + BAR * 0.72
    name = share.name if len(share.name) <= 26 else f"{share.name[:25]}…"
    css = "over" if share.percent > limit and share.area else "bar"
    return (LEFT - 10, middle, name, css, LEFT, top, long, BAR, LEFT + long + 8, middle, share.percent)
