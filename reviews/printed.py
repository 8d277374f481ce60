"""The table of changes and reviews as Markdown, read from the code that obeys it."""

from reviews.changes import CHANGES
from reviews.lapses import LAPSES
from reviews.reviewable import kind_of

BY = {
    "ism": "the information security manager",
    "top_management": "top management",
    "nearest": "who keeps or owns it",
}
HEAD = "| what happens | events | what is reviewed | reviewer | days | opened |\n|---|---|---|---|---|---|"


def table() -> str:
    """One line a change: event → review → reviewer → days."""
    changes = [_row(one.what, one.codes, one.of, one.kinds, one.days, "after it") for one in CHANGES]
    lapses = [_row(one.what, (one.code,), one.of, one.kinds, one.days, "by the sweep") for one in LAPSES]
    return "\n".join([HEAD, *changes, *lapses])


def _row(what, codes, of, kinds, days, when) -> str:
    by = ", ".join(dict.fromkeys(BY[kind_of(key).by] for key in kinds if kind_of(key)))
    return f"| {what} | {', '.join(f'`{code}`' for code in codes)} | {of} | {by} | {days} | {when} |"
