"""The audit in the demo organisation: a request that was answered, one that waits, a note of the auditor's own (D4)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.actions import remarks
from evidence.demo.step import Step
from evidence.models import Remark
from ismsroles.core.models import User

if TYPE_CHECKING:
    from evidence.demo.loading import Story

LETTERS = "Please show me the appointment letters of the incident manager and of the deputy."
MINUTES = "Where is it written down who may stop a production system at night?"


def steps(story: "Story") -> Iterator[Step]:
    """Within the days of the engagement, and never after today."""
    day = min(story.company.engagement.starts + 1, 0)
    yield Step(day, 9, lambda: _ask(story, "assignment", "request", LETTERS))
    yield Step(day, 9, lambda: _ask(story, "structure", "note", "The chart is current; ask about the vacant post."))
    yield Step(min(day + 1, 0), 10, lambda: _answer(story))
    yield Step(0, 7, lambda: _ask(story, "authority", "request", MINUTES))


def _ask(story: "Story", item: str, kind: str, text: str) -> None:
    remarks.write(item, kind=kind, text=text, actor=User.objects.get(email=story.company.engagement.email))


def _answer(story: "Story") -> None:
    waiting = Remark.objects.get(text=LETTERS)
    remarks.answer(
        waiting, answer="Both are under Assignments, Letters; the deputy's is still unanswered.", actor=story.ism()
    )
