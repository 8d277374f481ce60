"""A file as activities, roles and letters, the right way round; what cannot be read is said with row, column and value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ismsroles.core.errors import Invalid
from ismsroles.core.tabular import Row, Sheet, key
from ismsroles.core.tabular.shape import letter as column_letter
from raci.spreadsheet import signs
from raci.spreadsheet.layout import ACTIVITIES_DOWN, ROLES_DOWN, Layout, cell, find
from raci.spreadsheet.matching import plain


@dataclass(frozen=True)
class Refused:
    """One thing that is not taken in, and how to mend it."""

    row: int
    column: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Name:
    """A role or an activity as the file names it."""

    number: int  # its row or column in the file, as a person counts it
    title: str
    group: str = ""


@dataclass
class Reading:
    """Everything that the file says."""

    layout: Layout
    activities: list[Name] = field(default_factory=list)
    roles: list[Name] = field(default_factory=list)
    letters: dict[tuple[int, int], str] = field(default_factory=dict)  # (activity's number, role's number)
    skipped: set[tuple[int, int]] = field(default_factory=set)  # cells that could not be read: the register's stay
    refused: list[Refused] = field(default_factory=list)
    signs: dict[str, str] = field(default_factory=dict)  # every sign of the file and what it means, "" nothing
    headings: list[Name] = field(default_factory=list)  # rows taken as headings of a group


def read(sheet: Sheet, options: Mapping[str, Any], *, roles: set[str], activities: set[str]) -> Reading:
    """Read a sheet as `options` say (down, letters, plain); raises Invalid where no matrix can be seen."""
    layout = find(sheet, roles=roles, activities=activities, down=options.get("down", ""))
    if layout is None:
        raise Invalid(
            _(
                "No matrix can be seen in this file. It needs names of roles in one row, activities below each other, and letters between."
            )
        )
    found = Reading(layout)
    rows = _rows(found, plain_is_activity=options.get("plain") == "activities", known=activities | roles)
    _meanings(found, rows, options.get("letters") or {})
    columns = _columns(found)
    for number, row in rows:
        _letters_of(found, number, row, columns)
    return found


def _meanings(found: Reading, rows: list[tuple[int, Row]], said: Mapping[str, str]) -> None:
    """What each sign means: as the person says, else as the legend says, else as usual."""
    texts = {text for _number, row in rows for column in found.layout.body if (text := cell(row, column))}
    there = {sign for sign in signs.signs_in({text for text in texts if signs.is_sign(text)}) if len(sign) <= 3}
    meanings = signs.guess(there, found.layout.legend) | {sign.upper(): letters for sign, letters in said.items()}
    found.signs = {sign: meanings.get(sign, "") for sign in sorted(there)}
    found.layout.legend = {sign: letters for sign, letters in meanings.items() if letters or sign in said}


def _rows(found: Reading, *, plain_is_activity: bool, known: set[str]) -> list[tuple[int, Row]]:
    """The named rows of the grid, headings of groups and faulty rows apart."""
    layout, group, seen = found.layout, "", {}
    down = found.activities if layout.down == ACTIVITIES_DOWN else found.roles
    taken = []
    for row in layout.rows:
        label = cell(row, layout.label)
        lettered = any(cell(row, column) for column in layout.body)
        if layout.group is not None:
            group = cell(row, layout.group) or group
        if not label:
            if lettered:
                _refuse(
                    found,
                    row,
                    layout.label,
                    "",
                    _("This row has letters but no name. Write the name, or clear the letters."),
                )
            continue
        if row.faults:
            _refuse(found, row, row.faults[0].column, label, row.faults[0].sentence)
            continue
        if _is_heading(layout, row, lettered, plain_is_activity, known):
            group = label
            found.headings.append(Name(row.number, label))
            continue
        name = Name(row.number, label, group if layout.down == ACTIVITIES_DOWN else "")
        if (first := seen.setdefault((plain(name.group), plain(label)), row.number)) != row.number:
            _refuse(
                found,
                row,
                layout.label,
                label,
                _("Row %(row)d has this name already. Keep one of the two.") % {"row": first},
            )
            continue
        down.append(name)
        taken.append((row.number, row))
    return taken


def _is_heading(layout: Layout, row: Row, lettered: bool, plain_is_activity: bool, known: set[str]) -> bool:
    """A name alone in its row heads the rows below it, unless the file has a column for that or the register knows the name."""
    if (
        lettered
        or plain_is_activity
        or layout.group is not None
        or layout.above is not None
        or layout.down == ROLES_DOWN
    ):
        return False
    return key(cell(row, layout.label)) not in known


def _columns(found: Reading) -> dict[int, Name]:
    """The named columns: roles, or activities with the process that stands above them."""
    layout, group, seen, named = found.layout, "", {}, {}
    across = found.roles if layout.down == ACTIVITIES_DOWN else found.activities
    for column in layout.body:
        group = cell(layout.above, column) or group
        title = cell(layout.heading, column)
        name = Name(column + 1, title, group if layout.down == ROLES_DOWN else "")
        if (first := seen.setdefault((plain(name.group), plain(title)), column)) != column:
            words = {"column": column_letter(first + 1)}
            _refuse(
                found,
                layout.heading,
                column,
                title,
                _("Column %(column)s has this name already. Keep one of the two.") % words,
            )
            continue
        named[column] = name
        across.append(name)
    return named


def _letters_of(found: Reading, number: int, row: Row, columns: dict[int, Name]) -> None:
    for column, name in columns.items():
        place = (number, name.number) if found.layout.down == ACTIVITIES_DOWN else (name.number, number)
        text = cell(row, column)
        letters, unknown = signs.read(text, found.layout.legend)
        if unknown:
            words = {"sign": unknown[0][:40]}
            _refuse(
                found,
                row,
                column,
                text,
                _("“%(sign)s” is no letter of the matrix. Say above what it means, or write R, A, S, C or I.") % words,
            )
            found.skipped.add(place)
        elif letters:
            found.letters[place] = letters


def _refuse(found: Reading, row: Row, column: int, value: str, sentence: str) -> None:
    found.refused.append(Refused(row.number, column_letter(column + 1), value, sentence))
