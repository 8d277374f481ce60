"""The published letters of a person or a role, in plain words (K1)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from raci.queries.published import published_rows
from roles.models import Person
from roles.queries.held import held_roles

ORDER = "ARSCI"
YOURS = {
    "A": _("You answer for"),
    "R": _("You carry out"),
    "S": _("You help with"),
    "C": _("You are asked before"),
    "I": _("You are told of"),
}
THEIRS = {
    "A": _("Answers for"),
    "R": _("Carries out"),
    "S": _("Helps with"),
    "C": _("Is asked before"),
    "I": _("Is told of"),
}


@dataclass(frozen=True)
class Said:
    """Everything under one letter: the words, and activities with the role through which."""

    words: object
    activities: list[tuple[int, str, str]]  # number, title, role


def roles_of(person: Person, day: date) -> dict[int, str]:
    """The roles in force that the person holds on the day, and those that everybody has; number → title."""
    return {
        held.role.pk: held.role.title
        for held in held_roles(day)
        if held.role.kind == "everyone" or any(seat.person_id == person.pk for seat in held.holders)
    }


def of_roles(titles: dict[int, str], words: dict[str, object]) -> list[Said]:
    """One entry a letter, the heaviest first; nothing where nothing is published."""
    found: dict[str, list[tuple[int, str, str]]] = {letter: [] for letter in ORDER}
    for row in published_rows().values() if titles else ():
        mine: dict[str, str] = {}
        for role, letters in row.letters.items():
            if role in titles:
                mine |= {letter: titles[role] for letter in letters if letter not in mine}
        for letter, role_title in mine.items():
            found[letter].append((row.activity, row.title, role_title))
    return [Said(words[letter], rows) for letter, rows in found.items() if rows]
