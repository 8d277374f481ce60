"""Levels, processes, policies and questions of the demo organisation, each gap shown once (R6, R7, R9, K4)."""

import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING

from evidence.demo.company import on
from evidence.demo.step import Step
from roles.actions import guidance, guidance_starter, unanswered
from roles.models import AuthorisationLevel, Policy, Process

if TYPE_CHECKING:
    from evidence.demo.loading import Story


def steps(story: "Story") -> Iterator[Step]:
    """Taken over from the library, then the organisation's own."""
    yield Step(-390, 7, lambda: guidance_starter.adopt_levels(actor=story.ism()))
    yield Step(-390, 7, lambda: guidance_starter.adopt_processes(actor=story.ism()))
    yield Step(-389, 7, lambda: guidance_starter.adopt_questions(actor=story.ism()))
    yield Step(-58, 7, lambda: _own(story))
    yield Step(-24, 7, lambda: _policies(story))
    yield Step(-14, 7, lambda: _asked(story))


def _content() -> dict:
    return tomllib.loads(resources.files(__package__).joinpath("guidance.toml").read_text(encoding="utf-8"))


def _own(story: "Story") -> None:
    for row in _content()["level"]:
        guidance.add(AuthorisationLevel, actor=story.ism(), **row | {"role": story.roles[row["role"]]})
    for row in _content()["process"]:
        guidance.add(Process, actor=story.ism(), **row)


def _policies(story: "Story") -> None:
    for row in _content()["policy"]:
        parts, owner = row.pop("parts"), story.roles.get(row.pop("owner", ""))
        policy = guidance.add(Policy, actor=story.ism(), owner=owner, **row | {"dated": on(row["dated"], story.today)})
        for key, does in parts.items():
            guidance.add_part(policy, actor=story.ism(), role=story.roles[key], does=does)


def _asked(story: "Story") -> None:
    for words in _content()["unanswered"]:
        unanswered.note_unanswered(words, actor=story.login("sunniva"))
