"""Tables out of the files people have: CSV, TSV, text and XLSX, told apart by what is in them, never by their name.

    table = tabular.read(content, "people.xlsx", known={"name", "email"})

What is no table is refused with one sentence (`Unreadable`) that says what it is and what to do; a single row that
cannot be taken whole carries its faults, so that the sound rows of a half-broken file can be used.
Formulas are never worked out, no entity is expanded, and nothing larger than the limits is unpacked.
"""

from collections.abc import Collection

from ismsroles.core.tabular import delimited, kinds, workbook
from ismsroles.core.tabular.headings import key, lay_out
from ismsroles.core.tabular.shape import (
    BYTES,
    CELL,
    COLUMNS,
    ROWS,
    UNPACKED,
    Fault,
    Row,
    Sheet,
    Table,
    Unreadable,
    check_size,
)

__all__ = [
    "BYTES",
    "CELL",
    "COLUMNS",
    "ROWS",
    "UNPACKED",
    "Fault",
    "Row",
    "Sheet",
    "Table",
    "Unreadable",
    "check_size",
    "key",
    "lay_out",
    "lines",
    "read",
]


def read(content: bytes, filename: str = "", *, known: Collection[str] = ()) -> Table:
    """The table in a file. `known` are headings the caller would recognise (any spelling); they help to find the heading row.

    Row numbers are those a person sees when the file is open in a spreadsheet.
    """
    return lay_out(lines(content, filename), {key(heading) for heading in known})


def lines(content: bytes, filename: str = "") -> Sheet:
    """The cells of a file line by line, for whoever looks for the headings in another way (a matrix has two kinds of them)."""
    check_size(len(content))
    return workbook.sheet(content) if kinds.is_workbook(content, filename) else delimited.sheet(content, filename)
