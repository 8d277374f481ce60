"""Cells of the matrix as HTML: what they say stands in words and signs, the tint only helps. Strings are made once a kind."""

from functools import lru_cache

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from competence import gaps as pure
from competence.gate import said
from competence.queries.matrix import Matrix, Row
from ismsroles.core.marks import badge, sign

EMPTY = '<td class="na"></td>'
ON_A_PHONE = 100


@lru_cache(maxsize=512)
def _words(state: str, level: int | None, need: int, must: bool, planned: bool, _language: str) -> tuple[str, str]:
    """(class, content) of a cell."""
    needs = _("needs %(need)s") % {"need": need} if must else _("wish %(need)s") % {"need": need}
    if planned and state in pure.GAPS:
        needs = f"{needs} {_('· planned')}"
    if state in (pure.MET, pure.SOON):
        soon = f"<small>{escape(_('expires soon'))}</small>" if state == pure.SOON else ""
        return ("met soon" if soon else "met"), f"✓ {level}{soon}"
    shown = {
        pure.UNKNOWN: _("? not seen"),
        pure.OWN: _("? own view"),
        pure.EXPIRED_STATE: _("⏱ expired"),
        pure.FAR: f"▼ {level}",
        pure.LOW: f"▽ {level}",
    }[state]
    kind = "gap" if state == pure.LOW or not must else "deep"
    return f"{kind} planned" if planned else kind, f"<b>{escape(shown)}</b><small>{escape(needs)}</small>"


def _parts(one: pure.Verdict, planned: bool, language: str) -> tuple[str, str]:
    """A cell in two halves, with the person's address between them; a cell that leads nowhere is whole in the first."""
    need = one.need
    kind, content = _words(one.state, one.level, need.level, need.must, planned, language)
    if one.state in pure.GAPS:
        return f'<td class="{kind}"><a href="', f'#skill-{need.skill}">{content}</a></td>'
    return f'<td class="{kind}">{content}</td>', ""


def body(table: Matrix) -> SafeString:
    """All rows of the table. Each kind of cell is written once, then joined."""
    language = get_language() or "en"
    skills = [pk for pk, _name in table.skills]
    base = reverse("person-competence", args=[0])[: -len("0/")]
    known: dict[tuple, tuple[str, str]] = {}
    return SafeString("".join([_row(row, skills, table.plans, base, language, known) for row in table.rows]))


def _row(row: Row, skills: list[int], plans: set, base: str, language: str, known: dict) -> str:
    link, found, pk, cells = f"{base}{row.pk}/", row.cells, row.pk, []
    for skill in skills:
        one = found.get(skill)
        if one is None:
            cells.append(EMPTY)
            continue
        planned = (pk, skill) in plans
        kind = (one.state, one.level, one.need, planned)
        halves = known.get(kind)
        if halves is None:
            halves = known[kind] = _parts(one, planned, language)
        cells.append(f"{halves[0]}{link}{halves[1]}" if halves[1] else halves[0])
    missing = len(row.missing)
    edge = f'<td class="edge"><a href="{link}">{missing}</a></td>' if missing else '<td class="edge soft">0</td>'
    heading = (
        f'<th scope="row"><a href="{link}">{escape(row.name)}</a><small>{escape(", ".join(row.roles))}</small></th>'
    )
    return f"<tr>{heading}{''.join(cells)}{edge}</tr>"


def phone(table: Matrix) -> SafeString:
    """The same as a list: people with gaps, each gap in words. A phone gets the first hundred; its filter finds the others."""
    names = {pk: escape(name) for pk, name in table.skills}
    language = get_language() or "en"
    base = reverse("person-competence", args=[0])[: -len("0/")]
    rows = [row for row in table.rows if row.missing][:ON_A_PHONE]
    return SafeString("".join([_entry(row, names, table.plans, base, language) for row in rows]))


def _entry(row: Row, names: dict[int, str], plans: set, base: str, language: str) -> str:
    said = []
    for one in row.missing:
        need = one.need
        _kind, content = _words(one.state, one.level, need.level, need.must, (row.pk, need.skill) in plans, language)
        kind = "stop" if need.must else "warn"
        said.append(f'<li><span class="badge {kind}">{names[need.skill]}: {content}</span></li>')
    roles = escape(", ".join(row.roles))
    return (
        f'<li><p><a href="{base}{row.pk}/"><strong>{escape(row.name)}</strong></a></p><small>{roles}</small>'
        f'<ul class="chips">{"".join(said)}</ul></li>'
    )


def state_badge(one: pure.Verdict) -> SafeString:
    """How far one need is met, as a badge or a sign with words."""
    if one.state == pure.MET:
        return sign("good", _("Level %(level)s, met") % {"level": one.level}, icon="check")
    if one.state == pure.SOON:
        return sign("warn", _("Level %(level)s, expires soon") % {"level": one.level}, icon="clock")
    words = said(one)
    icon = "clock-alert" if one.state == pure.EXPIRED_STATE else "triangle-alert"
    return badge("stop" if one.need.must else "warn", words[:1].upper() + words[1:], icon=icon)
