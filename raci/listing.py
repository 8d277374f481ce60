"""The matrix as lists: each activity with its roles, each role with its activities."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from raci.forms.matrix import NAMES
from raci.grid import NONE
from raci.models import LETTERS
from raci.queries.sheets import Sheet


@dataclass
class Entry:
    """One activity or role with what belongs to each letter."""

    pk: int
    title: str
    url: str
    lead: str
    vacant: bool = False
    wrong: list[str] = field(default_factory=list)
    letters: list[tuple[str, Any, str]] = field(default_factory=list)


def by_activity(found: Sheet) -> list[tuple[str, list[Entry]]]:
    """Processes with their activities; each says first who answers for it."""
    titles = {
        column.pk: f"{column.title} ({', '.join(holder.name for holder in column.holders)})"
        if column.holders and len(column.holders) <= 2
        else column.title
        for column in found.grid.columns
    }
    groups: dict[str, list[Entry]] = {}
    for row in found.grid.rows:
        cells = found.grid.cells.get(row.pk, NONE)
        letters = _by_letter({titles[role]: text for role, text in cells.items() if role in titles})
        entry = Entry(
            row.pk, row.title, reverse("activity", args=[row.pk]), {a: c for a, _b, c in letters}.get("A", "")
        )
        entry.wrong, entry.letters = found.grid.said.get(row.pk, []), letters
        groups.setdefault(row.group_name, []).append(entry)
    return list(groups.items())


def by_role(found: Sheet) -> list[tuple[str, list[Entry]]]:
    """Roles with their activities, under no heading."""
    own: dict[int, dict[str, str]] = {column.pk: {} for column in found.grid.columns}
    for row in found.grid.rows:
        for role, text in found.grid.cells.get(row.pk, NONE).items():
            if role in own:
                own[role][row.title] = text
    entries = []
    for column in found.grid.columns:
        people = ", ".join(holder.name for holder in column.holders[:3])
        entry = Entry(column.pk, column.title, reverse("role", args=[column.pk]), people, column.is_vacant)
        entry.letters = _by_letter(own[column.pk])
        entries.append(entry)
    return [("", entries)] if entries else []


def _by_letter(named: dict[str, str]) -> list[tuple[str, Any, str]]:
    """(letter, word, names) in the order of the letters, those without a name left out."""
    rows = ((letter, [name for name, text in named.items() if letter in text]) for letter in LETTERS)
    return [(letter, NAMES[letter], "; ".join(names)) for letter, names in rows if names]
