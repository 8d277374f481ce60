"""The words by which a person is found while one types: beginnings of words, answered from an index however many people there are."""

import re
from collections.abc import Iterable, Iterator

from ismsroles.core.names import search_key

LONGEST, AT_MOST = 40, 24
_PART = re.compile(r"[^\W_]+", re.UNICODE)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that put no space between words


def words_in(*texts: str | None) -> list[str]:
    """Each word once, plain and short; a word of a script without spaces is found from each of its signs on."""
    found = dict.fromkeys(word[:LONGEST] for text in texts for word in _words(search_key(text or "")))
    return list(found)[:AT_MOST]


def _words(key: str) -> Iterator[str]:
    for spaced in key.split():
        parts = _PART.findall(spaced)
        yield from parts
        if len(parts) > 1 and "@" not in spaced:
            yield "".join(parts)  # O'Neil is found as oneil too
        for part in parts:
            if _UNSPACED.search(part):
                yield from (part[at:] for at in range(1, len(part)))


def asked(text: str) -> list[str]:
    """The beginnings of words that somebody typed, the longest first: it leaves the fewest people to look at."""
    parts: Iterable[str] = _PART.findall(search_key(text))
    return sorted({part[:LONGEST] for part in parts}, key=lambda part: (-len(part), part))[:8]
