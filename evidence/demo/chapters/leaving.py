"""People who leave, stay after all, and move (A6): one of each, with what became of their roles."""

from collections.abc import Iterator
from datetime import timedelta

from evidence.demo.step import Step
from ismsroles.core import clock
from roles.actions import moves, people
from roles.models import Assignment, Move

NOTICE, BACK = -200, -192  # notice given, and taken back
KEPT, DECIDED = -130, -127  # a move after which a role was kept on purpose
MOVED = -9  # a move that nobody has decided on yet


def steps(story) -> Iterator[Step]:
    """A last day taken back in time; a move with a decision; a move that waits for one."""
    yield Step(NOTICE, 4, lambda: _leaves(story))
    yield Step(BACK, 4, lambda: _stays(story))
    yield Step(KEPT, 4, lambda: _changed(story, "aurelio", area=story.areas["product"]))
    yield Step(DECIDED, 4, lambda: _kept(story))
    yield Step(
        MOVED, 4, lambda: _changed(story, "sione", job_title="Customer success lead", area=story.areas["customers"])
    )


def _leaves(story) -> None:
    last_day = clock.today() + timedelta(days=45)
    people.record_last_day(story.people["duy"], last_day, actor=story.ism(), reason="Notice received.")


def _stays(story) -> None:
    people.record_last_day(story.people["duy"], None, actor=story.ism(), reason="Stays after all, in the same post.")


def _changed(story, key: str, **values) -> None:
    people.change_person(story.people[key], actor=story.ism(), **values)


def _kept(story) -> None:
    person = story.people["aurelio"]
    seats = Assignment.objects.current(clock.today()).filter(person=person)
    for seat in seats:
        reason = "Knows the laboratory connectors best; the product team has agreed that one day a week stays for them."
        moves.keep_after_move(Move.objects.get(person=person), seat.pk, actor=story.ism(), reason=reason)
