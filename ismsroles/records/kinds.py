"""Kinds of documents: upper apps say how each is rendered and who may sign it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """How a kind of document is rendered: pure functions of their arguments, so that the same input gives the same bytes."""

    code: str
    draft: Callable[[bytes], bytes]
    final: Callable[[bytes, bytes, str], bytes]
    renderer: str
    may_sign: Callable[[Any], bool]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known."""
    _kinds[kind.code] = kind


def get(code: str) -> Kind:
    """The kind with this code."""
    return _kinds[code]
