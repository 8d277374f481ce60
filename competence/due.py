"""When something is due again. Pure: no database, no clock."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

BUCKETS = (7, 30, 60)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month, never a day of the one after it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_due(
    last: date | None, valid_until: date | None, *, every: int, begins: date, joined: date | None, first_days: int
) -> date:
    """So many months after it was last taken (never later than its certificate), else so many days after one could begin."""
    if last is None:
        return max(begins, joined or begins) + timedelta(days=first_days)
    again = months_after(last, every)
    return min(again, valid_until) if valid_until else again


def crossed(due: date, today: date, known_since: date | None = None) -> date | None:
    """The day on which it came within 60, 30 or 7 days, or was overdue: the newest such day; None when it is further away."""
    for bucket in (-1, *BUCKETS):
        since = due - timedelta(days=bucket)
        if since <= today:
            return max(since, known_since) if known_since else since
    return None


def newest(days: Iterable[date | None]) -> date | None:
    """The last of these days."""
    return max((day for day in days if day is not None), default=None)
