"""Arithmetic of what is due again: pure functions over dates; month ends are clamped, never later (design §6)."""

from calendar import monthrange
from datetime import date, timedelta


def add(day: date, every: int, unit: str) -> date:
    """The day that lies `every` days, weeks or months after `day`; 31 January and a month is 28 or 29 February."""
    if unit == "day":
        return day + timedelta(days=every)
    if unit == "week":
        return day + timedelta(weeks=every)
    months = day.year * 12 + day.month - 1 + every
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_check(starts_on: date, ends_on: date, every: int, unit: str, last: date | None) -> date | None:
    """When the next check is due: an interval after the last one, at the latest on the last day; None after a check at the end."""
    if last is not None and last >= ends_on:
        return None
    return min(add(last or starts_on, every, unit), ends_on)
