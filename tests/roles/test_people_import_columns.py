"""Headings are guessed in four languages, cells read in the register's terms, and what cannot be is refused with a reason."""

from datetime import date
from pathlib import Path

import pytest

from ismsroles.core import tabular
from roles.imports import FIELDS, KNOWN, guess_mapping
from roles.imports.columns import allowed
from roles.imports.rows import read_rows, turn_round

FILES = Path(__file__).resolve().parents[1] / "files" / "people"


def guess(*headers):
    return guess_mapping(list(headers))


def read(text, **mapping):
    table = tabular.read(text.encode(), "x.csv", known=KNOWN)
    return read_rows(table, {**guess_mapping(table.headers, table.rows), **mapping})


def only(text):
    (row,) = read(text)
    return row


def complaint(text):
    (problem,) = only(text).problems
    return str(problem)


@pytest.mark.parametrize(
    "headers",
    [
        ("Employee ID", "Full name", "Work e-mail", "Department", "Reports to", "Hire date", "Leaving date", "Job title", "Type"),
        ("Personalnummer", "Name", "E-Mail-Adresse", "Abteilung", "Vorgesetzte/r", "Eintrittsdatum", "Austritt", "Funktion", "Art"),
        ("Matricule", "Nom complet", "Courriel", "Service", "Responsable", "Date d’entrée", "Date de sortie", "Poste", "Catégorie"),
        ("Nº empleado", "Nombre completo", "Correo electrónico", "Departamento", "Jefe", "Alta", "Baja", "Puesto", "Tipo"),
    ],
)  # fmt: skip
def test_headings_of_four_languages_are_recognised(headers):
    fields = ("external_id", "name", "email", "area", "manager", "starts_on", "last_day", "job_title", "kind")
    assert guess(*headers) == dict(zip(fields, headers, strict=True))


@pytest.mark.parametrize(
    "headers, given, family",
    [
        (("First name", "Last name"), "First name", "Last name"),
        (("Vorname", "Name"), "Vorname", "Name"),
        (("Nom", "Prénom"), "Prénom", "Nom"),
        (("Nombre", "Apellidos"), "Nombre", "Apellidos"),
    ],
)
def test_a_name_in_two_columns_is_recognised(headers, given, family):
    assert guess(*headers) == {"given_name": given, "family_name": family}


@pytest.mark.parametrize("header", ["Name", "Nom", "Nombre", "name"])
def test_a_name_in_one_column_is_the_whole_name(header):
    assert guess(header) == {"name": header}


def test_a_column_of_addresses_is_recognised_by_its_content():
    table = tabular.read(b"Name;Login\nAnn;ann@x.example\nBob;bob@x.example\n", "x")
    assert guess_mapping(table.headers, table.rows)["email"] == "Login"


def test_each_heading_is_used_once_and_unknown_ones_not_at_all():
    assert guess("Name", "E-mail", "Email", "Salary", "Date of birth") == {"name": "Name", "email": "E-mail"}


def test_a_mapping_sent_by_a_browser_is_cut_to_what_may_be_taken_in():
    sent = {"name": "Name", "is_administrator": "Admin", "user": "Name", "email": "not there", "pk": "Admin"}
    assert allowed(sent, ["Name", "Admin"]) == {"name": "Name"}
    assert not {"user", "state", "role", "is_administrator", "password", "id", "history"} & set(FIELDS)


@pytest.mark.parametrize(
    "written, name",
    [
        ("Khan, Aisha", "Aisha Khan"),
        ("van den Berg, Jan Willem", "Jan Willem van den Berg"),
        ("John Smith, PhD", "John Smith, PhD"),
        ("Smith, John, Jr", "Smith, John, Jr"),
        ("O'Neil", "O'Neil"),
        ("李", "李"),
        (",", ","),
    ],
)
def test_last_first_is_turned_round_and_other_names_stay(written, name):
    assert turn_round(written) == name


@pytest.mark.parametrize(
    "word, kind",
    [
        ("Employee", "employee"),
        ("Festangestellt", "employee"),
        ("CDI", "employee"),
        ("Freelancer", "contractor"),
        ("Leiharbeiter", "contractor"),
        ("Autónoma", "contractor"),
        ("fournisseur", "supplier"),
        ("Beraterin", "consultant"),
    ],
)
def test_kinds_of_people_are_known_by_their_common_words(word, kind):
    assert only(f"Name;Kind\nAnn;{word}\n").values["kind"] == kind


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("Name;Austritt\nAnn;31/02/2027\n", "Row 2, Austritt: There is no 31 February. Write the date as 2027-02-28"),
        ("Name;E-mail\nAnn;not an address\n", "Row 2, E-mail: Write the address as name@company.example"),
        ("Name;E-mail\n;a@x.example\n", "Row 2, Name: There is no name. Write the person's name, or delete the row."),
        ("Name;Kind\nAnn;volunteer\n", "Row 2, Kind: Not a kind of person that is known here. Write one of: employee, "
            "contractor, supplier, consultant"),
        (f"Name;Kind\n{'x' * 5000};\n", "Row 2, Name: 5,000 characters; write at most 200"),
        (f"Name;Area\nAnn;{'x' * 121}\n", "Row 2, Area: 121 characters; write at most 120"),
        ("Name;Area\n#REF!;IT\n", "Row 2, Name: The cell holds a spreadsheet error. Mend the formula there and save the file again."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_row_column_and_the_way_to_mend_it(text, sentence):
    assert sentence in [str(problem) for problem in only(text).problems]


def test_a_letter_that_grows_when_it_is_searched_for_cannot_break_the_database():
    assert "write at most 200" in complaint(f"Name;Area\n{'ﷺ' * 200};IT\n")


def test_a_row_with_a_nul_is_refused_and_the_next_one_is_not():
    first, second = read("Name;Area\nAn\x00n;IT\nBob Bobson the second of his name;IT\n")
    assert "NUL" in str(first.problems[0])
    assert second.problems == []


def test_every_problem_of_a_row_is_said_at_once():
    assert len(only("Name;E-mail;Kind;Start\n;x;y;z\n").problems) == 4


def test_an_empty_cell_asks_for_nothing():
    assert only("Name;E-mail;Kind;Start\nAnn;;;\n").values == {"name": "Ann"}


def test_sure_dates_of_a_column_decide_for_its_doubtful_ones():
    first, second = read("Name;Start\nAnn;01/05/2026\nBob;11/30/2026\n")
    assert first.values["starts_on"] == date(2026, 1, 5)
    assert second.values["starts_on"] == date(2026, 11, 30)


def test_doubtful_dates_of_a_column_that_contradicts_itself_are_refused():
    doubtful, first, second = read("Name;Start\nAnn;01/05/2026\nBob;30/11/2026\nCid;11/30/2026\n")
    assert "two readings" in str(doubtful.problems[0])
    assert first.values["starts_on"] == second.values["starts_on"] == date(2026, 11, 30)


@pytest.mark.parametrize(
    "name", ["O'Neil", "Şahin", "李", "Ní Chonaill", "👩🏽‍🚀 Ada", "محمد", "=cmd|' /C calc'!A0", "<b>Ann</b>"]
)
def test_names_stay_what_they_are(name):
    assert only(f"Name;Area\n{name};IT\n").name == name


@pytest.mark.parametrize(
    "file, people",
    [
        ("people_20.csv", 20),
        ("people_20.xlsx", 20),
        ("people_utf8_bom_semicolon.csv", 8),
        ("people_cp1252.csv", 5),
        ("people_utf16_tab.txt", 5),
    ],
)
def test_files_as_payroll_systems_write_them_are_read_without_correction(file, people):
    table = tabular.read((FILES / file).read_bytes(), file, known=KNOWN)
    mapping = guess_mapping(table.headers, table.rows)
    rows = read_rows(table, mapping)
    assert len(rows) == people
    assert [str(problem) for row in rows for problem in row.problems] == []
    assert set(mapping.values()) == set(table.headers)
