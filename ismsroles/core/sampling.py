"""Random samples that can be repeated: the same seed picks the same ones from the same list, on any machine (D4, V5)."""

import hashlib
import secrets
from collections.abc import Iterable
from typing import TypeVar

One = TypeVar("One")


def fresh_seed() -> str:
    """A seed that nobody chose, short enough to write into a report."""
    return secrets.token_hex(4)


def sample(keys: Iterable[One], size: int, seed: str) -> list[One]:
    """`size` of them, picked by the SHA-256 of seed and key: no order of the list, no version of Python changes the choice.

    Who is added to the list or leaves it later changes nothing between the others."""
    ranked = sorted(keys, key=lambda key: (hashlib.sha256(f"{seed}\0{key}".encode()).digest(), str(key)))
    return ranked[: max(size, 0)]
