"""Small marks that stand for one thing: an icon, a badge, a person, a day. What people wrote is always escaped here."""

import datetime as dt
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from zipfile import ZipFile

from django.utils import formats
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ismsroles.core import clock


# Icons, badges, signs ------------------------------------------------------------------------------------------------
@lru_cache(maxsize=512)
def icon(name: str) -> SafeString:
    """`{% icon "user-x" %}`: one Lucide icon, sized and coloured by the style sheet. The text beside it carries the meaning."""
    try:
        drawing = _drawings().read(f"{name}.svg").decode()
    except KeyError:  # a page is not lost for want of a drawing; tests/core/test_ui.py finds the wrong name
        return SafeString("")
    inner = " ".join(drawing[drawing.index(">") + 1 :].split())
    return SafeString(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{inner}')  # the package's, no person's


@cache
def _drawings() -> ZipFile:
    """All drawings of the package, opened once: it would read the list of its 1,745 files again for each of them."""
    return ZipFile(files("lucide").joinpath("lucide.zip").open("rb"))


def _labelled(shape: str, kind: str, text: Any, icon_name: str) -> SafeString:
    drawing = icon(icon_name) if icon_name else ""
    return format_html('<span class="{} {}">{}{}</span>', shape, kind, drawing, text)


def badge(kind: str, text: Any, icon: str = "") -> SafeString:
    """State of one thing that needs the eye: `{% badge "stop" "Vacant" icon="user-x" %}`"""
    return _labelled("badge", kind, text, icon)


def sign(kind: str, text: Any, icon: str = "") -> SafeString:
    """The quiet form of a badge: `{% sign "good" "Accepted" icon="check" %}`"""
    return _labelled("sign", kind, text, icon)


def vacant(text: Any = "") -> SafeString:
    """A seat that nobody holds. Put class `vacant` on the row as well."""
    return _labelled("badge", "stop", text or _("Vacant"), "user-x")


def dash() -> SafeString:
    """Nothing to say here, and that is all right."""
    return format_html(
        '<span class="soft"><span aria-hidden="true">–</span><span class="unseen">{}</span></span>', _("none")
    )


# People --------------------------------------------------------------------------------------------------------------
def initials(name: str) -> str:
    """First letter of the first and of the last word, for the face."""
    words = [word for word in name.split() if any(letter.isalnum() for letter in word)] or [name.strip() or "?"]
    letters = [next((letter for letter in word if letter.isalnum()), word[0]) for word in words]
    return (letters[0] + (letters[-1] if len(letters) > 1 else "")).upper()


def _fact(subject: Any, external: bool) -> str:
    job = getattr(subject, "job_title", "") or ""
    if not external:
        return job
    return " · ".join(part for part in (_("External"), getattr(subject, "employer", "") or job) if part)


def person(
    person: Any = None, fact: Any = None, name: str = "", url: str = "", external: bool | None = None
) -> SafeString:
    """Face, name, one fact. `{% person holder fact="since Mar 2021" url=… %}` or `{% person name="Ingrid" %}`."""
    shown = name or (person if isinstance(person, str) else getattr(person, "name", ""))
    if not shown:
        return dash()
    outside = getattr(person, "kind", "employee") != "employee" if external is None else external
    line = _fact(person, outside) if fact is None else fact
    title = format_html('<a href="{}">{}</a>', url, shown) if url else format_html("{}", shown)
    return format_html(
        '<span class="person{}"><span class="face" aria-hidden="true">{}</span><span><bdi>{}</bdi>{}</span></span>',
        " external" if outside else "",
        initials(shown),
        title,
        format_html("<small>{}</small>", line) if line else "",
    )


# Days and moments ----------------------------------------------------------------------------------------------------
def day(value: dt.date | dt.datetime | None, empty: Any = "") -> SafeString:
    """`{% day person.last_day empty="no end" %}` gives 23 Nov 2026, in the organisation's zone."""
    if not value:
        return format_html('<span class="soft">{}</span>', empty) if empty else dash()
    local = value.astimezone(clock.zone()) if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}">{}</time>', local.strftime("%Y-%m-%d"), formats.date_format(local, "j M Y"))


def zone_name(moment: dt.datetime) -> str:
    """GMT, CET …; where the zone has no letters, its distance from UTC."""
    short = moment.tzname() or ""
    return short if short[:1].isalpha() else f"UTC{short}"


def moment(value: dt.datetime | None, empty: Any = "") -> SafeString:
    """`{% moment event.at %}` gives 23 Nov 2026, 14:07 GMT: an auditor never has to guess the zone."""
    if not value:
        return format_html('<span class="soft">{}</span>', empty) if empty else dash()
    local = value.astimezone(clock.zone())
    text = f"{formats.date_format(local, 'j M Y')}, {local:%H:%M} {zone_name(local)}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), text)


# Any value -----------------------------------------------------------------------------------------------------------
def written(value: Any) -> SafeString | str:
    """A value in a was-and-now table; several values stand below each other, dates read as everywhere else."""
    if isinstance(value, (list, tuple, set)):
        return format_html_join(SafeString("<br>"), "{}", ((written(one),) for one in value))
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return conditional_escape("" if value is None else value)
