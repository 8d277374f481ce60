"""Which line holds the headings, and what each column is called."""

import re
import unicodedata
from itertools import islice

from django.utils.translation import gettext as _

from ismsroles.core.tabular.shape import Fault, Row, Sheet, Table, Unreadable, letter

LOOK_AT = 25
NOT_A_HEADING = re.compile(r"^[\d\s.,:/+\-–%€$£()]+$|@|^\d{4}-\d\d-\d\d")
LONGEST_HEADING = 200


def key(heading: str) -> str:
    """A heading without case, accents, spaces and punctuation: "E-Mail-Adresse " and "e_mail adresse" are one."""
    decomposed = unicodedata.normalize("NFKD", heading).casefold()
    return "".join(letter for letter in decomposed if letter.isalnum())


def lay_out(sheet: Sheet, known: set[str]) -> Table:
    """Take title lines off the top, name each column that is used, and make every row exactly as wide as the headings."""
    top = _heading_index(sheet.lines, known)
    headings, below = sheet.lines[top], sheet.lines[top + 1 :]
    used = _used_columns(headings, below)
    names = _distinct([headings.cells[column] if column < len(headings.cells) else "" for column in used], used)
    place = {column: index for index, column in enumerate(used)}
    if headings.faults:
        raise Unreadable(
            _("Row %(row)s holds the headings, and something is wrong in it: %(fault)s")
            % {"row": headings.number, "fault": headings.faults[0].sentence}
        )
    return Table(names, [_fitted(row, used, place) for row in below], sheet.notes)


def _fitted(row: Row, used: list[int], place: dict[int, int]) -> Row:
    cells = [row.cells[column] if column < len(row.cells) else "" for column in used]
    return Row(row.number, cells, tuple(Fault(place.get(fault.column, 0), fault.sentence) for fault in row.faults))


def _heading_index(lines: list[Row], known: set[str]) -> int:
    """The line with most known headings (two are enough); else the first with two cells or more that reads like headings."""
    first = list(islice(lines, LOOK_AT))
    familiar = [sum(1 for cell in line.cells if cell and key(cell) in known) for line in first]
    if familiar and max(familiar) >= 2:
        return familiar.index(max(familiar))
    for index, line in enumerate(first):
        if _reads_like_headings(line.cells):
            return index
    return familiar.index(max(familiar)) if max(familiar) else 0


def _reads_like_headings(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    words = [cell for cell in filled if len(cell) <= LONGEST_HEADING and not NOT_A_HEADING.search(cell)]
    return len(filled) >= 2 and len(words) * 2 > len(filled)


def _used_columns(headings: Row, below: list[Row]) -> list[int]:
    used = {column for column, cell in enumerate(headings.cells) if cell}
    for row in below:
        used.update(column for column, cell in enumerate(row.cells) if cell and column not in used)
    return sorted(used)


def _distinct(names: list[str], columns: list[int]) -> list[str]:
    """A column without a heading is called by its letter; the second "Name" becomes "Name (2)"."""
    taken: set[str] = set()
    result = []
    for name, column in zip(names, columns, strict=True):
        name = " ".join(name.split()) or f"({letter(column + 1)})"
        unique, count = name, 2
        while unique in taken:
            unique, count = f"{name} ({count})", count + 1
        taken.add(unique)
        result.append(unique)
    return result
