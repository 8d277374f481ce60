"""`manage.py import_people`: 0 fine, 1 some rows were refused, 2 could not; needs nothing but the database."""

import io

import pytest
from django.core.management import CommandError, call_command

from roles.models import ImportFile, Person
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    def run(text, *options):
        path = tmp_path / "people.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        out = io.StringIO()
        try:
            call_command("import_people", str(path), *options, stdout=out)
        except SystemExit as ended:
            return ended.code, out.getvalue()
        return 0, out.getvalue()

    return run


def test_a_sound_list_is_imported_with_status_0(run):
    status, out = run("Name;E-mail\nAnn;a@x.example\n")
    assert (status, Person.objects.get().name) == (0, "Ann")
    assert "1 person added" in out


def test_refused_rows_give_status_1_and_their_reasons(run):
    status, out = run("Name;E-mail\nAnn;a@x.example\nBob;nonsense\n")
    assert (status, Person.objects.count()) == (1, 1)
    assert "Row 3, E-mail: Write the address as name@company.example" in out


def test_a_dry_run_changes_nothing(run):
    status, out = run("Name\nAnn\nBob\n", "--dry-run")
    assert (status, Person.objects.count()) == (0, 0)
    assert "Nothing was changed" in out


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"Where;When\nhere;now\n"])
def test_what_is_no_list_of_people_gives_status_2(run, content):
    with pytest.raises(CommandError) as error:
        run(content)
    assert error.value.returncode == 2


def test_a_file_that_is_not_there_gives_status_2():
    with pytest.raises(CommandError) as error:
        call_command("import_people", "/nowhere/people.csv")
    assert error.value.returncode == 2


def test_columns_can_be_named(run):
    run("Who;Where\nAnn;Sales\n", "--map", "name=Who", "area=Where")
    assert Person.objects.get().area.name == "Sales"


@pytest.mark.parametrize("pair", ["password=Who", "name=Nowhere", "is_administrator=Who"])
def test_columns_that_are_not_there_give_status_2(run, pair):
    with pytest.raises(CommandError) as error:
        run("Who\nAnn\nBob\n", "--map", pair)
    assert error.value.returncode == 2


@pytest.mark.parametrize("answer, status, people", [("skip", 1, 1), ("same", 0, 1), ("new", 0, 2)])
def test_rows_of_which_only_the_name_fits_follow_the_option(run, answer, status, people):
    factories.person("Ann", job_title="Old")
    assert run("Name;Job title\nAnn;New\n", "--same-name", answer)[0] == status
    assert Person.objects.count() == people


def test_an_import_in_somebodys_name_has_their_rights_only(run, cast):
    with pytest.raises(CommandError) as error:
        run("Name\nAnn\nBob\n", "--actor", cast.colleague.email)
    assert error.value.returncode == 2
    assert run("Name\nAnn\nBob\n", "--actor", cast.ism.email.upper())[0] == 0
    assert Person.objects.get(name="Ann").history.first().history_user == cast.ism


def test_nothing_is_left_behind(run):
    run("Name\nAnn\nBob\n")
    assert not ImportFile.objects.exists()
