"""Which column of a list of competence or training is which."""

from collections.abc import Sequence
from dataclasses import dataclass

from ismsroles.core.tabular import Row, key
from roles.imports import KNOWN as KNOWN_OF_PEOPLE
from roles.imports import guess_mapping

HEADINGS = {
    "what": "skill competence competency training course qualification fertigkeit kompetenz schulung kurs thema competencia "
    "formation compétence formación curso",
    "level": "level rating score mark stufe niveau nivel note bewertung",
    "day": "date assessed assessedon done completed completedon doneon taken datum am fecha datedone abgeschlossen",
    "until": "validuntil valid_until expires expiry expiration gültigbis gueltigbis ablauf valable validohasta bis",
    "evidence": "evidence proof nachweis preuve evidencia",
    "note": "note notes remark comment result certificate bemerkung ergebnis zertifikat kommentar remarque resultado",
}
FIELD_OF = {key(word): field for field, words in reversed(HEADINGS.items()) for word in words.split()}
FIELD_OF[key("note")] = "note"
KNOWN = KNOWN_OF_PEOPLE | set(FIELD_OF)
# Columns of people that help to find them; the others of a list of people say nothing of competence and are left out.
WHO = ("external_id", "email", "name", "given_name", "family_name")


@dataclass(frozen=True)
class Layout:
    """Where things stand: columns that say who, and either columns of one record or a column a skill."""

    who: dict[str, int]
    fields: dict[str, int]
    across: dict[int, str]

    @property
    def is_matrix(self) -> bool:
        return "what" not in self.fields


def layout(headers: Sequence[str], rows: Sequence[Row]) -> Layout:
    """Read the headings: a column called skill or training makes it one record a row, else each other column is a skill."""
    people = guess_mapping(headers, rows)
    places = {header: place for place, header in enumerate(headers)}
    fields: dict[str, int] = {}
    for header, place in places.items():
        field = FIELD_OF.get(key(header))
        if field and field not in fields:
            fields[field] = place
    taken = {people[field] for field in people if field in WHO or "what" not in fields}
    who = {field: places[header] for field, header in people.items() if field in WHO}
    fields = {field: place for field, place in fields.items() if headers[place] not in {people.get(f) for f in WHO}}
    across = {place: header for header, place in places.items() if header not in taken and place not in fields.values()}
    return Layout(who, fields, {} if "what" in fields else across)
