"""What goes out comes in again and changes nothing (M1); no spreadsheet takes a name for a formula."""

import json

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ismsroles.core import tabular
from raci.models import SETS, Activity, ActivityGroup, Allocation
from raci.spreadsheet import export, printed
from raci.spreadsheet.layout import ACTIVITIES_DOWN, ROLES_DOWN
from raci.spreadsheet.plan import plan
from raci.spreadsheet.register import Matrix, drafted
from tests import factories

WORDS = (
    st.one_of(
        st.sampled_from(
            [
                "A",
                "R/A",
                "IT",
                "Role",
                "Process",
                "Activity",
                "R = Responsible",
                "=1+1",
                "-x",
                "'=y",
                "12",
                "Backup; restore",
                "a\tb",
            ]
        ),
        st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12),
        st.text("abc äß,;\"'=+-@|", min_size=1, max_size=20),
    )
    .map(str.strip)
    .filter(bool)
)


@st.composite
def matrices(draw) -> Matrix:
    """Any matrix that the register can hold."""
    roles = draw(st.lists(WORDS, min_size=1, max_size=6, unique_by=lambda text: " ".join(text.split()).lower()))
    groups = draw(st.lists(WORDS, min_size=1, max_size=3, unique_by=lambda text: " ".join(text.split()).lower()))
    titles = draw(st.lists(WORDS, min_size=1, max_size=6, unique_by=lambda text: " ".join(text.split()).lower()))
    activities = [(number, title, draw(st.sampled_from(groups))) for number, title in enumerate(titles, 1)]
    cells = draw(
        st.dictionaries(st.tuples(st.integers(1, len(titles)), st.integers(1, len(roles))), st.sampled_from(SETS[1:]))
    )
    return Matrix(activities, list(enumerate(roles, 1)), cells)


@pytest.mark.parametrize("down", [ACTIVITIES_DOWN, ROLES_DOWN])
@pytest.mark.parametrize("write", [export.csv, export.xlsx])
@settings(max_examples=12)
@given(matrix=matrices())
def test_the_import_of_an_export_changes_nothing(write, down, matrix):
    content = write(matrix, down)
    planned = plan(tabular.lines(content, "matrix"), {}, {}, matrix)
    assert planned.changes == [] and planned.new_activities == [] and planned.questions == [], planned
    assert planned.reading.refused == []


@pytest.mark.parametrize("down", [ACTIVITIES_DOWN, ROLES_DOWN])
@settings(max_examples=8)
@given(matrix=matrices(), data=st.data())
def test_each_letter_that_differs_from_an_export_is_found_and_no_other(down, matrix, data):
    content = export.csv(matrix, down)
    place = (data.draw(st.sampled_from(matrix.activities))[0], data.draw(st.sampled_from(matrix.roles))[0])
    was = matrix.letters.get(place, "")
    now = data.draw(st.sampled_from([letters for letters in SETS if letters != was]))
    there = Matrix(matrix.activities, matrix.roles, {**matrix.letters, place: now})
    planned = plan(tabular.lines(content, "matrix"), {}, {}, there)
    assert [(change.was, change.now) for change in planned.changes] == [(now, was)]


@pytest.fixture
def filled(cast) -> Matrix:
    group = ActivityGroup.objects.create(name="Backup")
    activity = Activity.objects.create(group=group, title="=Test backups")
    Allocation.objects.create(activity=activity, role=cast.roles.held, letters="RA")
    return drafted()


def test_a_workbook_keeps_its_headings_in_sight_and_holds_no_formula(filled, tmp_path):
    (tmp_path / "m.xlsx").write_bytes(export.xlsx(filled))
    sheet = openpyxl.load_workbook(tmp_path / "m.xlsx").worksheets[0]
    assert sheet.freeze_panes == "C2"
    assert sheet["B2"].value == "'=Test backups" and all(cell.data_type != "f" for row in sheet for cell in row)
    assert {cell.value for cell in sheet[2]} >= {"R/A"}


def test_the_json_names_activities_and_roles(filled):
    read = json.loads(export.as_json(filled))
    assert read["activities"] == [
        {"process": "Backup", "activity": "=Test backups", "letters": {"Incident manager": "RA"}}
    ]


def test_a_matrix_of_two_hundred_roles_goes_out_and_in(db):
    roles = [(number, f"Role number {number}") for number in range(1, 201)]
    activities = [(number, f"Activity {number}", f"Process {number % 9}") for number in range(1, 301)]
    cells = {(a, (a * 7 + step) % 200 + 1): SETS[1 + (a + step) % 31] for a, _t, _g in activities for step in range(33)}
    matrix = Matrix(activities, roles, cells)
    planned = plan(tabular.lines(export.csv(matrix), ""), {}, {}, matrix)
    assert not planned.changes and len(planned.roles) == 200 and len(planned.activities) == 300


def test_reading_the_register_takes_three_questions(filled, django_assert_num_queries):
    factories.role("Another")
    with django_assert_num_queries(3):
        drafted()


def test_on_paper_each_part_has_its_headings_and_all_activities():
    roles = [(number, f"Role {number}") for number in range(1, 34)]
    matrix = Matrix([(1, "Test", "P"), (2, "Check", "P")], roles, {(1, 33): "RA"})
    made = printed.parts(matrix, across=16)
    assert [len(part.roles) for part in made] == [11, 11, 11]
    assert all([title for title, _cells in part.groups[0][1]] == ["Test", "Check"] for part in made)
    assert made[2].groups[0][1][0][1][-1] == "R/A"


def test_a_matrix_that_no_page_holds_is_printed_as_a_list():
    roles = [(number, f"Role {number}") for number in range(1, 100)]
    matrix = Matrix([(1, "Test", "P")], roles, {(1, 3): "RA", (1, 2): "I"})
    assert printed.is_large(matrix)
    assert printed.listed(matrix) == [("P", [("Test", [("A", "Role 3"), ("R", "Role 3"), ("I", "Role 2")])])]


def test_the_pdf_is_archival_and_tagged(filled):
    content = printed.pdf(filled)
    assert content.startswith(b"%PDF-1.7") and b"pdfuaid:part" in content and b"pdfaid:part" in content
