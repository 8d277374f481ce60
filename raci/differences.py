"""How the draft differs from what is published, in words and cell by cell. Pure functions of both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from raci.letters import in_signs
from raci.queries.picture import Picture
from raci.queries.published import PublishedRow


@dataclass(frozen=True)
class Difference:
    """One thing that is new in the draft."""

    kind: str  # added, removed, changed (words of the row) or letters (one cell)
    activity: int
    group: int
    label: str
    was: str
    now: str
    role: int | None = None


def differences(picture: Picture, published: Mapping[int, PublishedRow]) -> list[Difference]:
    """Rows added, removed, reworded; cells that hold other letters."""
    found = [each for pk in picture.rows for each in _of_row(pk, picture, published.get(pk))]
    gone = [row for pk, row in published.items() if pk not in picture.rows]
    return found + [Difference("removed", row.activity, row.group, row.title, row.group_name, "") for row in gone]


def _of_row(pk: int, picture: Picture, was: PublishedRow | None) -> Iterator[Difference]:
    row, cells = picture.rows[pk], picture.cells.get(pk, {})
    if was is None:
        yield Difference("added", pk, row.group, row.title, "", _written_out(cells, picture))
    else:
        words = ((_("activity"), was.title, row.title), (_("what it covers"), was.note, row.note))
        for label, old, new in (*words, (_("process"), was.group_name, row.group_name)):
            if old != new:
                yield Difference("changed", pk, row.group, f"{row.title}: {label}", old, new)
    before = was.letters if was else {}
    for role in {**before, **cells}:
        old, new = before.get(role, ""), cells.get(role, "")
        if old != new and was is not None:
            title = picture.columns[role].title if role in picture.columns else _("a role that is gone")
            yield Difference("letters", pk, row.group, f"{row.title}: {title}", in_signs(old), in_signs(new), role)


def _written_out(cells: Mapping[int, str], picture: Picture) -> str:
    """All letters of a row in one line, who answers for it first."""
    named = sorted((letters, picture.columns[role].title) for role, letters in cells.items() if role in picture.columns)
    named.sort(key=lambda one: "A" not in one[0])
    return "; ".join(f"{in_signs(letters)} {title}" for letters, title in named) or _("no letters yet")


def as_rows(found: list[Difference]) -> list[tuple[str, str, str]]:
    """(label, was, now) as the pages show differences."""
    words = {"added": ("", _("New. %s")), "removed": (_("In %s"), "")}
    rows = []
    for each in found:
        was, now = words.get(each.kind, ("%s", "%s"))
        rows.append((each.label, was % each.was if was else "–", now % each.now if now else _("No longer done")))
    return rows
