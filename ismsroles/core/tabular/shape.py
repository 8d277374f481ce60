"""What a table is once it is read, and how large it may be."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ismsroles.core.errors import Invalid

BYTES = 10 * 1024 * 1024
UNPACKED = 100 * 1024 * 1024
ROWS = 100_000
COLUMNS = 1_000  # a matrix has a column for each role
CELL = 32_000

# One line as it came out of the file: its cells, and what is already known to be wrong with it.
Line = tuple[list[str], tuple["Fault", ...]]

# Written by our own exports in front of a text that a spreadsheet would take for a formula (see exports.py).
GUARD = re.compile(r"^'(?='*\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")
# Spaces that look like a space, and marks that look like nothing: a byte order mark inside the text, other control characters.
ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\v\f]")
INVISIBLE = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


class Unreadable(Invalid):
    """The file as a whole cannot be taken: the sentence says what it is and what to do."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one row cannot be taken as it stands; `column` counts from 0."""

    column: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table under its headings, with the number a person sees beside it.

    A row with faults has lost something (a cell too long, a NUL, an open quotation mark): whoever takes rows in refuses it.
    """

    number: int
    cells: list[str]
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class Sheet:
    """Cells as they came out of the file, blank lines left out, before anybody knows which line is the heading."""

    lines: list[Row]
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """Headings, each one different, and the rows under them, each exactly as wide. `notes` are sentences for the person."""

    headers: list[str]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)


def check_size(size: int) -> None:
    """Called with the announced size before an upload is read, and again with the true one."""
    if size > BYTES:
        raise Unreadable(
            _(
                "The file has %(size)s MB. Up to %(limit)s MB can be read. Leave out pictures and other sheets, or split it in two."
            )
            % {"size": -(-size // (1024 * 1024)), "limit": BYTES // (1024 * 1024)}
        )


def clean(text: str) -> str:
    """A cell as a person reads it: no blanks around it, ordinary spaces, no invisible marks, no export guard."""
    if not text.isascii() or not text.isprintable():
        text = INVISIBLE.sub("", ODD_SPACE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = text.strip()
    return GUARD.sub("", text).strip() if text.startswith("'") else text


def collect(lines: Iterable[Line], *, notes: list[str] | None = None) -> Sheet:
    """Clean the lines, leave out blank ones, note faults by row and column, refuse what is larger than the limits."""
    rows: list[Row] = []
    for number, (raw, faults) in enumerate(lines, start=1):
        cells = [clean(cell) if cell else "" for cell in raw]
        if not any(cells):
            continue
        rows.append(_checked(number, cells, faults))
        if len(rows) > ROWS:
            words = {"limit": f"{ROWS:,}"}
            raise Unreadable(_("The file has more than %(limit)s rows. Split it into several files.") % words)
    if not rows:
        raise Unreadable(_("The file holds no rows. Put headings in the first row and one entry in each row below."))
    return Sheet(rows, notes or [])


def _checked(number: int, cells: list[str], faults: tuple[Fault, ...]) -> Row:
    if len(cells) > COLUMNS and any(cells[COLUMNS:]):
        raise Unreadable(
            _("Row %(row)s has more than %(limit)s columns. Keep the columns that are needed and delete the others.")
            % {"row": number, "limit": COLUMNS}
        )
    found = list(faults)
    for column, cell in enumerate(cells):
        if len(cell) > CELL:
            words = {"size": f"{len(cell):,}", "limit": f"{CELL:,}"}
            sentence = _("The cell holds %(size)s characters; up to %(limit)s can be read. Shorten it.") % words
            found.append(Fault(column, sentence))
            cells[column] = cell[:CELL].replace("\x00", "")
        elif "\x00" in cell:
            found.append(
                Fault(
                    column, _("The cell holds a NUL character, which no text has. Delete it and write the text again.")
                )
            )
            cells[column] = cell.replace("\x00", "")
    return Row(number, cells, tuple(found))


def letter(column: int) -> str:
    """The name a spreadsheet gives to its n-th column: A, B … Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
