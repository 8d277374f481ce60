"""Exports: what people have typed stays text in the reader's spreadsheet, and comes back unchanged (case 20)."""

import ast
import pathlib
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ismsroles.core import exports, tabular
from ismsroles.core.errors import Invalid

FORMULAS = [
    "=cmd|' /C calc'!A0",
    "+49 30 1234",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1+1",
    "＝1+1",
    '=HYPERLINK("http://x")',
]
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=40
)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_in_a_csv(text):
    line = exports.csv_bytes(["Name"], [[text]]).decode("utf-8-sig").split("\r\n", 1)[1]
    assert line.lstrip('"').startswith("'")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_in_a_workbook(text):
    sheet = openpyxl.load_workbook(BytesIO(exports.xlsx_bytes("People", ["Name"], [[text]]))).active
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith("'")


def test_headings_are_made_harmless_as_well():
    assert b"'=evil" in exports.csv_bytes(["=evil"], [])


def test_numbers_and_dates_stay_numbers_and_dates():
    sheet = openpyxl.load_workbook(BytesIO(exports.xlsx_bytes("x", ["a", "b"], [[-5, date(2026, 11, 30)]]))).active
    assert sheet["A2"].value == -5
    assert sheet["B2"].is_date
    assert b"-5,2026-11-30" in exports.csv_bytes(["a", "b"], [[-5, date(2026, 11, 30)]])


def test_a_csv_says_how_its_letters_are_stored():
    assert exports.csv_bytes(["Name"], [["Zoë"]]).startswith(b"\xef\xbb\xbf")


def test_the_headings_of_a_workbook_are_bold_and_stay_in_sight():
    sheet = openpyxl.load_workbook(
        BytesIO(exports.xlsx_bytes("A:very/odd*title", ["Name", "x"], [["Ann" * 12, 1]]))
    ).active
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["B"].width


def test_a_text_too_long_for_a_workbook_is_refused_rather_than_cut():
    with pytest.raises(Invalid):
        exports.xlsx_bytes("x", ["a"], [["x" * 40_000]])


@settings(max_examples=200)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5), st.sampled_from(FORMULAS))
def test_what_was_exported_is_read_back_as_the_same_text(rows, formula):
    expected = [[tabular_text(cell) for cell in row] for row in [*rows, (formula, "'" + formula), ("_x000D_y", "''=x")]]
    rows = [*rows, (formula, "'" + formula), ("_x000D_y", "''=x")]
    for content in (exports.csv_bytes(["Name", "Area"], rows), exports.xlsx_bytes("t", ["Name", "Area"], rows)):
        table = tabular.read(content, "x", known={"name", "area"})
        assert [row.cells for row in table.rows] == [row for row in expected if any(row)]


def tabular_text(text):
    """What any reading of a cell does to it: odd spaces become spaces, none stay at the ends."""
    from ismsroles.core.tabular.shape import INVISIBLE, ODD_SPACE

    return INVISIBLE.sub("", ODD_SPACE.sub(" ", text.replace("\r", "\n"))).strip()


def test_nobody_else_writes_csv_or_workbooks():
    root = pathlib.Path(__file__).resolve().parents[2]
    writers = set()
    for path in [*root.glob("ismsroles/**/*.py"), *root.glob("roles/**/*.py"), *root.glob("evidence/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in {
                "writer",
                "DictWriter",
                "Workbook",
            }:
                writers.add(path.name)
    assert writers == {"exports.py"}
