"""The cells of the matrix as HTML: joined strings, no template for each cell. Words that people wrote are escaped once each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ismsroles.core.marks import icon
from raci.models import LETTERS, SETS
from raci.queries.picture import ColumnOfRole

NONE: Mapping[int, str] = {}
EMPTY = "<td></td>"


def _signs(letters: str) -> str:
    """The letters of one cell; who listens hears a stroke between two."""
    marks = (f'<b class="l{letter.lower()}">{letter}</b>' for letter in letters)
    return '<span class="unseen">/</span>'.join(marks)


SIGNS = {letters: _signs(letters) for letters in SETS}
WIDTHS = {letters: "" if len(letters) < 2 else "duo" if len(letters) == 2 else "many" for letters in SETS}
CELLS = {letters: f'<td class="{WIDTHS[letters]}">{SIGNS[letters]}</td>' for letters in SETS} | {
    letters: f"<td>{SIGNS[letters]}</td>" for letters in SETS if not WIDTHS[letters]
}
SHORT = 40  # characters of a title that fit over a column of usual size
OPEN_CELLS, OPEN_ROWS = (
    15_000,
    40,
)  # a larger matrix begins with its first processes open; a browser draws these at once


@dataclass(frozen=True)
class GridRow:
    """One row as it is shown."""

    pk: int
    title: str
    group: int
    group_name: str
    version: int = 0


Content = tuple[GridRow, Mapping[int, str], Mapping[int, str], Sequence[str], bool]
Lines = dict[int, tuple[Content, str]]  # rows that were made before, with what they were made of


@dataclass
class Grid:
    """What is shown: rows, columns and letters, and which cells are marked (classes) and why (sentences by row)."""

    rows: list[GridRow]
    columns: list[ColumnOfRole]
    cells: Mapping[int, Mapping[int, str]]
    marks: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    said: Mapping[int, list[str]] = field(default_factory=dict)
    wrong: frozenset[int] = frozenset()
    ordered: bool = True

    @cached_property
    def letters(self) -> dict[int, list[str]]:
        """Role → what stands in its filled cells: all counts of the page come from here."""
        found: dict[int, list[str]] = {column.pk: [] for column in self.columns}
        for row in self.rows:
            for role, letters in self.cells.get(row.pk, NONE).items():
                if (line := found.get(role)) is not None:
                    line.append(letters)
        return found

    @property
    def filled(self) -> int:
        """Cells of the grid that hold a letter."""
        return sum(map(len, self.letters.values()))

    def totals(self) -> dict[str, int]:
        """How often each letter stands in the grid."""
        text = "".join(["".join(letters) for letters in self.letters.values()])
        return {letter: text.count(letter) for letter in LETTERS}

    def body(self, known: Lines | None = None) -> SafeString:
        """All rows, a `tbody` for each process. Of `known` is taken, and kept there, what was made of the very same row before."""
        line = _LineMaker(self)
        known = {} if known is None else known
        parts: list[str] = []
        group, large = None, len(self.rows) * len(self.columns) > OPEN_CELLS
        for number, row in enumerate(self.rows):
            if row.group != group:
                fold = ' class="folded"' if large and number > OPEN_ROWS else ""
                parts.append(_group_head(row, len(self.columns) + 2, fold, first=group is None))
                group = row.group
            content = self._content(row)
            made = known.get(row.pk)
            if made is None or made[0] != content:
                made = known[row.pk] = (content, line(*content))
            parts.append(made[1])
        return SafeString("".join([*parts, "</tbody>"]) if parts else "")

    def _content(self, row: GridRow) -> Content:
        """All that a row is made of, but for the columns."""
        marks, said = self.marks.get(row.pk, NONE), self.said.get(row.pk, ())
        return row, self.cells.get(row.pk, NONE), marks, said, row.pk in self.wrong

    @property
    def tall(self) -> bool:
        """Whether the headings need more height: long titles are never cut."""
        return any(len(column.title) > SHORT for column in self.columns)

    def widths(self) -> SafeString:
        """One `col` a role, as wide as the lines of its title."""
        line = 32 if self.tall else SHORT // 2
        lines = (min(-(-len(column.title) // line), 6) for column in self.columns)
        return SafeString("".join(f'<col class="w{count}">' if count > 2 else "<col>" for count in lines))

    def head(self) -> SafeString:
        """The roles, turned to stand upright; a vacant one says so."""
        page = _page("role")
        return SafeString("".join([_column_head(column, page % column.pk) for column in self.columns]))

    def foot(self) -> SafeString:
        """For how many activities each role answers."""
        counted = ["".join(letters).count("A") for letters in self.letters.values()]
        cells = "".join([f"<td>{count}</td>" for count in counted])
        return SafeString(f'{cells}<td class="sum">{sum(counted)}A</td>')


class _LineMaker:
    """One row as HTML: its heading, a cell for each column, and its sums."""

    def __init__(self, grid: Grid) -> None:
        self.places = {column.pk: place for place, column in enumerate(grid.columns)}
        self.blank, self.page = [EMPTY] * len(grid.columns), _page("activity")

    def __call__(
        self, row: GridRow, cells: Mapping[int, str], marks: Mapping[int, str], said: Sequence[str], wrong: bool
    ) -> str:
        places, line = self.places, self.blank.copy()
        for role, letters in cells.items():
            if (place := places.get(role)) is not None:
                line[place] = CELLS[letters]
        for role, css in marks.items():
            if (place := places.get(role)) is not None:
                letters = cells.get(role, "")
                line[place] = f'<td class="{css} {WIDTHS[letters]}">{SIGNS[letters]}</td>'
        return "".join([self._head(row, said, wrong), *line, _sum("".join(cells.values()))])

    def _head(self, row: GridRow, said: Sequence[str], wrong: bool) -> str:
        told = f' data-said="{conditional_escape(" ".join(said))}"' if said else ""
        mark = (
            f'<span class="icon-slot stop"{"" if wrong else " hidden"}>{icon("octagon-alert")}</span>' if told else ""
        )
        return (
            f'<tr id="a{row.pk}" data-a="{row.pk}" data-v="{row.version}"{told}><th scope="row"><span class="activity">'
            f'<a href="{self.page % row.pk}" tabindex="-1">{conditional_escape(row.title)}</a>{mark}</span></th>'
        )


def _page(name: str) -> str:
    """The address of a page of one thing, with a place for its number."""
    return reverse(name, args=[0]).replace("/0/", "/%d/")


def _sum(text: str) -> str:
    """How often each letter stands in a row; an A that is not exactly one stands out."""
    said = [
        f"<span>{count}{letter}</span>"
        if letter != "A" or count == 1
        else f'<span class="stop">{count}A</span>'
        for letter in LETTERS
        if (count := text.count(letter)) or letter == "A"
    ]  # fmt: skip
    return f'<td class="sum">{" ".join(said)}</td></tr>'


def _group_head(row: GridRow, span: int, fold: str, *, first: bool) -> str:
    end = "" if first else "</tbody>"
    name = conditional_escape(row.group_name)
    return (
        f'{end}<tbody data-group="{row.group}"{fold}><tr class="group"><th scope="rowgroup" colspan="{span}">'
        f"<span>{name}</span></th></tr>"
    )


def _column_head(column: ColumnOfRole, url: str) -> str:
    title, people = conditional_escape(column.title), ", ".join(str(holder.person) for holder in column.holders)
    vacant = f" ({_('vacant')})" if column.is_vacant else ""
    css = ' class="vacant"' if column.is_vacant else ""
    link = f'<a href="{url}" tabindex="-1">{title}{vacant}</a>'
    return (
        f'<th scope="col" id="r{column.pk}" data-r="{column.pk}" data-p="{people}"{css}>'
        f'<span class="upright">{link}</span></th>'
    )


def people_rows(loads: Iterable) -> SafeString:
    """Each person with their letters: the rows of the table below the grid."""
    return SafeString("".join(map(_person_row, loads)))


def _person_row(load: Any) -> str:
    counts = "".join(f"<td>{count}</td>" for count in load.counts)
    name = f'<a href="?person={load.person}"><bdi>{conditional_escape(load.name)}</bdi></a>'
    return f'<tr data-roles="{load.roles}"><th scope="row">{name}</th>{counts}</tr>'


def marks_of(found: Iterable) -> tuple[dict[int, dict[int, str]], dict[int, list[str]], frozenset[int]]:
    """Where faults show: classes of cells, sentences of rows, and the rows that cannot be published."""
    marks: dict[int, dict[int, str]] = {}
    said: dict[int, list[str]] = {}
    wrong = set()
    for fault in found:
        if fault.activity is None:
            continue
        said.setdefault(fault.activity, []).append(fault.sentence)
        if fault.severity == "stop":
            wrong.add(fault.activity)
        css = "fault" if fault.severity == "stop" else "doubt"
        for role in fault.roles:
            row = marks.setdefault(fault.activity, {})
            row[role] = css if row.get(role, css) == css else "fault"
    return marks, said, frozenset(wrong)
