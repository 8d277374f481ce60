"""What is read from the matrices that people have (M1)."""

from pathlib import Path

import pytest

from ismsroles.core import tabular
from ismsroles.core.errors import Invalid
from raci.spreadsheet import signs
from raci.spreadsheet.plan import NEW, plan
from raci.spreadsheet.register import Matrix
from raci.spreadsheet.signs import parse_mapping

FILES = Path(__file__).parent.parent / "files" / "raci"
ROLES = [(1, "Incident manager"), (2, "Continuity manager"), (3, "Chief executive")]
EMPTY = Matrix([], ROLES, {})


def read(name: str, matrix: Matrix = EMPTY, options=None, **more):
    content = (FILES / name).read_bytes() if "." in name and "\n" not in name else name.encode()
    return plan(tabular.lines(content, "matrix"), options or {}, {}, matrix, **more)


def told(planned) -> dict[tuple[str, str], str]:
    return {(change.activity.title, change.role.title): change.now for change in planned.changes}


def test_title_lines_legends_and_remarks_are_no_activities():
    planned = read("titled.csv")
    assert [(a.group, a.title) for a in planned.new_activities] == [
        ("Backup", "Test the restore"), ("Backup", "Check the backup log"), ("Incidents", "Triage reports"),
        ("Incidents", "Tell the regulator"),
    ]  # fmt: skip
    assert planned.reading.layout.unused == ["Nr", "Remarks"] and not planned.reading.refused


def test_two_letters_are_read_however_they_are_written():
    assert told(read("titled.csv")) == {
        ("Test the restore", "Incident manager"): "R", ("Test the restore", "Continuity manager"): "A",
        ("Test the restore", "Chief executive"): "I", ("Check the backup log", "Incident manager"): "RA",
        ("Triage reports", "Incident manager"): "RA", ("Triage reports", "Continuity manager"): "C",
        ("Triage reports", "Chief executive"): "I", ("Tell the regulator", "Incident manager"): "RA",
        ("Tell the regulator", "Continuity manager"): "S", ("Tell the regulator", "Chief executive"): "RA",
    }  # fmt: skip


def test_german_letters_mean_what_the_legend_says():
    planned = read("german.csv", unknown=NEW)
    assert planned.reading.signs == {"E": "A", "I": "I", "M": "S", "V": "R"}
    assert [each.title for each in planned.reading.headings] == ["Zugänge", "Überwachung"]
    assert told(planned)[("Zugänge entziehen", "Störfallmanager")] == "RS"
    assert [a.group for a in planned.new_activities] == ["Zugänge", "Zugänge", "Überwachung"]


def test_a_person_says_what_letters_mean_and_is_right():
    planned = read("german.csv", options={"letters": parse_mapping(["V=A", "M=", "E=I"])}, unknown=NEW)
    assert told(planned)[("Zugänge entziehen", "Störfallmanager")] == "A"


def test_where_somebody_carries_out_the_v_answers_for_it():
    planned = read("Aufgabe;Incident manager;Chief executive\nPrüfen;D;V\nTesten;V;D\n")
    assert planned.reading.signs == {"D": "R", "V": "A"}


def test_verantwortlich_beside_durchfuehrung_answers_for_it():
    legend = {"V": "R", "D": "R", "M": "S"}
    assert signs.guess({"V", "D", "M"}, legend)["V"] == "A"
    assert signs.guess({"V", "D", "A"}, legend)["V"] == "R"


def test_french_words_are_understood():
    planned = read("french.txt", unknown=NEW)
    assert told(planned)[("Sauvegardes testées", "Directeur")] == "A"
    assert told(planned)[("Incidents traités", "Responsable sécurité")] == "RS"


def test_roles_that_go_down_are_seen_by_their_names():
    planned = read("turned.csv")
    assert planned.reading.layout.down == "roles"
    assert told(planned)[("Triage reports", "Continuity manager")] == "A"
    assert [each.name.title for each in planned.questions] == ["Nobody knows"] and [
        n.title for n in planned.left_out
    ] == ["Nobody knows"]


def test_a_person_can_turn_the_matrix():
    planned = read("turned.csv", options={"down": "activities"}, unknown=NEW)
    assert [a.title for a in planned.new_activities][0] == "Incident manager"


def test_what_is_refused_says_where_and_why_and_the_rest_comes_in():
    planned = read("hostile.csv")
    said = {(one.column, one.row): one.sentence for one in planned.reading.refused}
    assert "Column B has this name already" in said[("D", 1)]
    assert "Row 2 has this name already" in said[("A", 3)]
    assert "no name" in said[("A", 6)]
    assert {("B", 5), ("B", 7)} <= set(said)
    assert told(planned)[("Backup", "Continuity manager")] == "A" and ("Restore", "Incident manager") not in told(
        planned
    )


def test_a_cell_that_cannot_be_read_leaves_what_the_register_says():
    there = Matrix([(7, "Restore", "")], ROLES, {(7, 1): "R", (7, 2): "A"})
    assert ("Restore", "Incident manager") not in told(read("hostile.csv", there))


def test_a_matrix_far_from_the_corner_with_merged_groups_is_found():
    planned = read("groups.xlsx")
    assert [(a.group, a.title) for a in planned.new_activities] == [
        ("Backup", "Test the restore"),
        ("Backup", "Check the backup log"),
    ]
    assert told(planned)[("Check the backup log", "Incident manager")] == "RA"


def test_an_empty_cell_clears_and_what_the_file_does_not_name_stays():
    there = Matrix([(7, "Backup", "P"), (8, "Other", "P")], ROLES, {(7, 1): "R", (7, 3): "A", (8, 1): "I"})
    planned = read("Process,Activity,Incident manager,Continuity manager\nP,Backup,,A\n", there)
    assert [(c.role.title, c.kind) for c in planned.changes] == [
        ("Incident manager", "cleared"),
        ("Continuity manager", "added"),
    ]
    assert planned.untouched == ["Other"]


def test_a_role_written_nearly_right_is_suggested():
    planned = read("Activity,Incidents manager,Chief executive\nTest,R,A\n")
    assert [(q.name.title, q.close) for q in planned.questions] == [("Incidents manager", (1, "Incident manager"))]
    assert planned.roles == {2: 1, 3: 3}


def test_two_columns_never_write_into_one_role():
    planned = read("Activity,Incident manager,Incidents manager\nTest,R,A\n")
    assert told(planned) == {("Test", "Incident manager"): "R"}


@pytest.mark.parametrize("text", ["a", "Name,Area\nAnna,Sales\n", "1,2,3\n4,5,6\n", "R,A,S\nR,A,S\n", "\n\n,,\nx\n"])
def test_what_is_no_matrix_is_said_to_be_none(text):
    with pytest.raises(Invalid):
        planned = read(text + "\n")
        assert not planned.changes  # pragma: no cover
        raise Invalid("nothing")


@pytest.mark.parametrize("title", ["x" * 201, "a\u202eb"])
def test_a_name_that_cannot_be_is_refused_with_its_row(title):
    planned = read(f"Activity,Incident manager,Chief executive\n{title},R,A\nOk,R,A\n")
    assert [one.row for one in planned.reading.refused] == [2] and [a.title for a in planned.new_activities] == ["Ok"]


@pytest.mark.parametrize("pairs", [["V"], ["V=X"], ["=R"], ["V=R", "M"]])
def test_letters_on_the_command_line_are_checked(pairs):
    with pytest.raises(ValueError):
        parse_mapping(pairs)


@pytest.mark.parametrize("words", [["V=RA", "M=S", "X="], ["V=R,A,M=S,X="], ["v=r,a", "M=S,X="]])
def test_letters_on_the_command_line_stand_apart_or_with_commas(words):
    assert parse_mapping(words) == {"V": "RA", "M": "S", "X": ""}
