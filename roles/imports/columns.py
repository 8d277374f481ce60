"""Which column of a list of people is which: known headings in four languages, guessed, then corrected by a person.

Only these columns can be taken in (security.md, case 18): nothing here, whatever a heading says, touches logins, rights
or states.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ismsroles.core.tabular import Row, key

_WORDS = tomllib.loads(Path(__file__).with_name("headings.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Column:
    """A thing that a list may say about a person."""

    field: str
    label: object

    @property
    def headings(self) -> list[str]:
        """Every heading it goes by, as `tabular.key` writes it."""
        return [key(self.field), *(key(word) for word in _WORDS[self.field])]


COLUMNS = (
    Column("external_id", _("Personnel number")),
    Column("name", _("Name")),
    Column("given_name", _("Given name")),
    Column("family_name", _("Family name")),
    Column("email", _("E-mail")),
    Column("phone", _("Phone")),
    Column("kind", _("Kind")),
    Column("employer", _("Employer")),
    Column("job_title", _("Job title")),
    Column("area", _("Area")),
    Column("manager", _("Line manager")),
    Column("starts_on", _("First day")),
    Column("last_day", _("Last day")),
)
BY_FIELD = {column.field: column for column in COLUMNS}
FIELDS = tuple(BY_FIELD)
KNOWN = {heading for column in COLUMNS for heading in column.headings}
FIELD_OF = {heading: column.field for column in reversed(COLUMNS) for heading in column.headings}
# Beside a given name, these are the family name; beside apellidos, nombre is the given name; alone, each is the whole name.
FAMILY_BESIDE_GIVEN = {key("name"), key("nom")}
GIVEN_BESIDE_FAMILY = {key("nombre"), key("name")}
LONG_ENOUGH_TO_BE_SURE = 5

KIND_OF = {key(word): kind for kind, words in _WORDS["kinds"].items() for word in words}


def guess_mapping(headers: Sequence[str], rows: Sequence[Row] = ()) -> dict[str, str]:
    """field → heading, as far as the headings (then the contents) say; each heading is used once."""
    mapping: dict[str, str] = {}
    for header in headers:
        _take(mapping, FIELD_OF.get(key(header)), header)
    for header in _left(headers, mapping):
        _take(mapping, _only_field_inside(key(header)), header)
    _settle_names(headers, mapping)
    if "email" not in mapping:
        _take(mapping, "email", _column_of_addresses(headers, rows, mapping))
    return mapping


def allowed(mapping: Mapping[str, str], headers: Sequence[str]) -> dict[str, str]:
    """The mapping a person sent, without anything that is not on the list of columns or not a heading of the file."""
    return {field: mapping[field] for field in FIELDS if mapping.get(field) in headers}


def _take(mapping: dict[str, str], field: str | None, header: str | None) -> None:
    if field and header and field not in mapping and header not in mapping.values():
        mapping[field] = header


def _left(headers: Sequence[str], mapping: dict[str, str]) -> list[str]:
    return [header for header in headers if header not in mapping.values()]


def _only_field_inside(heading: str) -> str | None:
    """ "Employee surname (official)" holds the known "surname"; a heading that holds words of two fields is left alone."""
    found = {FIELD_OF[known] for known in KNOWN if len(known) >= LONG_ENOUGH_TO_BE_SURE and known in heading}
    return found.pop() if len(found) == 1 else None


def _settle_names(headers: Sequence[str], mapping: dict[str, str]) -> None:
    if "given_name" in mapping and "family_name" not in mapping:
        _rename(headers, mapping, FAMILY_BESIDE_GIVEN, "family_name")
    elif "family_name" in mapping and "given_name" not in mapping:
        _rename(headers, mapping, GIVEN_BESIDE_FAMILY, "given_name")
    elif "name" not in mapping and "family_name" not in mapping and "given_name" not in mapping:
        _rename(headers, mapping, FAMILY_BESIDE_GIVEN | GIVEN_BESIDE_FAMILY, "name")


def _rename(headers: Sequence[str], mapping: dict[str, str], headings: set[str], field: str) -> None:
    """Take the heading for `field` instead of for the whole name."""
    for header in headers:
        if key(header) in headings and header in (mapping.get("name"), *_left(headers, mapping)):
            if mapping.get("name") == header:
                del mapping["name"]
            mapping[field] = header
            return


def _column_of_addresses(headers: Sequence[str], rows: Sequence[Row], mapping: dict[str, str]) -> str | None:
    for header in _left(headers, mapping):
        column = headers.index(header)
        filled = [row.cells[column] for row in rows[:200] if row.cells[column]]
        if filled and sum("@" in cell for cell in filled) * 2 > len(filled):
            return header
    return None
