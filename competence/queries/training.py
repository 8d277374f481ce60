"""Training: what is planned for whom, what is due again, what expires (C3, C5)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from competence import due
from competence.models import Assessment, Course, TrainingAction, TrainingRecord
from competence.queries.holders import holders
from roles.models import Person


def plans(on: date, people: Collection[int] | None = None) -> set[tuple[int, int]]:
    """(person, skill) with training that is still to come on that day."""
    rows = TrainingAction.objects.still_open().filter(due_on__gte=on, skill__isnull=False)
    if people is not None:
        rows = rows.filter(person__in=people)
    return set(rows.order_by().values_list("person_id", "skill_id"))


@dataclass(frozen=True)
class Due:
    """A course that a person has to take (again) by a day."""

    person: int
    course: Course
    due_on: date
    last: date | None

    def is_overdue(self, day: date) -> bool:
        return self.due_on < day


def dues(on: date, people: Collection[int] | None = None) -> list[Due]:
    """Every recurring training of everybody who is there, with its day; four queries however many people there are."""
    courses = list(Course.objects.filter(is_retired=False, starts_on__lte=on).select_related("area", "role"))
    if not courses:
        return []
    rows = Person.objects.current(on).order_by()
    if people is not None:
        rows = rows.filter(pk__in=people)
    there = list(rows.values_list("pk", "area_id", "starts_on"))
    held: dict[int, set[int]] = defaultdict(set)
    if roles := {course.role_id for course in courses if course.role_id}:
        for person, role in holders(on, roles=roles, people=people):
            held[role].add(person)
    last = _last([course.pk for course in courses], on, people)
    return [_due(course, person, last) for course in courses for person in there if _takes(course, person, held)]


def _takes(course: Course, person: tuple, held: dict[int, set[int]]) -> bool:
    pk, area, _starts_on = person
    if course.role_id:
        return pk in held[course.role_id]
    return course.area_id is None or course.area_id == area


def _due(course: Course, person: tuple, last: dict) -> Due:
    pk, _area, joined = person
    taken, valid_until = last.get((course.pk, pk), (None, None))
    day = due.next_due(
        taken,
        valid_until,
        every=course.every_months,
        begins=course.starts_on,
        joined=joined,
        first_days=course.first_days,
    )
    return Due(pk, course, day, taken)


def _last(
    courses: list[int], on: date, people: Collection[int] | None
) -> dict[tuple[int, int], tuple[date, date | None]]:
    rows = TrainingRecord.objects.filter(course__in=courses, done_on__lte=on).order_by("done_on", "pk")
    if people is not None:
        rows = rows.filter(person__in=people)
    return {
        (course, person): (done, until)
        for course, person, done, until in rows.values_list("course_id", "person_id", "done_on", "valid_until")
    }


def expiring(on: date, people: Collection[int] | None = None, within: int = 60) -> list[Assessment]:
    """What counts today and expires within so many days: the newest of each person and skill."""
    rows = Assessment.objects.standing(on).select_related("person", "skill")
    if people is not None:
        rows = rows.filter(person__in=people)
    rows = rows.filter(skill__in=Assessment.objects.filter(valid_until__gte=on).values("skill"))
    newest = {(row.person_id, row.skill_id, row.evidence): row for row in rows}
    last = on + timedelta(days=within)
    return [row for row in newest.values() if row.valid_until and on <= row.valid_until <= last]
