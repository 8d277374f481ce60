"""When the next meetings are: pure functions over dates (T2). Never later than the interval allows, month ends clamped."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from roles.intervals import add


def plan(last: date, every: int, count: int) -> list[date]:
    """The days of the next meetings, each at most `every` months after the one before; a weekend moves to the Friday before.

    Each day is worked out from the beginning, so that a clamped month end does not stay clamped."""
    return [_weekday(add(last, every * number, "month")) for number in range(1, count + 1)]


def _weekday(day: date) -> date:
    """Saturday and Sunday become the Friday before: never later."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def due_by(last: date, every: int) -> date:
    """The last day on which the next meeting is in time."""
    return add(last, every, "month")


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """That hour of that day where the organisation is, whatever the season."""
    return datetime.combine(day, at, zone)
