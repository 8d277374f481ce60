"""Arithmetic of reviews: pure functions over dates. "At least annually": a year after the last one, never later (design §6)."""

from datetime import date, timedelta

from roles.intervals import add

YEAR = 12
AHEAD = timedelta(days=30)
BEFORE_DUE = timedelta(days=7)


def due_after(base: date, months: int) -> date:
    """When the next review is due: so many months after the last completed one, the month's end clamped (29 February → 28)."""
    return add(base, months, "month")


def ahead(months: int) -> timedelta:
    """How long before its due day a review opens: 30 days, and never more than half of a short interval."""
    return AHEAD if months > 2 else timedelta(days=14)


def latest_base(horizon: date, months: int) -> date:
    """The last day after which a review is due by `horizon`: what was reviewed later is not due yet. The inverse of `due_after`."""
    day = add(horizon, -months, "month")
    while due_after(day + timedelta(days=1), months) <= horizon:
        day += timedelta(days=1)
    return day


def opens_on(due: date, months: int) -> date:
    """The first day on which the review is open."""
    return due - ahead(months)


UNTOLD, OPENED, SOON, OVERDUE, ESCALATED = range(5)
ESCALATES_AFTER = timedelta(days=7)


def step(due: date, today: date) -> int:
    """How far the telling has to have got today: of the opening, a week before the due day, when overdue, to top management."""
    if today > due + ESCALATES_AFTER:
        return ESCALATED
    if today > due:
        return OVERDUE
    return SOON if today >= due - BEFORE_DUE else OPENED


def spread(count: int, dues: list[date], first: date) -> list[date]:
    """New days for reviews so that they come evenly: each between `first` and its own due day, none later than it was."""
    ordered = sorted(dues)
    if not ordered or count == 0:
        return []
    span = max((ordered[-1] - first).days, 0)
    step_days = span / max(count, 1)
    return [min(due, first + timedelta(days=round(step_days * (place + 1)))) for place, due in enumerate(ordered)]
