"""iCalendar (RFC 5545, 5546): what calendar programs read of meetings and due dates (T2). Pure functions of their arguments.

Moments are written in UTC, so that each program shows them in its reader's own zone, summer time or not; days are days."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress

PRODUCT = "-//ismsroles//information security roles//EN"


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar: a meeting with its hours, or something that is due on a day."""

    uid: str
    title: str
    starts: datetime | date
    ends: datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""
    sequence: int = 0
    is_cancelled: bool = False


Source = Callable[..., Iterable[Entry]]
_sources: list[Source] = []


def source(function: Source) -> Source:
    """The decorated function gives entries for (person, since, until), in a fixed number of queries; upper apps register theirs."""
    _sources.append(function)
    return function


def entries(person, since: date, until: date) -> list[Entry]:
    """All that stands in one person's calendar: only what is theirs."""
    return [entry for each in _sources for entry in each(person, since, until)]


def invitation(
    entry: Entry, *, method: str, organiser: str, organiser_name: str, to: str, name: str, at: datetime
) -> str:
    """One meeting for one person: REQUEST for an invitation or a change of it, CANCEL when it does not take place.

    Nobody but the one who is written to stands in it."""
    calendar = _calendar(method)
    event = _event(entry, at)
    event["organizer"] = vCalAddress(f"mailto:{organiser}")
    event["organizer"].params["CN"] = organiser_name
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params.update({"CN": name, "ROLE": "REQ-PARTICIPANT", "RSVP": "TRUE", "PARTSTAT": "NEEDS-ACTION"})
    event.add("attendee", attendee)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def feed(found: Iterable[Entry], *, title: str, at: datetime) -> bytes:
    """A calendar that programs fetch again and again."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for entry in sorted(found, key=lambda one: (str(one.starts), one.uid)):
        calendar.add_component(_event(entry, at))
    return calendar.to_ical()


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(entry: Entry, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", at.replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends if entry.ends is not None else _day_after(entry.starts))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.ends is None:
        event.add("transp", "TRANSPARENT")
    for name, value in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if value:
            event.add(name, value)
    return event


def _day_after(day: date) -> date:
    return day + timedelta(days=1)
