"""Dates as people and their systems write them. A date that can't be right is refused with the way to write it."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from ismsroles.core.errors import Invalid

Order = Literal["day first", "month first"]

FIRST_YEAR, LAST_YEAR = 1900, 2200
# Excel counts days from here (its own 29 February 1900 included); only numbers between 1927 and 2200 are taken for dates.
SERIAL_START = date(1899, 12, 30)
SERIALS = range(10_000, 109_939)

MONTH_NAMES = {
    1: "january jan januar janner jaenner janvier janv enero ene",
    2: "february feb februar fevrier fevr fev febrero",
    3: "march mar marz maerz mrz mars marzo",
    4: "april apr avril avr abril abr",
    5: "may mai mayo",
    6: "june jun juni juin junio",
    7: "july jul juli juillet juil julio",
    8: "august aug aout agosto ago",
    9: "september sep sept septembre septiembre setiembre",
    10: "october oct oktober okt octobre octubre",
    11: "november nov novembre noviembre",
    12: "december dec dezember dez decembre diciembre dic",
}
MONTH_OF = {name: number for number, names in MONTH_NAMES.items() for name in names.split()}

TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?( ?[AaPp]\.?[Mm]\.?)?( ?Z| ?[+-]\d\d:?\d\d)?$")
YEAR_FIRST = re.compile(r"^(\d{4})([-./])(\d{1,2})\2(\d{1,2})\.?$")
COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
TWO_NUMBERS_FIRST = re.compile(r"^(\d{1,2})\s*([-./ ])\s*(\d{1,2})\s*\2\s*(\d{4})$")
DAY_NAME_YEAR = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]*(?:de\s+|of\s+)?([^\W\d_]+)\.?,?[\s-]*(?:de\s+|del\s+)?(\d{4})$"
)
NAME_DAY_YEAR = re.compile(r"^([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")
SHORT_YEAR = re.compile(r"^\d{1,2}\s*[-./ ]\s*(\d{1,2}|[^\W\d_]+\.?)\s*[-./ ]\s*\d{2}$")
WEEKDAY = re.compile(r"^[^\W\d_]+\.?,\s+(?=\d)")


def parse(text: str, *, order: Order = "day first", serials: bool = False) -> date:
    """The day that `text` names; raises Invalid with a sentence.

    Numbers are read day first unless `order` says otherwise or only the other reading is possible (11/30/2026).
    With `serials`, a bare number is Excel's count of days: ask for it only in a column of dates.
    """
    text = " ".join(str(text).split())
    if serials and re.fullmatch(r"\d{5,6}(\.\d+)?", text) and int(text.split(".")[0]) in SERIALS:
        return SERIAL_START + timedelta(days=int(text.split(".")[0]))
    bare = WEEKDAY.sub("", TIME_OF_DAY.sub("", text))
    year, month, day = _numbers(bare, order) or _named(bare) or _unknown(text)
    return _day(year, month, day)


def refuse_far_off(row: models.Model) -> None:
    """For `clean`: a day that no organisation means, such as 0001-01-01 or 9999-12-31, is refused where it stands.

    An open end is written as no day at all: with 9999-12-31 there would be no day after."""
    for field in row._meta.concrete_fields:
        day = getattr(row, field.attname)
        if isinstance(field, models.DateField) and isinstance(day, date) and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError({field.name: _far_off(day.year)})


def order_of(column: Iterable[str]) -> Order | None:
    """How a whole column writes its dates: None if some can only be day first and others only month first.

    30/11/2026 can be read in one way only, 01/05/2026 in two: the sure ones decide for the others.
    """
    seen = {order for text in column if (order := _sure_order(text))}
    if len(seen) > 1:
        return None
    return seen.pop() if seen else "day first"


def is_ambiguous(text: str) -> bool:
    """True for numbers that are one day when read day first and another when read month first."""
    found = _two_numbers(text)
    return bool(found) and found[0] != found[1] and max(found[:2]) <= 12


def _two_numbers(text: str) -> tuple[int, int, int] | None:
    found = TWO_NUMBERS_FIRST.match(TIME_OF_DAY.sub("", " ".join(str(text).split())))
    return (int(found[1]), int(found[3]), int(found[4])) if found else None


def _sure_order(text: str) -> Order | None:
    found = _two_numbers(text)
    if not found or max(found[:2]) <= 12 or min(found[:2]) > 12:
        return None
    return "day first" if found[0] > 12 else "month first"


def _numbers(text: str, order: Order) -> tuple[int, int, int] | None:
    found = YEAR_FIRST.match(text)
    if found:
        return int(found[1]), int(found[3]), int(found[4])
    found = COMPACT.match(text)
    if found:
        return int(found[1]), int(found[2]), int(found[3])
    numbers = _two_numbers(text)
    if not numbers:
        return None
    first, second, year = numbers
    month_first = first <= 12 and (second > 12 or order == "month first")
    return (year, first, second) if month_first else (year, second, first)


def _named(text: str) -> tuple[int, int, int] | None:
    if found := DAY_NAME_YEAR.match(text):
        day, name, year = found.groups()
    elif found := NAME_DAY_YEAR.match(text):
        name, day, year = found.groups()
    else:
        return None
    month = MONTH_OF.get(_plain(name))
    return (int(year), month, int(day)) if month else None


def _plain(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", name).casefold() if letter.isalpha())


def _unknown(text: str) -> tuple[int, int, int]:
    if SHORT_YEAR.match(text):
        raise Invalid(_("Write the year with four digits, such as 2026-11-30"))
    raise Invalid(_("Write the date as year, month, day, such as 2026-11-30"))


def _day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(_far_off(year))
    if not 1 <= month <= 12:
        raise Invalid(
            _("There is no month %(month)s. Write the date as year, month, day, such as 2026-11-30") % {"month": month}
        )
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        raise Invalid(_no_such_day(year, month, day, length))
    return date(year, month, day)


def _far_off(year: int) -> str:
    return _("The year %(year)s is outside %(first)s to %(last)s") % {
        "year": year,
        "first": FIRST_YEAR,
        "last": LAST_YEAR,
    }


def _no_such_day(year: int, month: int, day: int, length: int) -> str:
    named = f"{day} {MONTHS[month]}" + (f" {year}" if (month, day) == (2, 29) else "")
    return _("There is no %(day)s. Write the date as %(right)s") % {
        "day": named,
        "right": date(year, month, min(max(day, 1), length)),
    }
