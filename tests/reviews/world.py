"""Small worlds of reviews for tests."""

from datetime import date, timedelta
from uuid import uuid4

from ismsroles.core import clock
from reviews import looking
from reviews.actions import doing
from reviews.actions.doing import Answer
from reviews.models import Review
from roles.models import Person


def opened(subject, reviewer: Person | None, *, kind: str = "periodic", due_on: date | None = None) -> Review:
    """An open review of a role or an assignment, due in ten days."""
    due = due_on or clock.today() + timedelta(days=10)
    return Review.objects.create(
        kind=kind, subject_kind=subject._meta.model_name, subject_id=subject.pk, subject_label=str(subject), period=due, due_on=due,
        base_on=clock.today() - timedelta(days=355), opened_at=clock.now(), reviewer=reviewer, run=uuid4(),
    )  # fmt: skip


def finished(review: Review, actor, *, verdict: str = "right", leave_out: int = 0, **values) -> Review:
    """The reviewer answers every line the same, but for the last few; the first carries the verdict."""
    looked = looking.at(review, clock.today())
    keys = [seen.line.key for seen in looked.lines][: len(looked.lines) - leave_out]
    answers = {key: Answer("right") for key in keys}
    if verdict != "right":
        answers[keys[0]] = Answer(verdict, "Write it anew.")
    values = {"outcome": verdict, "reason": "Looked at it with the holder.", **values}
    return doing.finish_review(review, actor=actor, seen=looked.print, answers=answers, **values)


def reviewed(cast, role, *, verdict: str = "right", **values) -> Review:
    """A review of this role that the information security manager finished."""
    return finished(opened(role, cast.people.ism), cast.ism, verdict=verdict, **values)
