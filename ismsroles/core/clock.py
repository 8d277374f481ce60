"""What time it is. "Today" is a day in the organisation's own zone (design rule 4)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

__all__ = ["DAY", "UTC", "at", "begin_of", "now", "today", "zone"]

DAY = timedelta(days=1)
_elsewhere: ContextVar[datetime | None] = ContextVar("elsewhere", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _elsewhere.get() or timezone.now()


def zone() -> ZoneInfo:
    """The organisation's time zone."""
    from ismsroles.core.models import Organisation

    return ZoneInfo(Organisation.current().time_zone)


def today() -> date:
    """The day it is in the organisation's zone."""
    return now().astimezone(zone()).date()


def begin_of(day: date) -> datetime:
    """The first moment of a day in the organisation's zone."""
    return datetime.combine(day, time.min, zone())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stand at another moment: for tests and for the demo organisation's past."""
    token = _elsewhere.set(moment)
    try:
        yield
    finally:
        _elsewhere.reset(token)
