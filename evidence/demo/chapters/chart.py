"""The chief operating officer keeps the organisation chart: one restructure is confirmed, the newest is not yet (R8)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.demo.company import on
from evidence.demo.step import Step
from ismsroles.core import clock
from roles.actions import chart
from roles.queries import keeping

if TYPE_CHECKING:
    from evidence.demo.loading import Story

MOVED = "Laboratory integrations was taken out of Product and engineering and has a head of its own."
GREW = "The Academy became an area of its own; its people report to the head of Bookbench Academy."


def steps(story: "Story") -> Iterator[Step]:
    """Named long ago; restructured twice; confirmed once."""
    yield Step(
        -400,
        6,
        lambda: chart.name_chart_keeper(
            story.roles["chief_operating_officer"], actor=story.ism(), reason="Agreed by the board."
        ),
    )
    yield Step(-160, 6, lambda: _restructured(story, MOVED, -163, "integrations", "product"))
    yield Step(-157, 6, lambda: _confirmed(story))
    yield Step(-9, 6, lambda: _restructured(story, GREW, -12, "academy"))


def _restructured(story: "Story", what: str, day: int, *areas: str) -> None:
    touched = [story.areas[key] for key in areas]
    chart.record_restructure(actor=story.ism(), day=on(day, story.today), what=what, areas=touched)


def _confirmed(story: "Story") -> None:
    actor = story.login("dagfinn")
    seen = keeping.content(clock.today())
    chart.confirm_chart(actor=actor, seen=seen, remark="Looked at each line with the heads of both areas.")
