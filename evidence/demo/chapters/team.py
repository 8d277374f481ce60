"""The management review team: its rules, two meetings that were held, one that is planned, an area that lost its representative, and a
policy version that waits for sign-off (T1–T5)."""

import tomllib
from collections.abc import Iterator
from datetime import time, timedelta
from functools import cache
from importlib import resources
from typing import Any

from evidence.demo.company import on
from evidence.demo.step import Step
from ismsroles.core import clock
from ismsroles.records import actions as records
from ismsroles.records.models import Version
from reviews import planning
from reviews.actions import meetings, minutes, minuting, papers
from reviews.actions.team import write_charter
from reviews.models import AgendaItem, Meeting, TeamAction
from reviews.queries.team import team
from roles.actions import assignments
from roles.models import Policy

INTERVAL = 3
PASSWORD = "orrinsby demo 2026"  # noqa: S105  (printed by the demo)


@cache
def told() -> dict[str, Any]:
    """What was said and decided."""
    return tomllib.loads(resources.files(__package__).joinpath("team.toml").read_text(encoding="utf-8"))


def steps(story) -> Iterator[Step]:
    """Rules, three meetings a quarter apart, of which two are over; minutes of the first are signed."""
    days = told()["days"]
    first = on(days["first"], story.today)
    dates = [first, *planning.plan(first, INTERVAL, 2)]
    held = [(day - story.today).days for day in dates[:2]]
    yield Step(days["rules"], 20, lambda: _rules(story))
    yield Step(days["rules"] + 1, 20, lambda: _plan(story, first))
    for number, day in enumerate(held):
        yield Step(day - 14, 20, lambda number=number: meetings.invite(_meeting(number), actor=story.ism()))
        yield Step(day, 20, lambda number=number: _hold(story, number))
    yield Step(held[0] + 3, 20, lambda: _freeze(story))
    yield Step(held[0] + 5, 20, lambda: _sign(story))
    yield Step(held[1] - 20, 20, lambda: _done(story))
    yield Step(days["lost"], 20, lambda: _lost(story))
    yield Step(days["paper"], 20, lambda: _paper(story))


def _rules(story) -> None:
    roles, words = story.roles, told()["rules"]
    write_charter(
        actor=story.ism(), role=roles["management_review_team"], chair_role=roles["chief_operating_officer"],
        senior_role=roles["management_team"], board_role=roles["chief_executive"], board=words["board"], delegated=words["delegated"],
        decided_on=clock.today() - timedelta(days=9), reference=words["reference"], every=INTERVAL,
    )  # fmt: skip


def _plan(story, first) -> None:
    meetings.plan_meetings(
        actor=story.ism(), first=first, at=time(8), lasts=90, place=told()["rules"]["place"], count=3
    )


def _meeting(number: int) -> Meeting:
    return Meeting.objects.order_by("starts_at")[number]


def _hold(story, number: int) -> None:
    one, ism, said = _meeting(number), story.ism(), told()["meetings"][number]
    deputies = {story.people[key].pk: story.people[other] for key, other in said["deputies"].items()}
    away = {story.people[key].pk for key in said["away"]}
    seats = team(clock.today()).seats
    came = {seat.pk: None if seat.person_id in away else deputies.get(seat.person_id, seat.person).pk for seat in seats}
    meetings.hold(one, actor=ism, came=came, guests=said["guests"])
    minuting.write_report(one, actor=ism, **said["report"])
    for row in said["items"]:
        item = AgendaItem.objects.get(meeting=one, key=row["key"])
        if "note" in row:
            minuting.write_note(item, actor=ism, note=row["note"])
        if "decided" in row:
            minuting.decide(one, actor=ism, text=row["decided"], item=item)
        if "action" in row:
            due = clock.today() + timedelta(days=row["days"])
            minuting.give_action(
                one, actor=ism, text=row["action"], owner=story.people[row["owner"]], due_on=due, item=item
            )


def _freeze(story) -> None:
    version = minutes.freeze_minutes(_meeting(0), actor=story.ism())
    records.render_draft(version.pk)
    minutes.send_minutes(_meeting(0), actor=story.ism())


def _sign(story) -> None:
    version = Version.objects.get(pk=_meeting(0).minutes_id)
    seen = {"seen_snapshot": version.snapshot_id, "seen_draft": version.draft_id}
    records.sign(version, actor=story.login("dagfinn"), password=PASSWORD, **seen)
    records.publish(version.pk)


def _done(story) -> None:
    one = TeamAction.objects.filter(meeting=_meeting(0)).order_by("pk").first()
    minuting.close_action(one, actor=story.ism(), result=told()["meetings"][0]["result"])


def _lost(story) -> None:
    """Nobody has followed yet; the deputy comes meanwhile."""
    seat = story.assignments[told()["lost"]["assignment"]]
    assignments.end_assignment(seat, actor=story.ism(), last_day=clock.today(), reason=told()["lost"]["reason"])


def _paper(story) -> None:
    policy = Policy.objects.filter(state="active").order_by("kind", "pk").first()
    if policy is None:
        return
    row = told()["paper"]
    made = papers.hand_in(
        actor=story.ism(),
        policy=policy,
        number=row["number"],
        summary=row["summary"],
        link=row["link"],
        sha256=row["sha256"],
    )
    records.render_draft(made.version_id)
    papers.send_paper(Version.objects.get(pk=made.version_id), signers=[story.login("dagfinn")], actor=story.ism())
