"""Tables in Excel workbooks, read as values only."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

import openpyxl
from django.utils.translation import gettext as _

from ismsroles.core.tabular.kinds import damaged
from ismsroles.core.tabular.shape import Line, Sheet, Unreadable, collect

LAST_ROW = 1_048_576
# Empty cells cost time as well: a format on the last column makes each line 16,384 cells wide.
CELLS = 50_000_000
# How Excel stores a control character inside a text: _x000D_; and the line itself, where it could be mistaken: _x005F_.
STORED_CONTROL = re.compile(r"_x00([01][0-9A-Fa-f]|5[Ff])_")


def sheet(content: bytes) -> Sheet:
    """The first visible sheet that holds anything. Call it only with what `kinds.is_workbook` has let through."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _first_filled(content)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        raise Unreadable(damaged()) from error


def _first_filled(content: bytes) -> Sheet:
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        visible = [page for page in book.worksheets if page.sheet_state == "visible"] or book.worksheets
        filled = [page for page in visible if _holds_something(page)]
        if not filled:
            raise Unreadable(
                _("The workbook holds no rows. Put headings in the first row and one entry in each row below.")
            )
        return collect(_lines(filled[0]), notes=_notes(filled))
    finally:
        book.close()


def _notes(filled: list) -> list[str]:
    if len(filled) < 2:
        return []
    return [_("The workbook has several sheets. Only “%(sheet)s” was read.") % {"sheet": filled[0].title}]


def _holds_something(page) -> bool:
    return any(any(cells) for cells, _faults in _lines(page))


def _lines(page) -> Iterator[Line]:
    """Each line of the sheet, as wide as it is; a wrong announced size is not believed."""
    page.reset_dimensions()
    looked_at = 0
    for values in page.iter_rows(max_row=LAST_ROW, values_only=True):
        looked_at += len(values)
        if looked_at > CELLS:
            raise Unreadable(
                _(
                    "The sheet “%(sheet)s” is formatted far beyond its content. Copy the list itself into a new workbook."
                )
                % {"sheet": page.title}
            )
        yield [_text(value) for value in values] if any(values) else [], ()


def _text(value: object) -> str:
    """A cell's value as a person would type it: no “.0”, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, str):
        return STORED_CONTROL.sub(lambda found: chr(int(found.group(1), 16)), value) if "_x00" in value else value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.replace(microsecond=0).isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value).upper() if isinstance(value, bool) else str(value)
