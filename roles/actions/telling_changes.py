"""Who holds a role learns, the day after, what was changed in it: one message a role and day (K2).

Read from the audit log, for each day that is over. Run each hour, late, or twice: a message exists once, by its key."""

from collections import defaultdict
from datetime import date, timedelta

from ismsroles.core import clock
from ismsroles.core.models import AuditEvent
from ismsroles.notices.telling import Telling, tell_many
from roles.actions.readers import reader_of
from roles.models import Assignment, Role

DAYS_BACK = 7
CODES = (
    "role.changed", "responsibility.added", "responsibility.changed", "responsibility.moved", "responsibility.removed",
    "authority.added", "authority.changed", "authority.removed",
)  # fmt: skip
Changes = dict[tuple[int, date], list[str]]


def tell_of_changes() -> int:
    """Tell today's holders of each role that was changed on one of the last days; three queries and the messages."""
    changed = _changes(clock.today())
    if not changed:
        return 0
    held = Assignment.objects.current(clock.today()).filter(role__in={role for role, _day in changed})
    seats: dict[int, list[Assignment]] = defaultdict(list)
    for seat in held.filter(role__state="active").select_related("role", "person"):
        seats[seat.role_id].append(seat)
    told = [_telling(seat, day, lines) for (role, day), lines in changed.items() for seat in _held_on(seats[role], day)]
    tell_many(told)
    return len(told)


def _changes(today: date) -> Changes:
    first = clock.begin_of(today - timedelta(days=DAYS_BACK))
    rows = AuditEvent.objects.filter(
        code__in=CODES, at__gte=first, at__lt=clock.begin_of(today), subject_type=Role._meta.label_lower
    ).order_by("pk")  # fmt: skip
    found: Changes = defaultdict(list)
    for event in rows:
        found[int(event.subject_id), event.at.astimezone(clock.zone()).date()].append(event.sentence)
    return found


def _held_on(seats: list[Assignment], day: date) -> list[Assignment]:
    """Who held it on that day already: who got it since read it as it is now."""
    return [seat for seat in seats if seat.starts_on <= day]


def _telling(seat: Assignment, day: date, lines: list[str]) -> Telling:
    params = {"role": seat.role, "day": day, "lines": lines}
    return Telling(
        "role.changed", reader_of(seat.person), f"{seat.role_id}-{day}", seat.role.get_absolute_url(), params=params
    )
