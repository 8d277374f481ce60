"""Small worlds for tests of competence, by keyword. What the tests are about goes through actions."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from competence.models import Assessment, Requirement, Skill, TrainingAction
from ismsroles.core import clock
from roles.models import Person, Role

_numbers = count(1)


def skill(name: str = "") -> Skill:
    """A skill in use."""
    return Skill.objects.create(name=name or f"Skill {next(_numbers)}")


def need(role: Role, what: Skill, level: int = 2, **values: Any) -> Requirement:
    """The role has needed it for long."""
    values = {"starts_on": clock.today() - timedelta(days=300), **values}
    return Requirement.objects.create(role=role, skill=what, level=level, **values)


def shows(person: Person, what: Skill, level: int, **values: Any) -> Assessment:
    """Somebody else saw it 100 days ago."""
    values = {
        "assessed_on": clock.today() - timedelta(days=100), "assessor_name": "Somebody", "recorded_at": clock.now(), **values,
    }  # fmt: skip
    if values.get("is_self"):
        values["assessor_person"] = person
    return Assessment.objects.create(person=person, skill=what, level=level, **values)


def plan(
    person: Person, what: Skill | None, owner: Person, due_on: date | None = None, **values: Any
) -> TrainingAction:
    """Training that is still to come."""
    values = {"what": "Course, two days", "planned_at": clock.now(), **values}
    due_on = due_on or clock.today() + timedelta(days=30)
    return TrainingAction.objects.create(person=person, skill=what, owner=owner, due_on=due_on, **values)
