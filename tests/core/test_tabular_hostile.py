"""Files that are broken, huge, disguised or made to do harm get one sentence, and never another kind of error."""

import struct
import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ismsroles.core import tabular
from tests.core.test_tabular import PLAIN, saved, workbook

SMALL = workbook(["Name", "Area"], ["Ann", "IT"], ["Bob", "Sales"])


def refusal(content, filename="people.csv"):
    with pytest.raises(tabular.Unreadable) as caught:
        tabular.read(content, filename)
    return caught.value.message


def repacked(content, **replacements):
    """The workbook with some of its parts replaced (double underscore for slash)."""
    replacements = {name.replace("__", "/"): text for name, text in replacements.items()}
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            for name in (*replacements, member.filename):
                if member.filename.startswith(name):
                    new.writestr(member.filename, replacements.get(name, old.read(member.filename)))
                    break
    return out.getvalue()


def sheet_xml(rows):
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'


def zipped(**members):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return out.getvalue()


@pytest.mark.parametrize("content", [b"", b"  \r\n ", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00\x00"])
def test_an_empty_file_is_called_empty(content):
    assert "empty" in refusal(content)


@pytest.mark.parametrize(
    "content, word",
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"GIF89a\x00\x00", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\x1f\x8b\x08\x00abc", "archive"),
        (b"<!DOCTYPE html><table><tr><td>Name", "web page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><x/>', "XML"),
        (b"{\\rtf1 hello", "text document"),
        (b"MZ\x90\x00\x03", "program"),
        (zipped(notes_dot_txt="x"), "ZIP"),
        (zipped(word__document_dot_xml="<x/>"), "text document"),
        (zipped(content_dot_xml="<x/>", **{"META-INF/manifest.xml": "x"}), "OpenDocument"),
        (zipped(xl__workbook_dot_bin="x"), "xlsb"),
        (zipped(), "empty archive"),
        (b"PK\x03\x04 not an archive at all", "damaged"),
    ],
)
def test_what_is_not_a_table_is_called_by_its_name(content, word):
    assert word in refusal(content)


def test_letters_that_only_look_like_a_file_sign_are_still_text():
    assert tabular.read(b"BMW number,Name\n1,Ann\n", "x.csv").headers == ["BMW number", "Name"]


def test_fifty_megabytes_are_refused_by_size_before_anything_is_read():
    assert "50 MB" in refusal(b"x" * 50 * 1024 * 1024)


def test_more_rows_or_columns_than_the_limits_are_refused():
    assert "100,000 rows" in refusal(b"Name,Area\n" + b"a,b\n" * 100_001)
    assert "1000 columns" in refusal(b"Name,Area\n" + b"a," * 1_000 + b"a\n")


def faults(content):
    return {
        row.number: (table.headers[fault.column], fault.sentence)
        for table in [tabular.read(content, "people.csv")]
        for row in table.rows
        for fault in row.faults
    }


def test_a_cell_that_is_too_long_is_a_fault_of_its_row_only():
    column, sentence = faults(b"Name,Area\nAnn,IT\nBob," + b"x" * 32_001 + b"\nCid,IT\n")[3]
    assert column == "Area"
    assert "32,001 characters" in sentence


def test_a_quotation_mark_left_open_is_a_fault_of_its_row_and_says_what_it_swallowed():
    column, sentence = faults(b'Name,Area\nAnn,IT\n"Bob,IT\nCid,IT\nDan,IT\n')[3]
    assert column == "Name"
    assert "the 2 lines below were not read" in sentence


def test_a_nul_character_is_a_fault_of_its_row_only():
    content = b"Name,Area\nAn\x00n,IT\nBob Bobson and a longer line,IT\n"
    assert list(faults(content)) == [2]
    assert "NUL" in faults(content)[2][1]
    assert tabular.read(content, "x").rows[0].cells == ["Ann", "IT"]


def test_a_nul_character_hidden_in_a_workbook_is_found():
    line = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c><c r="B{0}" t="inlineStr"><is><t>IT</t></is></c></row>'
    hidden = repacked(
        SMALL,
        xl__sharedStrings="",
        xl__worksheets__sheet1=sheet_xml(line.format(1, "Name") + line.format(2, "x_x0000_y")),
    )
    assert "NUL" in faults(hidden)[2][1]


def test_a_fault_among_the_headings_refuses_the_file():
    assert "Row 1 holds the headings" in refusal(b"Na\x00me,Area\nAnn Anderson and more,IT\n")


def test_letters_that_cannot_be_read_are_refused_with_their_line():
    assert "Line 2" in refusal(b"Name,Area\nM\x81ller,IT\n")
    damaged = "Name;Area\nMüller;Böhm\nJosé;Zoë\n".encode().replace("Zoë".encode(), b"Zo\xc3")
    assert "Line 3" in refusal(damaged)


def test_a_zip_bomb_is_not_unpacked():
    bomb = repacked(SMALL, xl__worksheets__sheet1=sheet_xml(" " * 30_000_000))
    assert len(bomb) < 100_000
    assert "larger than it looks" in refusal(bomb)


def test_a_workbook_that_lies_about_its_size_is_refused():
    bomb = bytearray(repacked(SMALL, xl__worksheets__sheet1=sheet_xml(" " * 3_000_000)))
    place = bomb.rfind(b"xl/worksheets/sheet1.xml") - 46 + 24
    struct.pack_into("<I", bomb, place, 1000)
    assert "damaged" in refusal(bytes(bomb))


@pytest.mark.parametrize(
    "part", ["xl__worksheets__sheet1", "xl__sharedStrings", "xl__workbook.xml", "xl__styles", "[Content_Types]"]
)
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/evil.dtd">',
    ],
)
def test_entities_in_a_workbook_are_neither_expanded_nor_fetched(part, doctype):
    hostile = repacked(
        SMALL,
        **{
            part: '<?xml version="1.0"?>'
            + doctype
            + sheet_xml(
                '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Area</t></is></c></row>'
            )
        },
    )
    try:
        table = tabular.read(hostile, "x.xlsx")
    except tabular.Unreadable:
        return
    assert "root:" not in str(table) and "aaaa" not in str(table)


@pytest.mark.parametrize("place", ["XFD1", "A1048576", "ZZZZZZ1", "A99999999999", "nonsense", "A0", "1A"])
def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing_and_breaks_nothing(place):
    far = repacked(
        SMALL,
        xl__worksheets__sheet1=sheet_xml(
            f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 1}"><c r="{place}" t="inlineStr"><is><t>Name</t></is></c></row>'
        ),
    )
    try:
        tabular.read(far, "x.xlsx")
    except tabular.Unreadable as refused:
        assert refused.message


def test_a_sheet_formatted_far_beyond_its_content_does_not_cost_minutes():
    wide = "".join(f'<row r="{n}"><c r="XFD{n}" s="0"/></row>' for n in range(1, 5000))
    assert "formatted far beyond" in refusal(repacked(SMALL, xl__worksheets__sheet1=sheet_xml(wide)))


def test_a_workbook_without_any_filled_sheet_is_called_empty():
    assert "no rows" in refusal(saved(openpyxl.Workbook()))


@settings(max_examples=300)
@given(st.binary(max_size=3_000))
@example(b'"' * 100)
@example(b"\xff\xfe\x00\xd8")
@example(b"\x00a\x00b\x00")
def test_no_bytes_at_all_cause_another_kind_of_error(content):
    try:
        table = tabular.read(content, "x")
    except tabular.Unreadable as refused:
        assert refused.message
    else:
        assert all(len(row.cells) == len(table.headers) for row in table.rows)


@settings(max_examples=150)
@given(st.integers(0, len(SMALL)), st.integers(0, len(SMALL)), st.binary(max_size=6))
def test_a_workbook_cut_or_altered_anywhere_is_read_or_refused(start, end, noise):
    for content in (SMALL[:end], SMALL[:start] + noise + SMALL[start + len(noise) :]):
        try:
            tabular.read(content, "x.xlsx")
        except tabular.Unreadable as refused:
            assert refused.message


@settings(max_examples=100)
@given(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), st.integers(0, 200), st.binary(max_size=4))
def test_a_text_file_cut_or_altered_anywhere_is_read_or_refused(encoding, place, noise):
    content = PLAIN.encode(encoding, errors="replace")
    for altered in (content[:place], content[:place] + noise + content[place:]):
        try:
            tabular.read(altered, "x.csv")
        except tabular.Unreadable as refused:
            assert refused.message
