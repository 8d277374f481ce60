"""Responsibilities that say nearly the same, and words that say nothing (coverage R2): pure functions over texts."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from rapidfuzz import fuzz

from ismsroles.core.names import search_key

ALIKE = 85  # of 100: from here on two texts are shown side by side
LEADING = 3  # the rarest words of a text: who shares none of them does not say the same
SHORTEST = 3  # words; "report incidents" is part of many other duties
_IDLE = frozenset(
    """a an and any are as at be by each every for from in is it its of on once one or own that the their them then this to two
    until was were what when which who with within after before least most day days working week month months quarter year years
    all also if into not than""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Text:
    """One responsibility: its number, the role it belongs to, its words."""

    pk: int
    role: int
    text: str


@dataclass(frozen=True)
class Near:
    """Two responsibilities of different roles that say nearly the same, the lower number first."""

    one: int
    other: int
    alike: int


@dataclass(frozen=True)
class Vague:
    """Words that say nothing, why, and what to write instead."""

    find: str
    why: str
    instead: str


@lru_cache(maxsize=4)
def near(texts: tuple[Text, ...]) -> tuple[Near, ...]:
    """Every pair of different roles that says nearly the same, the most alike first. Worked out once for the same texts."""
    words = {row.pk: _plain(row.text) for row in texts}
    roles = {row.pk: row.role for row in texts}
    joined = {pk: " ".join(found) for pk, found in words.items()}
    rows = []
    for one, other in _candidates(words):
        if roles[one] != roles[other]:
            alike = fuzz.token_set_ratio(joined[one], joined[other], score_cutoff=ALIKE)
            if alike:
                rows.append(Near(one, other, round(alike)))
    return tuple(sorted(rows, key=lambda row: (-row.alike, row.one, row.other)))


def _plain(text: str) -> tuple[str, ...]:
    """The words that carry the sense, in their order."""
    return tuple(word for word in re.findall(r"[^\W_]+", search_key(text)) if word not in _IDLE)


def _candidates(words: dict[int, tuple[str, ...]]) -> set[tuple[int, int]]:
    """Pairs that share one of the rarest words of either: the only ones worth comparing, few among thousands."""
    long = {pk: set(found) for pk, found in words.items() if len(set(found)) >= SHORTEST}
    known = Counter(word for found in long.values() for word in found)
    where: dict[str, list[int]] = defaultdict(list)
    for pk, found in long.items():
        for word in found:
            where[word].append(pk)
    return {
        (min(pk, other), max(pk, other))
        for pk, found in long.items()
        for word in sorted(found, key=lambda word: (known[word], word))[:LEADING]
        for other in where[word]
        if other != pk
    }


@cache
def vague_words() -> tuple[Vague, ...]:
    """The list of words that say nothing."""
    rows = tomllib.loads(resources.files("roles").joinpath("vague.toml").read_text(encoding="utf-8"))["word"]
    return tuple(Vague(**row) for row in rows)


def vague_in(text: str) -> list[Vague]:
    """What in a text says nothing; a word within a longer find is said once."""
    found = [word for word, pattern in _patterns() if pattern.search(text)]
    return [one for one in found if not any(one.find in other.find and one != other for other in found)]


@cache
def _patterns() -> tuple[tuple[Vague, re.Pattern], ...]:
    return tuple((word, _pattern(word.find)) for word in vague_words())


def _pattern(find: str) -> re.Pattern:
    end = r"[.…]*\s*\Z" if find.endswith("*") else r"\b"
    return re.compile(r"\b" + re.escape(find.rstrip("*")) + end, re.IGNORECASE)


def vague_among(texts: Iterable[Text]) -> Iterator[tuple[Text, list[Vague]]]:
    """The responsibilities that say something vague."""
    for row in texts:
        if found := vague_in(row.text):
            yield row, found
