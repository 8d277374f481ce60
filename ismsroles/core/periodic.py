"""When each periodic entry last ran, when it runs next, and whether the scheduler is silent (design §6)."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery.schedules import BaseSchedule, crontab, schedule
from django.db import DatabaseError

from ismsroles.core import clock
from ismsroles.schedule import ENTRIES, Entry

log = logging.getLogger(__name__)
TICK = "core.tick"
SILENT_AFTER = timedelta(minutes=10)
SPARE = timedelta(seconds=5)  # a task that runs at each commit is noted this often at most


@dataclass(frozen=True)
class Line:
    """One entry of the schedule, and how it went."""

    entry: Entry
    last: datetime | None
    next: datetime | None
    fault: str
    is_late: bool

    @property
    def every(self) -> str:
        """When it runs, as written in a crontab."""
        return in_words(self.entry.schedule)


def began(task: str) -> None:
    """Note that it runs. What cannot be noted does not stop the task."""
    from ismsroles.core.models import PeriodicRun

    if task not in {entry.task for entry in ENTRIES}:
        return
    moment = clock.now()
    try:
        row, new = PeriodicRun.objects.get_or_create(task=task, defaults={"began_at": moment})
        if not new and row.began_at < moment - SPARE:
            PeriodicRun.objects.filter(pk=row.pk).update(began_at=moment)
    except DatabaseError:
        log.warning("that %s runs could not be noted", task)


def ended(task: str, fault: str) -> None:
    """Note how it went; empty is well."""
    from ismsroles.core.models import PeriodicRun

    try:
        PeriodicRun.objects.filter(task=task).exclude(fault=fault[:500]).update(fault=fault[:500])
    except DatabaseError:
        log.warning("how %s went could not be noted", task)


def lines(entries: Iterable[Entry] = ENTRIES) -> list[Line]:
    """Every entry with its last and next run; one query."""
    from ismsroles.core.models import PeriodicRun

    runs = {row.task: row for row in PeriodicRun.objects.all()}
    return [_line(entry, runs.get(entry.task)) for entry in entries]


def _line(entry: Entry, run: Any) -> Line:
    last = run.began_at if run else None
    due = next_run(entry.schedule, last or clock.now())
    is_late = last is not None and clock.now() > due + SILENT_AFTER
    return Line(entry, last, due, run.fault if run else "", is_late)


def next_run(when: float | BaseSchedule, last: datetime) -> datetime:
    """The moment that follows the last run."""
    from ismsroles.celery import app

    found = when if isinstance(when, BaseSchedule) else schedule(timedelta(seconds=when))
    found.app = app
    begun, wait, _now = found.remaining_delta(last) if isinstance(found, crontab) else (last, found.run_every, None)
    return begun + wait


def in_words(when: float | BaseSchedule) -> str:
    """Short, for the table."""
    if not isinstance(when, crontab):
        return f"{int(when)} s"
    hour = "*" if len(when.hour) == 24 else ",".join(str(one) for one in sorted(when.hour))
    return " ".join(f"{hour}:{minute:02d}" for minute in sorted(when.minute))


def silent_since() -> datetime | None:
    """Since when nothing was heard of the scheduler, if that is too long; before its first tick, since the first message was due."""
    from ismsroles.core.models import OutboxMessage, PeriodicRun

    tick = PeriodicRun.objects.filter(task=TICK).values_list("began_at", flat=True).first()
    if tick is None:
        first = OutboxMessage.objects.filter(delivered_at=None, attempts=0).order_by("due_at")
        tick = first.values_list("due_at", flat=True).first()
    return tick if tick is not None and clock.now() - tick > SILENT_AFTER else None
