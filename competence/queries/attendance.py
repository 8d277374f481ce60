"""Who has to take a recurring training by which day, as far as names may be seen."""

from dataclasses import dataclass
from datetime import date

from competence.models import Course
from competence.policy import people_seen, sees_everybody
from competence.queries import training
from roles.models import Person


@dataclass(frozen=True)
class Attendance:
    """One person and one course."""

    person: int
    name: str
    area: str
    last: date | None
    due_on: date
    is_overdue: bool


def lines(course: Course, user, day: date, *, overdue_only: bool = False) -> list[Attendance]:
    """The people this user sees, who is late first."""
    seen = None if sees_everybody(user) else list(people_seen(user).order_by().values_list("pk", flat=True))
    found = [one for one in training.dues(day, seen) if one.course.pk == course.pk]
    people = Person.objects.order_by() if seen is None else Person.objects.filter(pk__in=seen).order_by()
    named = {pk: (name, area or "") for pk, name, area in people.values_list("pk", "name", "area__name")}
    made = [
        Attendance(one.person, *named[one.person], one.last, one.due_on, one.is_overdue(day))
        for one in found
        if one.is_overdue(day) or not overdue_only
    ]
    return sorted(made, key=lambda line: (line.due_on, line.name))
