"""Competence in the demo organisation: a matrix from a spreadsheet, certificates, gaps with and without a plan, training, a follow-up."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from competence import imports
from competence.actions import assessments, courses, performance, training
from competence.actions import skills as actions
from competence.actions.duties import acknowledge
from competence.models import Course, Skill
from competence.queries.duties import duties
from competence.starter import suggest_requirements
from evidence.demo.company import on
from evidence.demo.step import Step
from ismsroles.core import clock, tabular
from roles.models import Person, Role

LATE = 50  # after everything else that happens on a day: proposals of that day were made before the role asked for the skill


@cache
def told() -> dict[str, Any]:
    """What happens, in `competence.toml`."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def steps(story) -> Iterator[Step]:
    """Everything about competence, on its day."""
    data = told()
    yield Step(data["suggested"], LATE, lambda: _suggest(story))
    for line in data["confirmed"]:
        yield Step(line["day"], LATE + 1, lambda line=line: _confirm(story, line["roles"]))
    yield Step(data["matrix"]["day"], LATE + 2, lambda: _import(story, data["matrix"]))
    for line in data["assessments"]:
        yield Step(line["day"], LATE + 3, lambda line=line: _assess(story, line))
    for key in data["acknowledged"]["people"]:
        yield Step(data["acknowledged"]["day"], LATE + 7, lambda key=key: _acknowledge(story, key))
    for line in data["training"]:
        yield from _training(story, line)
    for line in data["courses"]:
        yield Step(line["day"], LATE, lambda line=line: _course(story, line))
        for taken in line["taken"]:
            yield Step(taken["day"], LATE + 1, lambda line=line, taken=taken: _attend(story, line["title"], taken))
    for line in data["expectations"]:
        yield Step(line["day"], LATE + 4, lambda line=line: _expect(story, line))
    for line in data["performance"]:
        yield from _performance(story, line)


def _roles(story, keys: list[str]) -> list[Role]:
    return [story.roles[key] for key in keys if key in story.roles]


def _suggest(story) -> None:
    suggest_requirements([role for role in story.roles.values() if role.starter_key], story.ism())


def _confirm(story, keys: list[str]) -> None:
    rows = [row for role in _roles(story, keys) for row in role.requirements.present()]
    actions.confirm_requirements(rows, actor=story.ism())


def _import(story, matrix: dict[str, Any]) -> None:
    """The spreadsheet that was kept until then: people down, skills across."""
    names = {skill.starter_key: skill.name for skill in Skill.objects.exclude(starter_key="")}
    head = ["E-mail", *(names[key] for key in matrix["skills"])]
    rows = [[story.people[key].email, *marks.split()] for key, marks in matrix["rows"].items()]
    text = "\n".join(";".join(cell.replace(".", "") if cell == "." else cell for cell in row) for row in [head, *rows])
    plan = imports.plan(
        "competence", tabular.read(text.encode(), "competence.csv", known=imports.KNOWN), today=clock.today()
    )
    imports.apply(plan, actor=story.ism(), source="competence-2026.csv")


def _acknowledge(story, key: str) -> None:
    for one in duties():
        acknowledge(one.role, actor=story.login(key), seen=one.wording)


def _skill(key: str) -> Skill:
    return Skill.objects.get(starter_key=key)


def _assess(story, line: dict[str, Any]) -> None:
    valid_until = on(line["until"], story.today) if "until" in line else None
    assessments.assess(
        _person(story, line["person"]), actor=story.login(line["by"]), skill=_skill(line["skill"]), level=line["level"],
        assessed_on=clock.today(), valid_until=valid_until, evidence=line.get("evidence", "experience"), note=line.get("note", ""),
    )  # fmt: skip


def _person(story, key: str) -> Person:
    return Person.objects.select_related("area").get(pk=story.people[key].pk)


def _training(story, line: dict[str, Any]) -> Iterator[Step]:
    made: list = []
    yield Step(line["day"], LATE + 4, lambda: made.append(_plan(story, line)))
    if "done" in line:
        yield Step(line["done"], LATE + 5, lambda: training.finish_training(
            made[0], actor=story.login(line["owner"]), done_on=clock.today(), result=line["result"]
        ))  # fmt: skip
    if "checked" in line:
        yield Step(line["checked"], LATE + 6, lambda: training.check_training(
            made[0], actor=story.login(line["by"]), helped=True, note=line["note"]
        ))  # fmt: skip


def _plan(story, line: dict[str, Any]):
    return training.plan_training(
        _person(story, line["person"]), actor=story.login(line["by"]), owner=_person(story, line["owner"]), skill=_skill(line["skill"]),
        what=line["what"], due_on=on(line["due"], story.today), cost=line.get("cost"),
    )  # fmt: skip


def _course(story, line: dict[str, Any]) -> None:
    courses.add_course(
        actor=story.ism(), title=line["title"], description=line["description"], area=story.areas.get(line.get("area", "")),
        starts_on=clock.today(),
    )  # fmt: skip


def _attend(story, title: str, taken: dict[str, Any]) -> None:
    """Everybody who was there but the people named; or only the people named."""
    people = Person.objects.current(clock.today()).select_related("area")
    if "only" in taken:
        people = people.filter(pk__in=[story.people[key].pk for key in taken["only"]])
    absent = [story.people[key].pk for key in taken.get("not", [])]
    course = Course.objects.get(title=title)
    courses.record_attendance(course, list(people.exclude(pk__in=absent)), actor=story.ism(), done_on=clock.today())


def _expect(story, line: dict[str, Any]) -> None:
    for role in _roles(story, [line["role"]]):
        performance.add_expectation(role, actor=story.ism(), text=line["text"])


def _performance(story, line: dict[str, Any]) -> Iterator[Step]:
    made: list = []
    yield Step(line["day"], LATE + 5, lambda: made.append(_note(story, line)))
    if "closed" in line:
        yield Step(line["closed"], LATE + 6, lambda: performance.close_gap(
            made[0], actor=story.login(line["by"]), outcome=line["outcome"]
        ))  # fmt: skip


def _note(story, line: dict[str, Any]):
    return performance.note_gap(
        _person(story, line["person"]), actor=story.login(line["by"]), role=story.roles[line["role"]], seen=line["seen"],
        feedback=line["feedback"], action=line["action"], due_on=on(line["due"], story.today),
    )  # fmt: skip
