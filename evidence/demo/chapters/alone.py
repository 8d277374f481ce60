"""The first days, with one approver: an exception, ended as soon as a second person approves (design rule 1)."""

from collections.abc import Iterator
from datetime import timedelta

from evidence.demo.step import Step
from ismsroles.core import clock
from roles.actions import exceptions

RECORDED, SECOND_APPROVER = -438, -435


def steps(story) -> Iterator[Step]:
    """Recorded by the administrator while Saskia was the only one who approved; nobody needed it in the end."""
    made = []
    yield Step(RECORDED, 7, lambda: made.append(_record(story)))
    yield Step(SECOND_APPROVER, 7, lambda: _end(story, made[0]))


def _record(story):
    day = clock.today()
    return exceptions.record_exception(
        actor=story.administrator, approver=story.people["saskia"], starts_on=day, ends_on=day + timedelta(days=60),
        reason="Until the second approver is in office, nobody else can decide on what the chief executive proposes.",
        control="The chair of the supervisory board reads the log of approvals at the end of each week and signs the printout.",
        board_date=day - timedelta(days=7), board_reference="Minutes of the supervisory board, item 5: until there are two approvers",
    )  # fmt: skip


def _end(story, exception) -> None:
    exceptions.end_exception(
        exception, actor=story.administrator, reason="The chief operating officer approves since today."
    )
