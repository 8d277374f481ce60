"""What starter roles need: their lines come with them as suggestions, and count once they are confirmed (C2, R4)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from competence.models import Requirement, Skill
from ismsroles.core import clock, events, history
from roles.actions.starter import also_adopts
from roles.models import Role


@cache
def _library() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("starter.toml").read_text(encoding="utf-8"))


def skills() -> dict[str, dict[str, Any]]:
    """The starter skills by their key."""
    return _library()["skills"]


def lines(starter_key: str) -> list[tuple[str, int, str, str]]:
    """(skill, level, must or should, how shown) of a starter role."""
    return [tuple(line) for line in _library()["roles"].get(starter_key, [])]


@also_adopts
def suggest_requirements(roles: list[Role], actor) -> None:
    """Suggest for each adopted role what it needs; skills that are not there yet are added."""
    wanted = [(role, *line) for role in roles for line in lines(role.starter_key)]
    present = _skills({key for _role, key, *_rest in wanted}, actor)
    rows = [
        Requirement(
            role=role, skill=present[key], level=level, strength=strength, proof=proof, is_suggested=True,
            starts_on=clock.today(),
        )
        for role, key, level, strength, proof in wanted
        if key in present
    ]  # fmt: skip
    if rows:
        history.bulk_create(rows, Requirement, actor=actor)
        events.record_many([_told(row, actor) for row in rows])


def _skills(keys: set[str], actor) -> dict[str, Skill]:
    found = {skill.starter_key: skill for skill in Skill.objects.in_use().filter(starter_key__in=keys)}
    named = {name.lower() for name in Skill.objects.in_use().values_list("name", flat=True)}
    new = [_made(key) for key in skills() if key in keys - set(found) and skills()[key]["name"].lower() not in named]
    if new:
        history.bulk_create(new, Skill, actor=actor)
        made = list(Skill.objects.in_use().filter(starter_key__in=[skill.starter_key for skill in new]))
        events.record_many([events.prepare("skill.added", actor=actor, subject=skill) for skill in made])
        found |= {skill.starter_key: skill for skill in made}
    return found


def _made(key: str) -> Skill:
    told = skills()[key]
    levels = {f"level_{number}": text for number, text in enumerate(told["levels"], 1)}
    return Skill(name=told["name"], description=told["description"], starter_key=key, **levels)


def _told(row: Requirement, actor):
    words = {"skill": row.skill, "role": row.role, "level": row.level}
    return events.prepare("requirement.suggested", actor=actor, subject=row.role, **words)
