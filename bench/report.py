"""The rows of the result, as a table for people, as JSON for comparing runs, as Markdown for a note."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MATRIX = {
    "matrix: cells": (1.3, "× its floor"),
    "matrix: page": (2, "× its floor"),
    "matrix: page after a letter": (2, "× its floor"),
    "matrix: page, nothing kept": (2, "× its floor"),
    "matrix: as a list": (2, "× its floor"),
    "matrix: as a list after a letter": (2, "× its floor"),
    "matrix: as a list, nothing kept": (2, "× its floor"),
    "matrix: checks": (9, "queries"),  # five of the checks, and those of every page: session, user, zone, savepoints
    "matrix: save a cell": (2, "× its floor"),
    "matrix: first cell editable": (1_500, "ms"),
    "competence: gaps": (3, "× its floor"),
    "competence: matrix": (2, "× its floor"),
    "sweep: all due at once": (2, "× its floor"),
}
SWEEP = "sweep: all due at once"  # in batches: what it asks grows with the things, but not for each
LIST_AT_MOST = 12  # queries of a list page, sign-in and navigation included
HEADINGS = ("what", "of", "measured", "floor", "× floor", "× at best", "queries", "KiB", "peak MiB", "rival")


@dataclass(frozen=True)
class Row:
    """One measurement and its floor, in the same unit.

    `at_best` is the ratio of the fastest answers instead of the median ones: a busy machine spoils it least. `rival` was
    measured elsewhere, on a machine like this one.
    """

    database: str
    what: str
    of: str
    value: float
    unit: str = "ms"
    floor: float | None = None
    at_best: float | None = None
    queries: int | None = None
    kib: float | None = None
    peak_mib: float | None = None
    rival: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    def cells(self) -> list[str]:
        """As it stands in the table."""
        return [
            self.what,
            self.of,
            f"{_number(self.value)} {self.unit}",
            f"{_number(self.floor)} {self.unit}" if self.floor else "",
            _number(self.ratio),
            _number(self.at_best),
            _number(self.queries),
            _number(self.kib),
            _number(self.peak_mib),
            self.rival,
        ]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(rows: list[Row]) -> str:
    """Columns under their headings, one block a database."""
    cells = [list(HEADINGS), *(row.cells() for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(HEADINGS))]
    lines = []
    for database, block in _blocks(rows):
        lines += ["", database, _line(HEADINGS, widths), _line(["─" * width for width in widths], widths)]
        lines += [_line(row.cells(), widths) for row in block]
    return "\n".join(lines)


def _line(cells: Iterable[str], widths: list[int]) -> str:
    aligned = [
        cell.ljust(width) if n in (0, 1, 9) else cell.rjust(width)
        for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(aligned).rstrip()


def markdown(rows: list[Row]) -> str:
    """The same as a Markdown table for each database."""
    lines = []
    for database, block in _blocks(rows):
        lines += [f"\n**{database}**\n", f"| {' | '.join(HEADINGS)} |", "|---|---|" + "---:|" * 7 + "---|"]
        lines += [f"| {' | '.join(row.cells())} |" for row in block]
    return "\n".join(lines)


def _blocks(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    names = dict.fromkeys(row.database for row in rows)
    return [(name, [row for row in rows if row.database == name]) for name in names]


def verdicts(rows: list[Row]) -> list[str]:
    """What was promised of these figures, and whether it holds in this run."""
    said = []
    for database, block in _blocks(rows):
        for what in dict.fromkeys(row.what for row in block if row.queries is not None and row.what != SWEEP):
            said.append(_queries(database, what, [row for row in block if row.what == what]))
        said += [_matrix(database, row) for row in block if row.what in MATRIX]
        if people := [row for row in block if row.what == "people list"]:
            said.append(_growth(database, people))
        if sweep := [row for row in block if row.what == SWEEP]:
            said += _linear(database, sweep)
    return said


def _matrix(database: str, row: Row) -> str:
    """The matrix against what was promised: a multiple of its floor, or seconds, whichever it is."""
    at_most, unit = MATRIX[row.what]
    value = (row.ratio if unit == "× its floor" else row.queries if unit == "queries" else row.value) or 0
    return f"{_holds(value <= at_most)}  {database}: {row.what} of {row.of} takes {_number(value)} {unit} (at most {at_most:g})"


def _queries(database: str, what: str, rows: list[Row]) -> str:
    counts = sorted({row.queries for row in rows if row.queries is not None})
    at_most = LIST_AT_MOST if "list" in what else None
    holds = len(counts) == 1 and (at_most is None or counts[0] <= at_most)
    promised = f"at most {at_most}, the same" if at_most else "the same"
    numbers = " or ".join(map(str, counts))
    return f"{_holds(holds)}  {database}: {what} makes {numbers} SQL queries ({promised} at every size)"


def _growth(database: str, rows: list[Row]) -> str:
    few, many = rows[0], rows[-1]
    times = many.value / few.value
    return f"{_holds(times <= 1.5)}  {database}: people list of {many.of} takes {times:.2f} × that of {few.of} (at most 1.5)"


def _linear(database: str, rows: list[Row]) -> list[str]:
    """A thing costs no more among many than among few: neither time nor queries."""
    few, many = rows[0], rows[-1]
    times = _size(many) / _size(few)
    said = []
    for what, took, at_most in (
        ("time", many.value / few.value, 1.3),
        ("queries", (many.queries or 0) / (few.queries or 1), 1),
    ):
        words = f"{database}: sweep of {many.of} takes {took / times:.2f} × the {what} for each of that of {few.of}"
        said.append(f"{_holds(took <= at_most * times)}  {words} (at most {at_most:g})")
    return said


def _size(row: Row) -> int:
    return int(row.of.split()[0].replace(",", ""))


def _holds(holds: bool) -> str:
    return "holds " if holds else "BROKEN"


def write(file: Path, rows: list[Row], facts: dict[str, Any]) -> None:
    """All figures of this run with what the machine was like."""
    found = facts | {"rows": [asdict(row) | {"ratio": row.ratio} for row in rows]}
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
