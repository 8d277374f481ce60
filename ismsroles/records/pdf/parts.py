"""What every printed record is made of: text that is safe to set, dates, fingerprints, the shell and the style sheet."""

import hashlib
import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ismsroles.core import colour

from . import fonts

BASE_STYLE = Path(__file__).parent / "print.css"
RUNS = re.compile(
    "(?P<ar>[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
    "(?:[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u200c\u200d\ufb50-\ufdff\ufe70-\ufefc ]*"
    "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc])?)"
    "|(?P<ja>[\u3400-\u9fff]*[\u3040-\u30ff][\u3040-\u30ff\u3400-\u9fff]*)|(?P<ko>[\uac00-\ud7af]+)|(?P<zh>[\u3400-\u9fff]+)"
)
LANGUAGES = {
    "ar": '<span lang="ar" dir="rtl">{}</span>',
    "ja": '<span lang="ja">{}</span>',
    "ko": '<span lang="ko">{}</span>',
    "zh": '<span lang="zh-Hans">{}</span>',
}
LONELY = re.compile(r" (\S{1,6}\.)$")
LINE_BREAK = SafeString("<br>")
WHOLE = "ISO/IEC 27001"


def text(value: object) -> SafeString:
    """Escaped text, ready to set. Runs in other scripts carry their language; a sentence never ends in a lonely short word."""
    safe = str(escape(str(value))).replace("€ ", "€\u00a0")
    safe = LONELY.sub("\u00a0\\1", safe).replace(WHOLE, f'<span class="whole">{WHOLE}</span>')
    return mark_safe(RUNS.sub(lambda run: LANGUAGES[run.lastgroup].format(run[0]), safe))  # noqa: S308 - escaped above


def day(value: str | date | None) -> str:
    """A date in words, in the language of the document: 22 November 2026."""
    if not value:
        return "–"
    found = value if isinstance(value, date) else date.fromisoformat(value[:10])
    return date_format(found, "j F Y", use_l10n=False).replace(" ", "\u00a0")


def local_day(moment: str | None, zone: str) -> str:
    """The day on which a moment falls where the organisation is."""
    return day(datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).date() if moment else None)


def utc(moment: str) -> str:
    """A moment in universal time, to the second: 2026-11-22 10:04:00 UTC."""
    return datetime.fromisoformat(moment).astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%d %H:%M:%S UTC")


def fingerprint(content: bytes) -> str:
    """SHA-256, in the form in which every tool prints it."""
    return hashlib.sha256(content).hexdigest()


def short_code(digest: str) -> str:
    """The first twelve characters of a fingerprint: anybody can compare them without a tool of ours."""
    return "-".join(digest[i : i + 4].upper() for i in (0, 4, 8))


def spaced(digest: str) -> SafeString:
    """A fingerprint in groups of eight, four to a line: easy to compare by eye."""
    groups = [digest[i : i + 8] for i in range(0, len(digest), 8)]
    return format_html_join(LINE_BREAK, "{}", ((" ".join(groups[i : i + 4]),) for i in range(0, len(groups), 4)))


def quoted(value: str) -> str:
    """A text as a CSS string; nothing in it can end the string."""
    return '"' + "".join(f"\\{ord(c):x} " if c in '"\\<>' or ord(c) < 32 else c for c in value) + '"'


def stylesheet(more: str = "", *, accent: str, running: dict[str, str]) -> str:
    """The look of a record: the base sheet and `more`, with fonts, colours and the running texts of head and foot filled in."""
    accent = colour.safe_accent(accent)
    filled = {f"font-{name}": stack for name, stack in fonts.STACKS.items()}
    filled |= {f"run-{name}": quoted(value) for name, value in running.items()}
    filled |= {
        "accent": accent,
        "tint": colour.mix(accent, 0.09),
        "tint2": colour.mix(accent, 0.22),
        "deep": _deep(accent),
    }
    sheet = BASE_STYLE.read_text(encoding="utf-8") + more
    return re.sub(r"var\(--([a-z0-9-]+)\)", lambda m: filled[m[1]], sheet)


def _deep(accent: str) -> str:
    """A lighter step of the accent for quiet lines on a field of it."""
    return colour.mix(accent, 0.72)


def shell(body: str, *, title: str, language: str, author: str, description: str, frozen: str) -> str:
    """The whole page around a body: PDF/UA wants a title and a language, PDF/A its dates."""
    return format_html(
        '<!doctype html><html lang="{}"><head><title>{}</title><meta name="author" content="{}">'
        '<meta name="dcterms.created" content="{}"><meta name="dcterms.modified" content="{}">'
        '<meta name="description" content="{}"></head><body>{}</body></html>',
        language,
        title,
        author,
        frozen,
        frozen,
        description,
        mark_safe(body),  # noqa: S308 - the templates escaped it
    )
