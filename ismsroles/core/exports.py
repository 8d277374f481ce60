"""The one writer of exports. Whatever people have typed stays text in the reader's spreadsheet (security.md, case 20).

A text that a spreadsheet would take for a formula gets an apostrophe in front; our own import takes it away again.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from ismsroles.core.errors import Invalid

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# = + - @, also full-width, after any blanks; a text that already wears our apostrophe gets one more, so that reading takes off one.
DANGEROUS = re.compile(r"^'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^'*[\t\r\n]")
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LOOKS_STORED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
XLSX_CELL = 32_767
NARROW, WIDE = 8, 60


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV that spreadsheets open with the right letters (UTF-8 with its mark)."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(header) for header in headers])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", errors="replace")


def xlsx_bytes(title: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one sheet: headings bold and always in sight, columns as wide as their content, dates as dates."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    lines = [[_cell_value(value) for value in row] for row in rows]
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(headers, lines), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_heading(sheet, header) for header in headers])
    for line in lines:
        sheet.append(line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def harmless(value: object) -> object:
    """A value as it may stand in a cell: numbers and dates as they are, texts never a formula."""
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).replace("\x00", "")
    return "'" + text if DANGEROUS.match(text) else text


def harmless_text(text: str) -> str:
    """A text as it may stand in a cell of a workbook: never a formula, nothing that XML cannot hold."""
    return str(_cell_value(text))


def _cell_value(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    safe = harmless(value)
    if not isinstance(safe, str):
        return safe
    text = LOOKS_STORED.sub("_x005F_", NOT_IN_XML.sub("", safe))
    if len(text) > XLSX_CELL:
        raise Invalid(
            _("A text is longer than the %(limit)s characters that an Excel cell can hold. Take the CSV instead.")
            % {"limit": f"{XLSX_CELL:,}"}
        )
    return text


def _heading(sheet, header: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, _cell_value(header))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", NOT_IN_XML.sub("", title)).strip()[:31] or "Sheet"


def _widths(headers: Sequence[str], lines: list[list[object]]) -> list[int]:
    longest = [len(str(header)) for header in headers]
    for line in lines:
        for column, value in enumerate(line[: len(longest)]):
            longest[column] = max(longest[column], len(str(value)) if value is not None else 0)
    return [min(max(width + 2, NARROW), WIDE) for width in longest]
