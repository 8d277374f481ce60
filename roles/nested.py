"""The organisation chart as a nested list: the same boxes as the picture, for phones, screen readers and paper (coverage R8)."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ismsroles.core.templatetags.ui import icon
from roles.drawing import Link
from roles.queries.chart import Box, Chart


def nested(chart: Chart, fold: Link) -> SafeString:
    """What is open in the picture is open here. Built without calling itself: lines may be as long as they are."""
    parts, level = ['<ul class="tree">'], 0
    signs = {sign: str(icon(sign)) for sign in ("user-x", "chevron-down", "chevron-right")}
    for key in chart.shown:
        depth = chart.depth[key]
        parts.append("<ul>" if depth > level else "</li>" + "</ul></li>" * (level - depth) if len(parts) > 1 else "")
        level = depth
        parts.append(_line(chart, chart.boxes[key], fold, signs))
    parts.append(("</li>" + "</ul></li>" * level if chart.shown else "") + "</ul>")
    return mark_safe("".join(parts))  # noqa: S308  (every text in it went through escape)


def _line(chart: Chart, box: Box, fold: Link, signs: dict[str, str]) -> str:
    who = (
        f'<span class="badge stop">{signs["user-x"]}{escape(box.who)}</span>'
        if box.kind == "vacant"
        else escape(box.who)
    )
    facts = " ".join(
        filter(
            None, [f"<small>{who}</small>" if who else "", f"<small>{escape(box.where)}</small>" if box.where else ""]
        )
    )
    outside = f" <small>{_('from outside')}</small>" if box.kind == "outside" else ""
    found = ' class="found"' if box.key in chart.found else ""
    return (
        f'<li{found}><a href="{escape(box.url)}"><bdi>{escape(box.title)}</bdi></a> {facts}{outside}'
        f"{_fold(chart, box, fold, signs)}"
    )


def _fold(chart: Chart, box: Box, fold: Link, signs: dict[str, str]) -> str:
    many = len(chart.trees.children.get(box.key, ()))
    if not many:
        return ""
    if box.key in chart.open:
        words, sign = _("Hide those below"), signs["chevron-down"]
    else:
        words = ngettext("Show one below", "Show %(many)d below", chart.under[box.key]) % {"many": chart.under[box.key]}
        sign = signs["chevron-right"]
    unseen = f'<span class="unseen">: {escape(box.title)}</span>'
    return f' <a class="tree-fold" href="{escape(fold(box.key))}" data-fold="{box.key}">{sign}{words}{unseen}</a>'
