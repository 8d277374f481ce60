"""Absences in the demo organisation (A7): one over, in which the deputy decided, one that lasts, one that is coming."""

from collections.abc import Iterator

from evidence.demo.company import on
from evidence.demo.step import Step
from ismsroles.core import clock
from roles.actions import absences


def steps(story) -> Iterator[Step]:
    """Recorded by the person or by who keeps the register; never why."""
    yield Step(-40, 7, lambda: _away(story, "dagfinn", story.login("dagfinn"), until=-33))
    yield Step(-1, 7, lambda: _away(story, "blazej", story.ism(), until=9))
    yield Step(0, 7, lambda: _away(story, "ruoxi", story.login("ruoxi"), begins=30, until=44))


def _away(story, person: str, actor, *, until: int, begins: int | None = None) -> None:
    first = on(begins, story.today) if begins is not None else clock.today()
    absences.record_absence(story.people[person], actor=actor, starts_on=first, ends_on=on(until, story.today))
