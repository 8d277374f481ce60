"""The cells as HTML: every letter stands where it belongs, large matrices begin folded, long titles get room."""

import re

from hypothesis import given
from hypothesis import strategies as st

from raci.grid import OPEN_ROWS, Grid, GridRow
from raci.models import SETS
from raci.queries.picture import ColumnOfRole


def column(pk: int, title: str = "") -> ColumnOfRole:
    return ColumnOfRole(pk, title or f"Role {pk}", "many", "active", None, "", True)


def rows(count: int) -> list[GridRow]:
    return [GridRow(n, f"Activity {n}", n // 10, f"Process {n // 10}") for n in range(count)]


def read(body: str) -> list[list[str]]:
    """The letters of each row, as somebody would read them."""
    found = []
    for row in re.findall(r'<tr id="a.*?</tr>', body):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row)[:-1]
        found.append(["".join(re.findall(r"<b[^>]*>(.)</b>", cell)) for cell in cells])
    return found


@given(st.lists(st.lists(st.sampled_from(SETS), min_size=3, max_size=3), min_size=1, max_size=25))
def test_every_letter_stands_in_its_row_and_column(letters):
    cells = {n: {role: text for role, text in enumerate(line) if text} for n, line in enumerate(letters)}
    grid = Grid(rows(len(letters)), [column(n) for n in range(3)], cells)
    assert read(grid.body()) == letters
    assert grid.filled == sum(map(len, cells.values()))
    assert grid.totals()["A"] == sum("A" in text for line in letters for text in line)


def test_a_marked_cell_keeps_its_letters_and_a_row_says_what_is_wrong():
    grid = Grid(rows(1), [column(1)], {0: {1: "RA"}}, {0: {1: "fault new"}}, {0: ["Two <A>"]}, frozenset({0}))
    body = grid.body()
    assert 'class="fault new duo"' in body and "Two &lt;A&gt;" in body and read(body) == [["RA"]]


def test_a_large_matrix_begins_with_its_first_processes_open_and_has_every_cell():
    body = Grid(rows(100), [column(n) for n in range(200)], {}).body()
    assert body.count('class="folded"') == 10 - OPEN_ROWS // 10 - 1 and body.count("<td></td>") == 20_000


def test_a_small_matrix_is_all_open():
    assert "folded" not in Grid(rows(100), [column(1)], {}).body()


def test_a_long_title_gets_the_room_that_it_needs():
    short, long = Grid(rows(1), [column(1)], {}), Grid(rows(1), [column(1, "Lead " * 30)], {})
    assert not short.tall and short.widths() == "<col>"
    assert long.tall and long.widths() == '<col class="w5">'
