"""What an import would do: whom each row is about, what would change, what is refused or asked, before anything is written."""

from datetime import timedelta
from pathlib import Path

import pytest

from ismsroles.core import clock, tabular
from ismsroles.core.errors import Invalid
from roles import imports
from tests import factories

FILES = Path(__file__).resolve().parents[1] / "files" / "people"
pytestmark = pytest.mark.django_db


def plan(text, decisions=None, mapping=None):
    table = tabular.read(text.encode(), "x.csv", known=imports.KNOWN)
    mapping = mapping or imports.guess_mapping(table.headers, table.rows)
    return imports.plan(table, mapping, today=clock.today(), decisions=decisions)


def kinds(planned):
    return [row.kind for row in planned.rows]


def changes(planned, number=0):
    return {change.field: (change.was, change.now) for change in planned.rows[number].changes}


def person(name="Anna Lee", **values):
    return factories.person(name, **{"email": "anna@x.example", "external_id": "7", **values})


def test_somebody_unknown_is_new():
    planned = plan("Name;E-mail\nAnna Lee;anna@x.example\n")
    assert kinds(planned) == ["new"]
    assert changes(planned) == {"name": (None, "Anna Lee"), "email": (None, "anna@x.example")}


def test_the_personnel_number_decides_first():
    ann = person()
    planned = plan("Id;Name;E-mail\n7;Anna Lee-Cole;other@x.example\n")
    assert planned.rows[0].person == ann
    assert changes(planned) == {"name": ("Anna Lee", "Anna Lee-Cole"), "email": ("anna@x.example", "other@x.example")}


@pytest.mark.parametrize("address", ["anna@x.example", " ANNA@X.EXAMPLE ", "ａnna@x.example"])
def test_then_the_address_decides_however_it_is_written(address):
    ann = person(external_id=None)
    planned = plan(f"Id;Name;E-mail\n99;Anna Lee;{address}\n")
    assert (planned.rows[0].person, changes(planned)) == (ann, {"external_id": (None, "99")})


def test_who_is_the_same_in_everything_is_unchanged():
    person()
    assert kinds(plan("Id;Name;E-mail\n7;Anna Lee;Anna@x.example\n")) == ["unchanged"]


def test_an_empty_cell_takes_nothing_away():
    person(job_title="Engineer")
    assert kinds(plan("Id;Name;Job title;E-mail\n7;Anna Lee;;\n")) == ["unchanged"]


@pytest.mark.parametrize("name", ["Anna Lee", "ANNA  LEE", "Lee, Anna", "Ánna Lee"])
def test_when_only_the_name_fits_somebody_is_asked(name):
    ann = person()
    planned = plan(f"Name;Job title\n{name};Boss\n")
    assert (kinds(planned), planned.rows[0].candidates, planned.imported) == (["ask"], [ann], 0)


@pytest.mark.parametrize(
    "answer, kind", [("same", "changed"), ("new", "new"), ("skip", "skipped"), ("nonsense", "ask"), ("same:0", "ask")]
)
def test_the_answer_decides(answer, kind):
    person()
    assert kinds(plan("Name;Job title\nAnna Lee;Boss\n", {"2": answer})) == [kind]


def test_of_two_people_of_one_name_the_answer_says_which():
    person()
    second = person(email="second@x.example", external_id="8")
    assert kinds(plan("Name;Job title\nAnna Lee;Boss\n", {"2": "same"})) == ["ask"]
    assert plan("Name;Job title\nAnna Lee;Boss\n", {"2": f"same:{second.pk}"}).rows[0].person == second


def test_somebody_recognised_by_number_is_not_offered_for_another_row_of_that_name():
    person()
    assert kinds(plan("Id;Name;E-mail\n7;Anna Lee;\n8;Anna Lee;two@x.example\n")) == ["unchanged", "new"]


def test_number_and_address_of_two_different_people_are_refused():
    person()
    factories.person("Bob", email="bob@x.example", external_id="8")
    planned = plan("Id;Name;E-mail\n7;Anna Lee;bob@x.example\n")
    assert "Bob already has this address. Two people cannot share one." in str(planned.problems[0])


def test_an_address_with_another_personnel_number_is_refused():
    person()
    assert "and the personnel number 7" in str(plan("Id;Name;E-mail\n9;Anna Lee;anna@x.example\n").problems[0])


@pytest.mark.parametrize(
    "text",
    [
        "Id;Name\n7;Anna\n8;Cid\n7;Bob\n",
        "E-mail;Name\na@x.example;Anna\n;Cid\nA@X.example;Bob\n",
        "Name;Area\nAnna Lee;IT\nCid;IT\nAnna Lee;Sales\n",
    ],
)
def test_two_rows_of_one_person_are_both_refused_and_name_each_other(text):
    planned = plan(text)
    assert kinds(planned) == ["refused", "new", "refused"]
    assert all("Rows 2 and 4" in str(problem) for problem in planned.problems)


def test_leaving_out_one_of_two_twins_lets_the_other_in():
    assert kinds(plan("Id;Name\n7;Anna\n7;Bob\n", {"2": "skip"})) == ["skipped", "new"]


def test_two_people_of_one_name_with_different_numbers_are_two_people():
    assert kinds(plan("Id;Name\n7;Anna Lee\n8;Anna Lee\n")) == ["new", "new"]


def test_two_rows_that_find_one_person_in_two_ways_are_both_refused():
    person()
    planned = plan("Id;Name;E-mail\n7;Anna Lee;\n;A. Lee;anna@x.example\n")
    assert kinds(planned) == ["refused", "refused"]
    assert "Rows 2 and 3 are all about Anna Lee" in str(planned.problems[0])


def test_a_leaver_is_shown_with_what_ends(cast):
    day = clock.today() + timedelta(days=8)
    planned = plan(f"E-mail;Name;Last day\n{cast.people.holder.email};Hana Holder;{day}\n")
    assert kinds(planned) == ["leaves"]
    assert [held.role for held in planned.rows[0].ends] == [cast.roles.held]


def test_a_last_day_that_is_moved_is_leaving_as_well():
    person(last_day=clock.today() + timedelta(days=30))
    assert kinds(plan(f"Id;Name;Last day\n7;Anna Lee;{clock.today() + timedelta(days=9)}\n")) == ["leaves"]


def test_a_last_day_before_the_first_is_refused_also_against_the_register():
    person(starts_on="2026-03-01")
    both = plan("Name;Start;End\nBob;2026-05-01;2026-04-01\n")
    register = plan("Id;Name;End\n7;Anna Lee;2026-02-01\n")
    for planned in (both, register):
        assert "is before the first day" in str(planned.problems[0])


def test_somebody_who_left_and_is_still_in_the_list_is_pointed_out():
    person(last_day=clock.today() - timedelta(days=3))
    planned = plan("Id;Name\n7;Anna Lee\n")
    assert "the list still names them without a last day" in planned.warnings[0]


def test_current_people_who_are_not_in_the_list_are_named():
    person(), factories.person("Gone", last_day=clock.today() - timedelta(days=3))
    assert [absent.name for absent in plan("Name;Id\nBob;9\n").absent] == ["Anna Lee"]


def test_areas_are_recognised_however_they_are_written_and_unknown_ones_listed():
    factories.area("Büro Süd")
    planned = plan("Name;Area\nA;buro sud\nB;Sales\nC; sales \n")
    assert list(planned.new_areas.values()) == ["Sales"]
    assert changes(planned)["area"] == (None, "Büro Süd")


def test_an_area_of_refused_rows_only_is_not_added():
    assert plan("Name;Area;E-mail\nA;Nowhere;x\n").new_areas == {}


@pytest.mark.parametrize("manager", ["9", "boss@x.example", "BOSS@X.example", "Bella Boss", "Boss, Bella"])
def test_a_manager_is_found_by_number_address_or_name_also_further_down(manager):
    planned = plan(f"Id;Name;E-mail;Manager\n1;Ann;a@x.example;{manager}\n9;Bella Boss;boss@x.example;\n")
    assert changes(planned)["manager"] == (None, "Bella Boss")
    assert planned.warnings == []


def test_a_manager_of_the_register_is_found_too():
    factories.person("Bella Boss", email="boss@x.example")
    assert changes(plan("Name;Manager\nAnn;boss@x.example\n"))["manager"] == (None, "Bella Boss")


@pytest.mark.parametrize(
    "text, words",
    [
        ("Name;Manager\nAnn;H. Brandt\n", "Row 2: the manager “H. Brandt” is not known"),
        ("Name;Manager\nAnn;Ann\n", "Row 2: nobody is their own manager"),
        ("Id;Name;Manager\n1;Bo;\n2;Bo;\n3;Ann;Bo\n", "Row 4: several people are called “Bo”"),
        ("Name;Manager;Last day\nAnn;Bo;\nBo;;2020-01-01\n", "Row 2: “Bo” left on 2020-01-01"),
        (
            "Name;Manager\nAnn;Bo\nBo;Cid\nCid;Ann\n",
            "Row 4: with “Ann” as manager, people would report to each other in a circle",
        ),
    ],
)
def test_a_manager_who_cannot_be_is_left_out_with_a_warning(text, words):
    planned = plan(text)
    assert words in planned.warnings[0]
    assert planned.problems == [] and planned.imported == len(planned.rows)


def test_swapping_a_manager_with_their_report_is_no_circle():
    boss = factories.person("Bella Boss", external_id="1")
    factories.person("Ann", external_id="2", manager=boss)
    top = factories.person("Top", external_id="3")
    assert top and plan("Id;Name;Manager\n1;Bella Boss;2\n2;Ann;3\n").warnings == []


def test_a_circle_with_managers_of_the_register_is_found():
    boss = factories.person("Bella Boss", external_id="1")
    factories.person("Ann", external_id="2", manager=boss)
    planned = plan("Id;Name;Manager\n1;Bella Boss;2\n")
    assert "in a circle" in planned.warnings[0]
    assert kinds(planned) == ["unchanged"]


def test_without_a_column_for_the_name_nothing_can_be_planned():
    with pytest.raises(Invalid, match="No column is chosen for the name"):
        plan("E-mail;Area\na@x.example;IT\n", mapping={"email": "E-mail"})


def test_planning_makes_the_same_number_of_queries_for_one_row_and_for_two_thousand(django_assert_max_num_queries):
    factories.person("Known", external_id="5")
    day = clock.today()
    few, many = "Id;Name;End\n5;Known;" + f"{day}\n", f"Id;Name;E-mail;Area;Manager;End\n5;Known;;;;{day}\n"
    many += "".join(f"{n};P{n};p{n}@x.example;A{n};P{n // 9};\n" for n in range(10, 2010))
    with django_assert_max_num_queries(4) as first:
        plan(few)
    with django_assert_max_num_queries(4) as second:
        plan(many)
    assert len(first) == len(second)


def test_a_half_broken_file_gives_its_sound_rows_and_a_reason_for_each_other_one():
    table = tabular.read((FILES / "people_broken.csv").read_bytes(), "people_broken.csv", known=imports.KNOWN)
    planned = imports.plan(table, imports.guess_mapping(table.headers, table.rows), today=clock.today())
    by_id = {row.cells[0]: row.kind for row in planned.rows}
    refused = {number for number, kind in by_id.items() if kind == "refused"}
    assert refused == {"2", "3", "5", "6", "7", "8", "16", "17", "18", "19", "20", "21", "22", "23", "31"}
    assert {by_id["1"], by_id["30"], by_id["15"], by_id["29"]} == {"new"}
    assert len(planned.warnings) == 3  # a manager nobody knows, one's own manager, a circle
