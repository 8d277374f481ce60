"""Arithmetic of terms: pure functions over dates; last days count (design rule 4)."""

from datetime import date, timedelta

from django.utils.formats import date_format

OPEN_END = date.max


def overlap(a_start: date, a_end: date | None, b_start: date, b_end: date | None) -> bool:
    """Whether two terms share a day."""
    return a_start <= (b_end or OPEN_END) and b_start <= (a_end or OPEN_END)


def day_before(day: date) -> date:
    """The day before `day`."""
    return day - timedelta(days=1)


def a_year_after(day: date) -> date:
    """The same day of the next year; 29 February becomes the 28th: never later than a year (design §6)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def contains(start: date | None, end: date | None, day: date) -> bool:
    """Whether `day` lies within; an open side has no limit."""
    return (start is None or start <= day) and (end is None or day <= end)


def in_words(day: date) -> str:
    """A day as every page writes it: 23 Nov 2026."""
    return date_format(day, "j M Y")
