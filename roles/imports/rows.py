"""One row of a list of people: what it says, in the register's own terms, or why it can't be taken."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ismsroles.core import dates
from ismsroles.core.errors import Invalid
from ismsroles.core.names import email_key, search_key
from ismsroles.core.tabular import Row, Table, key
from roles.imports.columns import BY_FIELD, KIND_OF
from roles.models import Area, Person

TEXTS = ("external_id", "name", "email", "phone", "employer", "job_title")
DATES = ("starts_on", "last_day")
SPREADSHEET_ERROR = re.compile(r"^#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)$", re.IGNORECASE)
AFTER_A_NAME = {
    "jr",
    "sr",
    "ii",
    "iii",
    "iv",
    "phd",
    "md",
    "mba",
    "msc",
    "ma",
    "bsc",
    "ba",
    "llm",
    "esq",
    "cpa",
    "dr",
    "ing",
    "cissp",
    "cism",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused: where, what stands there, and how to mend it."""

    row: int
    column: str
    value: str
    sentence: str

    def __str__(self) -> str:
        place = (
            _("Row %(row)s, %(column)s") % {"row": self.row, "column": self.column}
            if self.column
            else _("Row %(row)s") % {"row": self.row}
        )
        return f"{place}: {self.sentence}"


@dataclass(slots=True)
class Wanted:
    """What one row asks for. An empty cell asks for nothing, so `values` has only what the row says."""

    number: int
    cells: list[str]
    name: str = ""
    values: dict[str, object] = field(default_factory=dict)
    area: str = ""
    manager: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def email_key(self) -> str:
        return email_key(str(self.values.get("email", "")))

    @property
    def name_key(self) -> str:
        return search_key(self.name)


@dataclass(frozen=True)
class _Reader:
    """How this file is read: where each field stands, and in which order its dates are written."""

    headers: list[str]
    mapping: Mapping[str, str]
    places: Mapping[str, int]
    orders: Mapping[str, dates.Order | None]


def read_rows(table: Table, mapping: Mapping[str, str]) -> list[Wanted]:
    """Every row of the table in the register's terms, each with its own problems."""
    places = {name: table.headers.index(header) for name, header in mapping.items()}
    orders = {name: dates.order_of(row.cells[places[name]] for row in table.rows) for name in DATES if name in places}
    reader = _Reader(table.headers, mapping, places, orders)
    return [_read(reader, row) for row in table.rows]


def _read(reader: _Reader, row: Row) -> Wanted:
    said = {name: " ".join(row.cells[place].split()) for name, place in reader.places.items()}
    wanted = Wanted(row.number, row.cells)
    for fault in row.faults:
        value = shortened(row.cells[fault.column])
        wanted.problems.append(Problem(row.number, reader.headers[fault.column], value, fault.sentence))
    for name, text in list(said.items()):
        if SPREADSHEET_ERROR.match(text):
            _refuse(
                wanted,
                reader,
                name,
                text,
                _("The cell holds a spreadsheet error. Mend the formula there and save the file again."),
            )
            said[name] = ""
    wanted.name = said["name"] = _whole_name(said)
    _take_texts(wanted, reader, said)
    _take_kind(wanted, reader, said.get("kind", ""))
    for name in DATES:
        _take_date(wanted, reader, name, said.get(name, ""))
    wanted.area, wanted.manager = said.get("area", ""), said.get("manager", "")
    _check_area(wanted, reader)
    return wanted


def turn_round(name: str) -> str:
    """ "Khan, Aisha" is Aisha Khan; "John Smith, PhD" stays."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma or not last or not first or "," in first or key(first) in AFTER_A_NAME:
        return name
    return f"{first} {last}"


def _whole_name(said: Mapping[str, str]) -> str:
    parts = [said.get("given_name", ""), said.get("family_name", "")]
    return turn_round(said.get("name", "")) or " ".join(part for part in parts if part)


def _take_texts(wanted: Wanted, reader: _Reader, said: Mapping[str, str]) -> None:
    if not said["name"]:
        _refuse(wanted, reader, "name", "", _("There is no name. Write the person's name, or delete the row."))
    for name in TEXTS:
        text = said.get(name, "")
        if not text:
            continue
        if name == "email":
            text = unicodedata.normalize("NFKC", text)
        sentence = _fault(Person, name, text)
        if sentence:
            _refuse(wanted, reader, name, text, sentence)
        else:
            wanted.values[name] = text


def _fault(model: type, name: str, text: str) -> str:
    """The model's own rules for this field, as a sentence; empty if it is fine."""
    model_field = model._meta.get_field(name)
    longest = model_field.max_length
    if (
        len(text) > longest
        or (name == "name" and len(search_key(text)) > 2 * longest)
        or (name == "email" and len(email_key(text)) > longest)
    ):
        return _too_long(len(text), longest)
    try:
        model_field.run_validators(text)
    except ValidationError as error:
        return _("Write the address as name@company.example") if name == "email" else " ".join(error.messages)
    return ""


def _too_long(length: int, longest: int) -> str:
    return ngettext(
        "%(length)s character; write at most %(longest)s", "%(length)s characters; write at most %(longest)s", length
    ) % {"length": f"{length:,}", "longest": longest}


def _take_kind(wanted: Wanted, reader: _Reader, text: str) -> None:
    if not text:
        return
    kind = KIND_OF.get(key(text))
    if kind:
        wanted.values["kind"] = kind
    else:
        kinds = ", ".join(str(label) for _code, label in Person.KINDS)
        _refuse(
            wanted,
            reader,
            "kind",
            text,
            _("Not a kind of person that is known here. Write one of: %(kinds)s") % {"kinds": kinds},
        )


def _take_date(wanted: Wanted, reader: _Reader, name: str, text: str) -> None:
    if not text:
        return
    order = reader.orders[name]
    if order is None and dates.is_ambiguous(text):
        sentence = _(
            "The column writes some dates day first and others month first, so this one has two readings. Write it as 2026-11-30"
        )
        _refuse(wanted, reader, name, text, sentence)
        return
    try:
        wanted.values[name] = dates.parse(text, order=order or "day first", serials=True)
    except Invalid as invalid:
        _refuse(wanted, reader, name, text, invalid.message)


def _check_area(wanted: Wanted, reader: _Reader) -> None:
    sentence = _fault(Area, "name", wanted.area) if wanted.area else ""
    if sentence:
        _refuse(wanted, reader, "area", wanted.area, sentence)
        wanted.area = ""


def _refuse(wanted: Wanted, reader: _Reader, name: str, value: str, sentence: str) -> None:
    wanted.problems.append(Problem(wanted.number, column_name(reader.mapping, name), shortened(value), sentence))


def column_name(mapping: Mapping[str, str], name: str) -> str:
    """The heading in the person's own file; our word for it where the file has none."""
    for candidate in (name, "family_name", "given_name") if name == "name" else (name,):
        if candidate in mapping:
            return mapping[candidate]
    return str(BY_FIELD[name].label)


def shortened(value: object) -> str:
    """A value short enough to be quoted in a sentence."""
    return value.isoformat() if isinstance(value, date) else Truncator(str(value)).chars(60)
