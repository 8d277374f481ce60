"""Terms drawn over time: who holds what until when, what is about to end, what is vacant since when (coverage A7).

The drawing is worked out from dates, as everything is; it stands beside a table that says the same in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Min

from ismsroles.core import clock
from ismsroles.core.names import search_key
from roles.models import Assignment, Role
from roles.queries.held import HeldRole, held_roles
from roles.queries.register import last_day_of

BACK, AHEAD = 182, 365  # days shown before and after today
WIDE = 1000  # units across
ENDS_SOON, ENDS_AT_ONCE = 90, 30  # days


@dataclass(frozen=True)
class Bar:
    """One piece of a line: where it stands, how wide it is, and how it is coloured: good, warn, stop, coming, over or gap."""

    x: int
    width: int
    tone: str


@dataclass(frozen=True)
class Line:
    """One seat of one role: its pieces, and the same in words."""

    held: HeldRole
    seat: str
    bars: list[Bar]
    now: list[Assignment]
    last_day: date | None = None
    days_left: int | None = None
    tone: str = "good"
    vacant_since: date | None = None
    successors: list[Assignment] = field(default_factory=list)


def lines(day: date, *, words: str = "", area: int | None = None) -> list[Line]:
    """Every role that somebody can hold, what ends or is vacant first."""
    keys = search_key(words).split()
    found = [
        line_of(held, "primary", day)
        for held in held_roles(day)
        if held.role.kind != "everyone" and (area is None or held.role.area_id == area) and _says(held, keys)
    ]
    order = {"gap": 0, "stop": 1, "warn": 2, "good": 3}
    return sorted(
        found, key=lambda line: (order[line.tone], line.last_day or date.max, line.held.role.title.casefold())
    )


def _says(held: HeldRole, keys: Sequence[str]) -> bool:
    text = search_key(" ".join([held.role.title, *(seat.person.name for seat in held.seats)]))
    return all(key in text for key in keys)


def of_role(role: Role, terms: Sequence[Assignment], day: date) -> list[Line]:
    """The two seats of one role, from the terms that its page shows; one query."""
    if role.state != "active" or role.kind == "everyone":
        return []
    since = Role.history.filter(id=role.pk, state="active").aggregate(first=Min("history_date"))["first"]
    begun = since.astimezone(clock.zone()).date() if since else None
    held = HeldRole(role, day, begun, seats=[a for a in terms if a.state in ("approved", "proposed")])
    return [
        line_of(held, seat, day) for seat in ("primary", "member", "deputy") if seat == "primary" or _seats(held, seat)
    ]


def line_of(held: HeldRole, seat: str, day: date) -> Line:
    """One seat over time. It ends when the last of those who sit there today goes and nobody who is approved follows."""
    approved, now = _seats(held, seat), held.now(seat)
    left = held.vacant_from - timedelta(days=1) if seat == "primary" and held.vacant_from else None
    if seat == "deputy" and now and all(last_day_of(a) for a in now):
        left = max(last_day_of(a) for a in now)
    days = (left - day).days if left else None
    gone = seat == "primary" and not now
    return Line(
        held, seat, _gaps(held, approved, day) * (seat == "primary") + [_bar(a, day) for a in approved if _in_sight(a, day)],
        now, left, days, "gap" if gone else tone(days), held.vacant_since if gone else None,
        [a for a in approved if a.starts_on > day],
    )  # fmt: skip


def tone(days_left: int | None) -> str:
    """Green while it lasts, amber in the last 90 days, red in the last 30."""
    if days_left is None or days_left > ENDS_SOON:
        return "good"
    return "warn" if days_left > ENDS_AT_ONCE else "stop"


def _seats(held: HeldRole, seat: str) -> list[Assignment]:
    return sorted(
        (a for a in held.seats if a.seat == seat and a.state == "approved"), key=lambda a: (a.starts_on, a.pk)
    )


def _in_sight(assignment: Assignment, day: date) -> bool:
    last = last_day_of(assignment)
    return (last is None or last >= day - timedelta(days=BACK)) and assignment.starts_on <= day + timedelta(days=AHEAD)


def _bar(assignment: Assignment, day: date) -> Bar:
    last = last_day_of(assignment)
    if last is not None and last < day:
        colour = "over"
    elif assignment.starts_on > day:
        colour = "coming"
    else:
        colour = tone((last - day).days if last else None)
    return _piece(assignment.starts_on, last, day, colour)


def _gaps(held: HeldRole, approved: Iterable[Assignment], day: date) -> list[Bar]:
    """The days in sight on which nobody holds it, from the day it came into force."""
    first, end = max(held.active_since or day, day - timedelta(days=BACK)), day + timedelta(days=AHEAD)
    found, free = [], first
    for assignment in approved:
        last = last_day_of(assignment)
        if assignment.starts_on > free:
            found.append(_piece(free, assignment.starts_on - timedelta(days=1), day, "gap"))
        if last is None:
            return found
        free = max(free, last + timedelta(days=1))
    return [*found, _piece(free, end, day, "gap")] if free <= end else found


def _piece(first: date, last: date | None, day: date, colour: str) -> Bar:
    start = min(max(_place(first, day), 0), WIDE)
    end = WIDE if last is None else min(max(_place(last + timedelta(days=1), day), 0), WIDE)
    return Bar(start, max(end - start, 2), colour)


def _place(moment: date, day: date) -> int:
    return round(((moment - day).days + BACK) * WIDE / (BACK + AHEAD))


def today_at() -> int:
    """Where today stands."""
    return round(BACK * WIDE / (BACK + AHEAD))


def months(day: date) -> list[tuple[int, date]]:
    """Where every other month begins."""
    found, moment = [], (day - timedelta(days=BACK)).replace(day=1)
    while _place(moment, day) < WIDE - 20:
        if _place(moment, day) >= 0:
            found.append((_place(moment, day), moment))
        for _step in range(2):
            moment = (moment + timedelta(days=32)).replace(day=1)
    return found
