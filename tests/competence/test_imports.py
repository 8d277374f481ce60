"""Competence matrices and registers of trainings are taken in whole or not at all, and twice is once (security cases 18–20)."""

import io
import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from competence import imports
from competence.imports.plan import read_level
from competence.models import Assessment, Course, Skill, TrainingRecord, WaitingTable
from ismsroles.core import clock, tabular
from ismsroles.core.errors import Invalid, NotAllowed, Stale
from tests.competence import world

pytestmark = pytest.mark.django_db
MATRIX = """Name,Desk,Risk assessment,Audit practice
Hana Holder,Operations,3,x
Cole Colleague,Finance,,1
Nobody Known,Finance,2,2
"""
RECORDS = """E-mail,Skill,Level,Date,Valid until,Evidence
hana.holder@testhouse.example,Audit practice,2/4,2026-01-31,2027-01-31,Certificate
"""
REGISTER = "Name,Training,Date,Result\nHana Holder,Awareness,2026-02-03,passed\nCole Colleague,First aid,31.01.2026,\n"


def planned(kind: str, text: str):
    return imports.plan(kind, tabular.read(text.encode(), "list.csv", known=imports.KNOWN), today=clock.today())


def levels() -> set[tuple[str, str, int]]:
    return set(Assessment.objects.values_list("person__name", "skill__name", "level"))


def test_a_matrix_of_people_and_skills_is_read_and_other_columns_are_left_out(cast):
    plan = planned("competence", MATRIX)
    assert len(plan.wanted) == 3 and plan.unused == ["Desk"]
    assert [problem.row for problem in plan.problems] == [4] and plan.new_skills == [
        "Audit practice",
        "Risk assessment",
    ]
    imports.apply(plan, actor=cast.ism)
    assert levels() == {
        ("Hana Holder", "Risk assessment", 3),
        ("Hana Holder", "Audit practice", 3),
        ("Cole Colleague", "Audit practice", 1),
    }


def test_one_record_a_row_carries_its_day_its_end_and_its_evidence(cast):
    imports.apply(planned("competence", RECORDS), actor=cast.ism)
    row = Assessment.objects.get()
    assert (row.level, row.assessed_on, row.valid_until, row.evidence) == (
        2,
        date(2026, 1, 31),
        date(2027, 1, 31),
        "certificate",
    )


def test_a_skill_that_is_known_is_not_added_again_however_it_is_written(cast):
    world.skill("AUDIT Practice")
    imports.apply(planned("competence", RECORDS), actor=cast.ism)
    assert Skill.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "text", "model"), [("competence", MATRIX, Assessment), ("training", REGISTER, TrainingRecord)]
)
def test_a_file_that_comes_twice_changes_nothing_the_second_time(cast, kind, text, model):
    for _again in range(2):
        imports.apply(planned(kind, text), actor=cast.ism)
    assert model.objects.count() == len(planned(kind, text).lines) and planned(kind, text).wanted == []


def test_a_register_of_trainings_finds_the_recurring_training(cast):
    course = Course.objects.create(title="awareness", starts_on=clock.today())
    imports.apply(planned("training", REGISTER), actor=cast.ism)
    assert TrainingRecord.objects.get(course=course).done_on == date(2026, 2, 3)


def test_a_table_of_trainings_holds_days(cast):
    imports.apply(planned("training", "Name,Fire drill,Awareness\nHana Holder,2026-02-03,\n"), actor=cast.ism)
    assert list(TrainingRecord.objects.values_list("title", "done_on")) == [("Fire drill", date(2026, 2, 3))]


@pytest.mark.parametrize(
    "line",
    ["Hana Holder,Audit,7,2026-01-01,", "Hana Holder,Audit,2,2999-01-01,", "Hana Holder,,2,2026-01-01,",
     "Hana Holder,Audit,2,31.02.2026,", "Hana Holder,Audit,2,2026-02-01,2026-01-01", "Who Ever,Audit,2,2026-01-01,"],
)  # fmt: skip
def test_a_line_that_cannot_be_right_is_refused_with_its_place(cast, line):
    plan = planned("competence", f"Name,Skill,Level,Date,Valid until\n{line}\n")
    assert plan.wanted == [] and [problem.row for problem in plan.problems] == [2]


def test_what_the_importer_says_of_themself_is_marked_as_their_own_view(cast):
    imports.apply(planned("competence", "Name,Audit\nIsmail Keeper,4\nHana Holder,1\n"), actor=cast.ism)
    assert dict(Assessment.objects.values_list("person__name", "is_self")) == {
        "Ismail Keeper": True,
        "Hana Holder": False,
    }


def test_nothing_is_imported_when_the_register_changed_meanwhile(cast):
    plan = planned("competence", MATRIX)
    type(cast.people.holder).objects.filter(pk=cast.people.holder.pk).update(name="Hana Other", name_key="hana other")
    with pytest.raises(Stale):
        imports.apply(plan, actor=cast.ism)
    assert not Assessment.objects.exists() and not Skill.objects.exists()


@pytest.mark.parametrize("who", ["top", "administrator", "representative", "auditor", "holder"])
def test_only_the_information_security_manager_imports(cast, who):
    with pytest.raises(NotAllowed):
        imports.apply(planned("competence", MATRIX), actor=getattr(cast, who))


@pytest.mark.parametrize(
    ("mark", "level"),
    [("3 – works alone", 3), ("Lvl. 2", 2), ("2,0", 2), ("4 (expert)", 4), ("◑", 2), ("●", 4), ("Stufe 1", 1)],
)
def test_marks_as_people_write_them_are_levels(mark, level):
    assert read_level(mark) == level


@pytest.mark.parametrize("mark", ["3-4", "5", "2.5", "1 (or 2)"])
def test_a_mark_with_two_readings_is_refused(mark):
    with pytest.raises(Invalid):
        read_level(mark)


def test_who_stands_in_the_file_twice_counts_once_or_is_asked_about(cast):
    plan = planned("competence", "Name,Audit,Risk\nHana Holder,2,3\nHana Holder,2,1\n")
    assert [(line.what, line.level) for line in plan.wanted] == [("Audit", 2), ("Risk", 3)]
    assert [(problem.row, problem.column) for problem in plan.problems] == [(3, "Risk")]


@given(st.text(max_size=12))
def test_a_mark_is_a_level_or_is_refused_with_a_sentence(text):
    try:
        assert 0 <= read_level(text) <= 4
    except Invalid as error:
        assert error.message


def test_a_list_is_looked_at_and_imported_on_the_pages(cast, as_user):
    client = as_user("ism")
    file = SimpleUploadedFile("matrix.csv", MATRIX.encode())
    page = client.get(client.post("/competence/import/", {"kind": "competence", "file": file}).url)
    assert not Assessment.objects.exists() and "Nobody Known" in page.content.decode()
    url = f"/competence/import/{WaitingTable.objects.get().pk}/"
    assert client.post(url, {"do": "import", "seen": "forged"}).status_code == 409
    assert client.post(url, {"do": "import", "seen": page.context["seen"]}).status_code == 302
    assert Assessment.objects.count() == 3 and not WaitingTable.objects.exists()


def test_a_file_that_is_no_table_is_refused_at_the_field(cast, as_user):
    file = SimpleUploadedFile("matrix.xlsx", b"%PDF-1.7")
    answer = as_user("ism").post("/competence/import/", {"kind": "competence", "file": file})
    assert answer.status_code == 422 and "This file is a PDF" in answer.content.decode()


# Commands -------------------------------------------------------------------------------------------------------------


def run(*args: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command(*args, stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def test_the_command_imports_a_matrix_and_a_dry_run_changes_nothing(cast, tmp_path):
    file = tmp_path / "matrix.csv"
    file.write_text(MATRIX)
    assert run("import_competence", str(file), "--dry-run")[0] == 1 and not Assessment.objects.exists()
    assert run("import_competence", str(file))[0] == 1 and Assessment.objects.count() == 3
    register = tmp_path / "register.csv"
    register.write_text(REGISTER)
    assert run("import_training", str(register))[0] == 0 and TrainingRecord.objects.count() == 2


def test_the_command_tells_gaps_of_any_day_as_json(cast):
    skill = world.skill("Audit practice")
    world.need(cast.roles.held, skill, 2)
    world.shows(cast.people.holder, skill, 2)
    world.shows(cast.people.deputy, skill, 2)
    assert run("competence_gaps", "--format", "json")[0] == 0
    code, text = run("competence_gaps", "--format", "json", "--on", str(clock.today() - timedelta(days=150)))
    told = json.loads(text)["gaps"]
    assert code == 1 and {(row["person"], row["state"]) for row in told} == {
        ("Hana Holder", "unknown"),
        ("Dov Deputy", "unknown"),
    }


def test_a_day_that_is_none_is_refused(cast):
    with pytest.raises(CommandError):
        run("competence_gaps", "--on", "yesterday")
