"""Who does what at the demo organisation: adopted, changed, published; and a draft that is not right yet (M1–M3, M7)."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from evidence.demo.step import Step
from ismsroles.core import scope
from raci.actions import activities, publishing
from raci.actions.cells import Wanted, set_cells
from raci.actions.starter import adopt_activities
from raci.models import Activity, ActivityGroup, canonical_letters
from raci.queries.picture import picture
from raci.starter import processes


@cache
def told() -> dict[str, Any]:
    """What happened, by day."""
    return tomllib.loads(resources.files(__package__).joinpath("matrix.toml").read_text(encoding="utf-8"))


def steps(story) -> Iterator[Step]:
    """The list is adopted, the letters are put right, it is published; later one process is published anew, and a new one is drafted."""
    days = told()["days"]
    yield Step(days["adopted"], 9, lambda: _adopt(story))
    yield Step(days["put_right"], 9, lambda: _set(story, told()["right"]))
    yield Step(days["published"], 9, lambda: _publish(story, None, told()["note"]))
    yield Step(days["grown"], 8, lambda: _set(story, told()["grown"]))
    yield Step(days["grown"], 9, lambda: _publish(story, {"operations"}, told()["note_later"]))
    yield Step(days["changed"], 9, lambda: _set(story, told()["changed"]))
    yield Step(days["drafted"], 9, lambda: _draft(story))


def _adopt(story) -> None:
    keys = [each.key for process in processes() for each in process.activities]
    adopt_activities(keys, actor=story.ism())


def _set(story, rows: list[dict[str, Any]]) -> None:
    """Letters by the key of the activity and of the role; an empty text clears the cell."""
    found = {activity.starter_key: activity.pk for activity in Activity.objects.exclude(starter_key="")}
    wanted = [
        Wanted(found[row["activity"]], story.roles[role].pk, canonical_letters(letters))
        for row in rows
        for role, letters in row["letters"].items()
    ]
    set_cells(wanted, actor=story.ism())


def _publish(story, keys: set[str] | None, note: str) -> None:
    """The whole matrix, or these processes of it, as they are drafted on that day."""
    rows = ActivityGroup.objects.all() if keys is None else ActivityGroup.objects.filter(starter_key__in=keys)
    with scope.opened():
        seen = {group.pk: publishing.shown(picture(), group.pk) for group in rows}
        publishing.publish(None if keys is None else set(seen), actor=story.ism(), seen=seen, note=note)


def _draft(story) -> None:
    """A process that is not published: its rows may still be wrong, and say so."""
    new = told()["draft"]
    group = activities.add_group(actor=story.ism(), name=new["name"])
    for row in new["activities"]:
        made = activities.add_activity(
            actor=story.ism(), group=group, title=row["title"], note=row["note"],
            must_inform=row.get("inform", False), separate=row.get("separate", False),
        )  # fmt: skip
        cells = [Wanted(made.pk, story.roles[key].pk, canonical_letters(text)) for key, text in row["letters"].items()]
        set_cells(cells, actor=story.ism())
