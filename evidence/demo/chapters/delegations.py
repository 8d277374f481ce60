"""Delegations in the demo organisation (A8): one checked in time, one whose check is overdue, one not answered yet."""

from collections.abc import Iterator

from evidence.demo.company import on
from evidence.demo.step import Step
from ismsroles.core import clock
from ismsroles.core.shown import fingerprint
from roles.actions import delegations
from roles.queries.delegations import shown


def steps(story) -> Iterator[Step]:
    """From a holder to somebody with a login, so that each can look at it."""
    yield Step(-50, 7, lambda: _delegate(story, "secure_development", "sunniva", 0, until=40, key="reviews"))
    yield Step(-49, 7, lambda: _accept(story, "reviews", "sunniva"))
    yield Step(
        -21, 7, lambda: _check(story, "reviews", "ruoxi", "Ten of 31 reviews of October, read with the authors.", "ok")
    )
    yield Step(-80, 7, lambda: _delegate(story, "ism", "kwabena", 1, until=100, key="log"))
    yield Step(-79, 7, lambda: _accept(story, "log", "kwabena"))
    yield Step(-48, 7, lambda: _check(story, "log", "liesbeth", "The entries of a week against the tickets.", "ok"))
    yield Step(-2, 7, lambda: _delegate(story, "ism", "ruoxi", 2, until=60, key="asked"))


def _delegate(story, held: str, delegate: str, duty: int, *, until: int, key: str) -> None:
    assignment = story.assignments[held]
    story.assignments[f"delegation {key}"] = delegations.offer_delegation(
        assignment, delegate=story.people[delegate], responsibilities=[assignment.role.responsibilities.all()[duty]],
        actor=assignment.person.user, starts_on=clock.today(), ends_on=on(until, story.today), every=1, unit="month",
        note="Handed over in a meeting; the notes are in the team's folder.",
    )  # fmt: skip


def _accept(story, key: str, person: str) -> None:
    made = story.assignments[f"delegation {key}"]
    delegations.accept_delegation(made, actor=story.login(person), seen_hash=fingerprint(shown(made)))


def _check(story, key: str, person: str, looked_at: str, result: str) -> None:
    made = story.assignments[f"delegation {key}"]
    delegations.record_check(made, actor=story.login(person), on=clock.today(), looked_at=looked_at, result=result)
