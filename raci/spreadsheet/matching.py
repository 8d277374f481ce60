"""Which role or activity of the register a name in a file means."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from ismsroles.core.tabular import key

CLOSE = 88
Named = tuple[int, str]


def plain(text: str) -> str:
    """One space between words, none around."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Match:
    """What a name means: exactly one of the register, or the closest one for a person to judge."""

    exact: int | None = None
    close: int | None = None


def match(names: Iterable[str], known: list[Named]) -> dict[str, Match]:
    """Each name with what it means. First as written, then in any case, then without accents and signs; each only if one alone fits."""
    names = list(dict.fromkeys(names))
    found: dict[str, Match] = {}
    taken: set[int] = set()
    for fold in (str.strip, plain, lambda text: plain(text).casefold(), key):
        for name, pk in _alone([n for n in names if n not in found], [k for k in known if k[0] not in taken], fold):
            found[name] = Match(exact=pk)
            taken.add(pk)
    rest = {pk: key(title) for pk, title in known if pk not in taken}
    return found | {name: Match(close=_closest(name, rest)) for name in names if name not in found}


def _alone(names: list[str], known: list[Named], fold: Callable[[str], Hashable]) -> list[tuple[str, int]]:
    """Names and rows that are the same under `fold`, where neither has a double."""
    by_fold: dict[Hashable, list[int]] = {}
    for pk, title in known:
        by_fold.setdefault(fold(title), []).append(pk)
    times = Counter(fold(name) for name in names)
    return [
        (name, by_fold[folded][0])
        for name in names
        if (folded := fold(name)) and len(by_fold.get(folded, ())) == 1 and times[folded] == 1
    ]


def _closest(name: str, rest: dict[int, str]) -> int | None:
    best = process.extractOne(key(name), rest, scorer=fuzz.ratio, score_cutoff=CLOSE) if key(name) else None
    return best[2] if best else None
