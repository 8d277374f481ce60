"""Teams in the demo organisation (A2): one that holds a role since half a year, and somebody who joined it and waits for the approval."""

from collections.abc import Iterator

from evidence.demo.step import Step
from ismsroles.core import clock
from ismsroles.core.shown import fingerprint
from roles.actions import teams
from roles.models import Assignment, Team
from roles.queries.teams import in_order, shown_together


def steps(story) -> Iterator[Step]:
    """Named, proposed and approved; later one more person."""
    yield Step(-181, 7, lambda: _name(story))
    yield Step(-180, 8, lambda: _approve(story))
    yield Step(-2, 7, lambda: _join(story, "bao"))


def _name(story) -> None:
    made = teams.add_team(
        actor=story.ism(), name="On-call team", area=story.areas["cloud"],
        purpose="Keeps the platform running at night and on weekends, one person a week.",
    )  # fmt: skip
    for person in ("nadia", "hiroshi", "tugba"):
        _join(story, person, leads=person == "nadia")
    teams.propose_team(
        made, role=story.roles["system_administrator"], area=story.areas["cloud"], actor=story.ism(),
        starts_on=clock.today(), reason="Whoever is on call must be able to restart and repair.",
    )  # fmt: skip


def _join(story, person: str, *, leads: bool = False) -> None:
    teams.join_team(
        Team.objects.get(name="On-call team"), person=story.people[person], actor=story.ism(), starts_on=clock.today(),
        leads=leads, reason="Takes a week in turn.",
    )  # fmt: skip


def _approve(story) -> None:
    rows = in_order(Assignment.objects.pending().filter(team__name="On-call team"))
    seen = fingerprint(shown_together(rows))
    teams.decide_team(rows, verb="approve", actor=story.login("dagfinn"), seen_hash=seen)
