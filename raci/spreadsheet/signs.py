"""What stands in the cells of other people's matrices: A/R, R+A, whole words, and the letters of other languages."""

import re
from collections.abc import Mapping

from ismsroles.core.tabular import key
from raci.models import LETTERS, canonical_letters

# Whole words, as `tabular.key` writes them.
_SAID = {
    "R": "responsible durchführung durchführungsverantwortlich durchführend ausführung ausführend zuständig verantwortlich "
    "réalisateur réalise réalisation exécute responsable ejecuta ejecutor responsabile",
    "A": "accountable answerable rechenschaftspflichtig ergebnisverantwortlich gesamtverantwortlich entscheidung entscheidet "
    "genehmigt approbateur approuve autorité redevable aprobador aprueba autoridad decide rinde",
    "S": "support supporting supports supportive unterstützung unterstützend unterstützt mitwirkung mitwirkend mitarbeit "
    "soutien appui contribue contributeur apoyo soporte colabora",
    "C": "consulted consult consulting konsultiert beratend beratung berät anhörung consulté consulte consultado consultar",
    "I": "informed inform information informiert informieren informé informer informado informar",
}
WORDS = {key(word): letter for letter, words in _SAID.items() for word in words.split()}
# What a letter of another language most likely means; the legend of a file knows better, and the person best.
GUESSES = {"V": "R", "D": "R", "M": "S", "E": "A", "B": "C", "U": "S", "K": "C", "P": "A"}
NOTHING = {"", "-", "–", "—", "n/a", "na", "none", "0", ".", "./."}
LONGEST = 40  # a cell that says more than this is a remark
_APART = re.compile(r"[^\w]+|_|\d+|\b(?:and|und|et)\b", re.IGNORECASE)
_LEGEND = re.compile(r"^\W*([^\W\d_]{1,2})\s*(?:[=:]|\s[-–—]|\)|→)\s*([^\W\d_][\w\s,/()-]{3,60})$")


def words_of(text: str) -> list[str]:
    """The single signs of a cell: "A/R" has two, "Responsible and accountable" too."""
    if text.strip().lower() in NOTHING or len(text) > LONGEST:
        return [] if len(text) <= LONGEST else [text]
    found = [word for word in _APART.split(text) if word]
    return [word for word in found if word != "y"] or found  # the Spanish and


def is_sign(text: str) -> bool:
    """Whether a cell looks like letters of a matrix: known words, or a few letters together."""
    found = words_of(text)
    return bool(found) and all(key(word) in WORDS or len(word) == 1 or _is_block(word) for word in found)


def _is_block(word: str) -> bool:
    """ "RA", "ra", "ASCI": several known letters written together."""
    return len(word) <= len(LETTERS) and set(word.upper()) <= set(LETTERS) | set(GUESSES)


def read(text: str, meanings: Mapping[str, str]) -> tuple[str, list[str]]:
    """(letters, signs that mean nothing known). `meanings` has upper-case signs and their letters; "" leaves a sign out."""
    letters, unknown = "", []
    for word in words_of(text):
        sign = word.upper()
        if sign in meanings:
            letters += meanings[sign]
        elif (said := WORDS.get(key(word))) is not None:
            letters += said
        elif len(sign) <= len(LETTERS) and all(one in meanings for one in sign):
            letters += "".join(meanings[one] for one in sign)
        else:
            unknown.append(word)
    return canonical_letters(letters), unknown


def guess(signs: set[str], legend: Mapping[str, str]) -> dict[str, str]:
    """What the signs of a file mean: as its legend says, else RASCI itself, else the usual letters of other languages."""
    meanings = {letter: letter for letter in LETTERS} | dict(legend)
    for sign in sorted(signs):
        if sign not in meanings and sign in GUESSES:
            meanings[sign] = GUESSES[sign]
    answers = any("A" in meanings.get(sign, "") for sign in signs)
    # Where somebody carries out (D), the V beside it answers for it; a legend that says "verantwortlich" leaves that open.
    if {"V", "D"} <= signs and meanings["V"] == meanings["D"] == "R" and not answers:
        meanings["V"] = "A"
    return meanings


def signs_in(texts: set[str]) -> set[str]:
    """Every sign that occurs, in capitals; known words and blocks of RASCI letters are no signs of their own."""
    found: set[str] = set()
    for text in texts:
        for word in words_of(text):
            if key(word) in WORDS:
                continue
            sign = word.upper()
            found |= set(sign) if _is_block(word) else {sign}
    return found


def legend_of(cells: list[str]) -> dict[str, str]:
    """What a line says about letters: "R = Responsible; A = Accountable", or the letter and its word in cells side by side."""
    filled = [cell for cell in cells if cell]
    found: dict[str, str] = {}
    for cell in filled:
        for part in re.split(r"[;,|\n]\s*(?=[^\W\d_]{1,2}\s*[=:)–-])", cell):
            if (match := _LEGEND.match(part)) and (letter := _meant(match[2])):
                found[match[1].upper()] = letter
    if not found and len(filled) == 2 and len(filled[0]) <= 2 and filled[0].isalpha() and (letter := _meant(filled[1])):
        found[filled[0].upper()] = letter
    return found


def _meant(words: str) -> str:
    """The first known word decides: "Accountable (answers for it)"."""
    return next((WORDS[key(word)] for word in re.split(r"[\W_]+", words) if key(word) in WORDS), "")


def parse_mapping(pairs: list[str]) -> dict[str, str]:
    """`V=R M=S`, `V=R,M=S`, `V=R,A`, `X=` as written on the command line; raises ValueError with what is wrong."""
    meanings: dict[str, str] = {}
    for pair in re.split(r"[\s,]+(?=[^\s,=]+=)", ",".join(pairs).strip(", ")) if pairs else []:
        sign, apart, letters = pair.partition("=")
        if not apart or not sign.strip() or set(letters.upper()) - set(LETTERS + ", "):
            raise ValueError(pair)
        meanings[sign.strip().upper()] = canonical_letters(letters)
    return meanings
