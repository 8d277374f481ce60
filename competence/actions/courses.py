"""Training that repeats, and the register of who took it (C5)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from competence.models import Course, TrainingRecord
from ismsroles.core import clock, events, history
from ismsroles.core.access import may, require
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from roles.actions import changes
from roles.models import Person


@transaction.atomic
def add_course(*, actor, **values: Any) -> Course:
    """A training that everybody, an area or the holders of a role take again and again."""
    require(actor, "competence.course.keep")
    course = history.save(Course(**values), actor=actor)
    events.record("course.added", actor=actor, subject=course)
    return course


@transaction.atomic
def change_course(course: Course, *, actor, **values: Any) -> Course:
    """Other words or another rhythm; due days follow at once, they are worked out."""
    require(actor, "competence.course.keep")
    course = Course.objects.select_for_update().get(pk=course.pk)
    if what := changes.apply(course, values):
        history.save(course, actor=actor)
        events.record("course.changed", actor=actor, subject=course, what=what)
    return course


@transaction.atomic
def retire_course(course: Course, *, actor) -> Course:
    """It is not repeated any more; who took it stays in the register."""
    require(actor, "competence.course.keep")
    course = Course.objects.select_for_update().get(pk=course.pk)
    if course.is_retired:
        raise WrongState(_("It has ended already. Nothing was done."))
    course.is_retired = True
    history.save(course, actor=actor)
    events.record("course.retired", actor=actor, subject=course)
    return course


@transaction.atomic
def record_attendance(
    course: Course, people: list[Person], *, actor, done_on: date, result: str = ""
) -> list[TrainingRecord]:
    """These people took the course on that day: all of them are recorded, or none. Who has that day already is left alone."""
    if not people:
        raise Invalid(_("Choose at least one person."), "people")
    if done_on > clock.today():
        raise Invalid(_("This day is still to come. Write the day on which it was done."), "done_on")
    if not all(may(actor, "competence.train.record", person) for person in people):
        raise NotAllowed(_("You record training of your own people only. Nothing was recorded."))
    had = set(course.records.filter(done_on=done_on, person__in=people).values_list("person_id", flat=True))
    rows = [
        TrainingRecord(
            person=person, title=course.title, course=course, done_on=done_on, result=result, recorded_by=actor,
            recorded_at=clock.now(),
        )
        for person in people
        if person.pk not in had
    ]  # fmt: skip
    history.bulk_create(rows, TrainingRecord, actor=actor)
    events.record("training.recorded-many", actor=actor, subject=course, title=course.title, count=len(rows))
    return rows
