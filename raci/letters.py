"""What people write into a cell, read as letters: "A/R", "r, a", "R+A", "RA", "Responsible and accountable"."""

import re

from raci.models.matrix import LETTERS, canonical_letters

WORDS = {
    "responsible": "R",
    "accountable": "A",
    "supporting": "S",
    "support": "S",
    "supports": "S",
    "consulted": "C",
    "informed": "I",
}
NOTHING = {"", "-", "–", "—", "n/a", "na", "none", "0"}
_APART = re.compile(r"[\s/,;+&|.()\[\]]+|\band\b", re.IGNORECASE)


def read_letters(text: str) -> str | None:
    """The letters that a text means, in their order; "" for an empty cell, None when it means something else."""
    if text.strip().lower() in NOTHING:
        return ""
    found = ""
    for word in filter(None, _APART.split(text)):
        if letter := WORDS.get(word.lower()):
            found += letter
        elif set(word.upper()) <= set(LETTERS):
            found += word.upper()
        else:
            return None
    return canonical_letters(found) or None


def in_signs(letters: str) -> str:
    """Letters as they are read: R/A, or a dash."""
    return "/".join(letters) or "–"
