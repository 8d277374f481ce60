"""Files as people have them: whatever their letters, separators and title lines, the same table comes out."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest

from ismsroles.core import tabular

PLAIN = "Name;E-mail;Area\nJosé O'Neil;jose@a.example;Finance\nŞahin;;Werk Süd\n"
KNOWN = {"name", "email", "area"}


def cells(table):
    return [row.cells for row in table.rows]


def numbers(table):
    return [row.number for row in table.rows]


def workbook(*lines, title="People"):
    book = openpyxl.Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(line)
    return saved(book)


def saved(book):
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_way_to_store_letters_gives_the_same_names(encoding):
    table = tabular.read(PLAIN.encode(encoding), "people.csv")
    assert table.headers == ["Name", "E-mail", "Area"]
    assert cells(table) == [["José O'Neil", "jose@a.example", "Finance"], ["Şahin", "", "Werk Süd"]]
    assert table.notes == []


def test_an_old_windows_file_is_read_and_says_that_its_letters_were_guessed():
    table = tabular.read("Name;Area\nZoë Müller;Büro €\n".encode("cp1252"), "people.csv")
    assert cells(table) == [["Zoë Müller", "Büro €"]]
    assert "Windows-1252" in table.notes[0]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found_from_the_lines(separator):
    text = PLAIN.replace(";", separator)
    assert cells(tabular.read(text.encode(), "x"))[0] == ["José O'Neil", "jose@a.example", "Finance"]


def test_a_comma_inside_names_does_not_win_over_the_true_separator():
    text = "Name;Area\nNeil, José;Finance\nKhan, Aisha;Sales\nLi, Na;Sales\n"
    assert cells(tabular.read(text.encode(), "x"))[0] == ["Neil, José", "Finance"]


def test_a_declared_separator_is_believed_and_its_line_is_not_counted():
    table = tabular.read(b"sep=|\r\nName|Area\r\nA,B,C|Sales\r\n", "x.csv")
    assert (cells(table), numbers(table)) == ([["A,B,C", "Sales"]], [2])


def test_quoted_cells_keep_separators_quotes_and_line_breaks():
    table = tabular.read(b'Name,Notes\r\n"O""Neil, J","two\r\nlines"\r\nNext,x\r\n', "x.csv")
    assert cells(table) == [['O"Neil, J', "two\nlines"], ["Next", "x"]]
    assert numbers(table) == [2, 3]


def test_line_ends_of_old_macs_are_understood():
    assert cells(tabular.read(b"Name,Area\rAnn,Sales\rBob,IT\r", "x.csv")) == [["Ann", "Sales"], ["Bob", "IT"]]


def test_title_lines_and_blank_lines_above_the_headings_are_passed_over():
    text = "Staff list of Tarnbrook\n\nPrinted;2026-11-22;;\nName;E-mail;Area;\nAnn;a@a.example;Sales;\n\nBob;b@a.example;IT;\n"
    table = tabular.read(text.encode(), "x.csv")
    assert table.headers == ["Name", "E-mail", "Area"]
    assert numbers(table) == [5, 7]


def test_known_headings_decide_which_line_is_the_heading():
    text = "Company;Tarnbrook\nDepartment;All\nName;E-Mail\nAnn;a@a.example\n"
    assert tabular.read(text.encode(), "x.csv", known=KNOWN).headers == ["Name", "E-Mail"]
    assert tabular.read(text.encode(), "x.csv").headers == ["Company", "Tarnbrook"]


def test_a_list_of_names_alone_is_a_table_of_one_column():
    table = tabular.read(b"Name\nAnn\nBob\n", "x.csv", known=KNOWN)
    assert (table.headers, cells(table)) == (["Name"], [["Ann"], ["Bob"]])


def test_blank_columns_are_left_out_and_nameless_ones_called_by_their_letter():
    table = tabular.read(b"Name,,Area,\nAnn,,Sales,note\n", "x.csv")
    assert table.headers == ["Name", "Area", "(D)"]
    assert cells(table) == [["Ann", "Sales", "note"]]


def test_two_columns_of_the_same_name_are_told_apart():
    assert tabular.read(b"Name,Name\nAnn,Khan\n", "x.csv").headers == ["Name", "Name (2)"]


def test_odd_spaces_and_invisible_marks_around_a_cell_are_taken_away():
    table = tabular.read("Name;Area\n\u00a0 Ann\u00a0Lee \u3000;\ufeffSales\n".encode(), "x.csv")
    assert cells(table) == [["Ann Lee", "Sales"]]


@pytest.mark.parametrize("name", ["李 小龙", "محمد علي", "👩🏽‍🚀 Ada", "Şahin", "D’Arcy", "Nguyễn"])
def test_names_of_any_script_stay_what_they_are(name):
    assert cells(tabular.read(f"Name;Area\n{name};IT\n".encode(), "x"))[0][0] == name
    assert cells(tabular.read(workbook(["Name", "Area"], [name, "IT"]), "x"))[0][0] == name


def test_a_workbook_gives_dates_as_iso_and_whole_numbers_without_a_point():
    table = tabular.read(
        workbook(
            ["Id", "Start", "Seen", "Rate", "Yes"], [4711.0, date(2026, 11, 30), datetime(2026, 1, 2, 9, 5), 0.5, True]
        ),
        "x.csv",
    )
    assert cells(table) == [["4711", "2026-11-30", "2026-01-02T09:05:00", "0.5", "TRUE"]]


def test_a_workbook_is_known_by_its_content_whatever_it_is_called():
    assert cells(tabular.read(workbook(["Name", "Area"], ["Ann", "IT"]), "people.csv")) == [["Ann", "IT"]]
    assert cells(tabular.read(b"Name,Area\nAnn,IT\n", "people.xlsx")) == [["Ann", "IT"]]


def test_a_formula_is_never_worked_out():
    book = openpyxl.Workbook()
    book.active.append(["Name", "Area"])
    book.active.append(["=1+1", "IT"])
    assert cells(tabular.read(saved(book), "x.xlsx")) == [["", "IT"]]


def test_rows_of_a_workbook_keep_the_numbers_seen_in_the_spreadsheet():
    book = openpyxl.Workbook()
    book.active["B3"], book.active["C3"] = "Name", "Area"
    book.active["B7"], book.active["C7"] = "Ann", "IT"
    table = tabular.read(saved(book), "x.xlsx")
    assert (table.headers, numbers(table)) == (["Name", "Area"], [7])


def test_the_first_visible_sheet_with_content_is_read_and_named():
    book = openpyxl.Workbook()
    book.active.title = "Empty"
    hidden, people, other = book.create_sheet("Hidden"), book.create_sheet("People"), book.create_sheet("Other")
    for sheet in (hidden, people, other):
        sheet.append([sheet.title, "Area"])
        sheet.append(["Ann", "IT"])
    hidden.sheet_state = "hidden"
    table = tabular.read(saved(book), "x.xlsx")
    assert table.headers[0] == "People"
    assert "“People”" in table.notes[0]


def test_a_guard_written_by_our_export_is_taken_off_again():
    table = tabular.read(b"Name,Area\n'=cmd,'O'Neil\n", "x.csv")
    assert cells(table) == [["=cmd", "'O'Neil"]]


def test_a_wide_and_long_table_is_read_whole():
    out = StringIO()
    csv.writer(out).writerows(
        [[f"Column {n}" for n in range(200)], *[[f"{r}-{n}" for n in range(200)] for r in range(500)]]
    )
    table = tabular.read(out.getvalue().encode(), "x.csv")
    assert (len(table.headers), len(table.rows), table.rows[-1].cells[-1]) == (200, 500, "499-199")


@pytest.mark.parametrize(
    "one, other", [("E-Mail", "email"), ("Prénom ", "PRENOM"), ("last_day", "Last day"), ("Straße", "STRASSE")]
)
def test_headings_are_compared_without_case_accents_and_punctuation(one, other):
    assert tabular.key(one) == tabular.key(other)
