"""What the matrix is measured against: its cells from one raw query with joined strings, and a view that writes one row with history."""

import time
from collections import defaultdict

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from ismsroles.core import clock, history, unchanged
from raci.actions.cells import set_letters
from raci.checks import faults
from raci.grid import CELLS, Grid, GridRow
from raci.models import Allocation
from raci.queries.picture import Picture, cells_of, picture
from raci.views.matrix import matrix, matrix_list

ONE_QUERY = "SELECT activity_id, role_id, letters FROM raci_allocation WHERE letters <> ''"


def raw_cells(request: HttpRequest) -> HttpResponse:
    """The cells of the matrix and nothing else: one query without the ORM, one list a row, joined."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_QUERY)
        found = cursor.fetchall()
    cells: dict[int, dict[int, str]] = defaultdict(dict)
    for activity, role, letters in found:
        cells[activity][role] = letters
    first = min(role for row in cells.values() for role in row)
    count = max(role for row in cells.values() for role in row) - first + 1
    blank = ["<td></td>"] * count
    parts = []
    for activity in sorted(cells):
        line = blank.copy()
        for role, letters in cells[activity].items():
            line[role - first] = CELLS[letters]
        parts.append("<tr>" + "".join(line) + "</tr>")
    return HttpResponse("".join(parts))


_known: dict[str, Picture] = {}


def cells(request: HttpRequest) -> HttpResponse:
    """The cells as the page builds them: read through the ORM, with the headings and sums of their rows."""
    if "picture" not in _known:
        _known["picture"] = picture()
    known = _known["picture"]
    read = cells_of(known.rows)
    rows = [GridRow(row.pk, row.title, row.group, row.group_name, row.version) for row in known.rows.values()]
    return HttpResponse(Grid(rows, list(known.columns.values()), read).body())


def anew(request: HttpRequest) -> HttpResponse:
    """The whole page when nothing of it is kept: what the first reader waits for after a start."""
    unchanged.forget()
    return matrix(request)


def letter(request: HttpRequest) -> HttpResponse:
    """Somebody saves a letter; not measured here, but what the next page then costs."""
    rows = Allocation.objects.filter(letters__in=("C", "I")).order_by("pk")
    row = rows[time.monotonic_ns() // 1_000 % rows.count()]
    set_letters(row.activity, row.role, "C" if row.letters == "I" else "I", actor=request.user)
    return HttpResponse()


def list_anew(request: HttpRequest) -> HttpResponse:
    """The matrix as a list when nothing of it is kept."""
    unchanged.forget()
    return matrix_list(request)


def checks(request: HttpRequest) -> HttpResponse:
    """All checks over the whole matrix."""
    return HttpResponse(str(len(faults(picture(clock.today())))))


def write(request: HttpRequest) -> HttpResponse:
    """The least that a saved change could cost: the product's middleware and one row with its history, in one transaction."""
    with transaction.atomic():
        row = Allocation(activity_id=int(request.POST["activity"]), role_id=int(request.POST["role"]), letters="I")
        history.bulk_create([row], Allocation, actor=request.user)
    return HttpResponse()


urlpatterns = [
    path("bench/cells/raw/", raw_cells),
    path("bench/cells/", cells),
    path("bench/anew/", anew),
    path("bench/letter/", letter),
    path("bench/list/anew/", list_anew),
    path("bench/checks/", checks),
    path("bench/write/", write),
]
