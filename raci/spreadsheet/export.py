"""The matrix as a workbook, as text and as JSON; the import takes each of the first two in again and changes nothing."""

import json
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ismsroles.core import exports
from raci.spreadsheet.layout import ROLES_DOWN
from raci.spreadsheet.register import Matrix

# One quiet colour a letter; who answers stands out. Dark enough behind for black text everywhere.
COLOURS = {"A": "F4B183", "R": "9DC3E6", "S": "C5E0B4", "C": "FFE699", "I": "E2E2E2"}
MOST = "ARSCI"


def table(matrix: Matrix, down: str = "") -> list[list[str]]:
    """Headings and rows. The first headings are not translated: by them an import knows the file as our own."""
    signs = {place: "/".join(letters) for place, letters in matrix.letters.items()}
    return _roles_down(matrix, signs) if down == ROLES_DOWN else _activities_down(matrix, signs)


def _activities_down(matrix: Matrix, signs: dict[tuple[int, int], str]) -> list[list[str]]:
    heads = ["Process", "Activity", *(title for _pk, title in matrix.roles)]
    roles = [pk for pk, _title in matrix.roles]
    rows = [[group, title, *(signs.get((pk, role), "") for role in roles)] for pk, title, group in matrix.activities]
    return [heads, *rows]


def _roles_down(matrix: Matrix, signs: dict[tuple[int, int], str]) -> list[list[str]]:
    processes = ["Processes", *(group for _pk, _title, group in matrix.activities)]
    heads = ["Role / activity", *(title for _pk, title, _group in matrix.activities)]
    activities = [pk for pk, _title, _group in matrix.activities]
    return [processes, heads, *([title, *(signs.get((a, pk), "") for a in activities)] for pk, title in matrix.roles)]


def csv(matrix: Matrix, down: str = "") -> bytes:
    """Text that spreadsheets open with the right letters."""
    first, *rest = table(matrix, down)
    return exports.csv_bytes(first, rest)


def xlsx(matrix: Matrix, down: str = "") -> bytes:
    """A workbook: headings always in sight, a colour for each letter, titles on their side, and never a formula."""
    rows = table(matrix, down)
    heads, labels = (2, 1) if down == ROLES_DOWN else (1, 2)
    book = Workbook()
    sheet = book.active
    sheet.title = _("RASCI matrix")[:31]
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if text:
                is_label = number <= heads or column <= labels
                _write(sheet.cell(number, column), text, is_label, is_up=number == heads and column > labels)
    sheet.freeze_panes = sheet.cell(heads + 1, labels + 1)
    for column in range(1, len(rows[0]) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 36 if column <= labels else 6
    sheet.row_dimensions[heads].height = 170
    _explain(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell, text: str, is_label: bool, *, is_up: bool) -> None:
    cell.value = exports.harmless_text(text)
    cell.data_type = "s"
    if is_label:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(
            wrap_text=True, vertical="bottom" if is_up else "top", text_rotation=90 if is_up else 0
        )
    else:
        cell.alignment = Alignment(horizontal="center")
        colour = next(COLOURS[letter] for letter in MOST if letter in text)
        cell.fill = PatternFill("solid", fgColor=colour)


def _explain(book: Workbook) -> None:
    """What the letters mean, on a sheet of its own, so that the first one is the matrix alone."""
    sheet = book.create_sheet(_("Letters")[:31])
    for letter, words in legend().items():
        sheet.append([letter, words])
    sheet.column_dimensions["B"].width = 60


def legend() -> dict[str, str]:
    """The five letters in a sentence each."""
    return {
        "R": _("Responsible: does it, or has it done"),
        "A": _("Accountable: answers for it; exactly one role"),
        "S": _("Supporting: helps to do it"),
        "C": _("Consulted: is asked before"),
        "I": _("Informed: is told of it"),
    }


def as_json(matrix: Matrix) -> bytes:
    """The same for programs: activities with the letters of each role."""
    roles = dict(matrix.roles)
    by_activity: dict[int, dict[str, str]] = {}
    for (activity, role), letters in sorted(matrix.letters.items()):
        if role in roles:
            by_activity.setdefault(activity, {})[roles[role]] = letters
    rows = [
        {"process": group, "activity": title, "letters": by_activity.get(pk, {})}
        for pk, title, group in matrix.activities
    ]
    return json.dumps(
        {"schema": "rasci/1", "roles": list(roles.values()), "activities": rows}, ensure_ascii=False, indent=1
    ).encode()
