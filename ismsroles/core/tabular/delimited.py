"""Tables in text: which letters, which separator, which quotes."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ismsroles.core.tabular.shape import Fault, Line, Sheet, Unreadable, collect

SEPARATORS = ";,\t|"
SAMPLE_LINES = 200
END = "\ue000end\ue000"
DECLARED = re.compile(r'^"?sep=([;,\t|])"?\r?\n', re.IGNORECASE)
NOT_TEXT = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")

csv.field_size_limit(16 * 1024 * 1024)


def sheet(content: bytes, filename: str) -> Sheet:
    """The lines of a text file as cells."""
    text, notes = decode(content)
    if len(NOT_TEXT.findall(text[:20_000])) > len(text[:20_000]) // 50:
        raise Unreadable(
            _(
                "This file holds no readable text. Save the list as CSV or as an Excel workbook (.xlsx) and choose that file."
            )
        )
    declared = DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
    separator = declared.group(1) if declared else guess_separator(text)
    return collect(_cells(text, separator), notes=notes)


def decode(content: bytes) -> tuple[str, list[str]]:
    """The text, and a note if its letters had to be guessed. Nothing is replaced by question marks."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decode_announced(content, encoding), []
    unmarked = _utf16_without_mark(content)
    if unmarked:
        return _decode_announced(content, unmarked), []
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(content):
            raise Unreadable(_broken_letter(content[: error.start].count(b"\n") + 1)) from error
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable(_broken_letter(content[: error.start].count(b"\n") + 1)) from error
    return text, [
        _(
            "The file doesn't say how its letters are stored. It was read as Windows-1252 (Western European): look at names with accents."
        )
    ]


def _decode_announced(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_broken_letter(content[: error.start].count(b"\n") + 1)) from error


def _broken_letter(line: int) -> str:
    return _(
        "Line %(line)s holds a letter that cannot be read. Save the file again as “CSV UTF-8” or as an Excel workbook (.xlsx)."
    ) % {"line": line}


def _utf16_without_mark(content: bytes) -> str:
    """Western text in UTF-16 has a zero in every second byte."""
    sample = content[:4_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if half and even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _is_damaged_utf8(content: bytes) -> bool:
    """More whole UTF-8 letters than broken ones: a damaged file, not an older way of writing."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for letter in text if letter > "\x7f") - broken
    return whole > broken


def guess_separator(text: str) -> str:
    """The separator that gives the most lines of one same width, at least two; a comma if there is none."""
    lines = list(islice(StringIO(text[:400_000], newline=""), SAMPLE_LINES))
    return max(SEPARATORS, key=lambda separator: (_evenness(lines, separator), separator == ","))


def _evenness(lines: list[str], separator: str) -> tuple[float, int]:
    widths = Counter(len(row) for row in _lenient(lines, separator) if any(row))
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return (0.0, 0)
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return (round(count / sum(widths.values()), 1), width)


def _lenient(lines: list[str], separator: str) -> list[list[str]]:
    try:
        return list(islice(csv.reader(lines, delimiter=separator), SAMPLE_LINES))
    except csv.Error:
        return []


def _cells(text: str, separator: str) -> Iterator[Line]:
    """Rows as csv sees them. A last line of our own shows whether a quotation mark was left open."""
    reader = csv.reader(_with_end(StringIO(text, newline="")), delimiter=separator)
    number = 0
    try:
        for row in reader:
            if row == [END]:
                return
            number += 1
            yield _unswallowed(row) if row and row[-1].endswith(END) else (row, ())
    except csv.Error as error:
        sentence = _("Row %(row)s cannot be read. Open the file in a spreadsheet program and save it again as CSV.")
        raise Unreadable(sentence % {"row": number + 1}) from error


def _unswallowed(row: list[str]) -> Line:
    """The last row, whose open quotation mark took in everything below it: only what stands in its own line is kept."""
    own, *below = row[-1].removesuffix(END).strip().splitlines() or [""]
    sentence = ngettext(
        "A quotation mark is opened here and never closed, so the %(count)s line below was not read. Close it, or take it out.",
        "A quotation mark is opened here and never closed, so the %(count)s lines below were not read. Close it, or take it out.",
        len(below),
    )
    if not below:
        sentence = _("A quotation mark is opened here and never closed. Close it, or take it out.")
    return [*row[:-1], own], (Fault(len(row) - 1, sentence % {"count": len(below)} if below else sentence),)


def _with_end(lines: Iterable[str]) -> Iterator[str]:
    last = ""
    for last in lines:
        yield last
    if last and not last.endswith(("\n", "\r")):
        yield "\n"
    yield END
