"""Kinds of documents: upper apps say how each is rendered, who may sign it, and who a login is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Identity:
    """Who a login is today: a key that is the same for all logins of one person, the printed name, the role held."""

    key: str
    name: str
    role: str = ""


def login_only(user: Any) -> Identity:
    """A login that is nobody's in the register stands for itself."""
    return Identity(f"login:{user.pk}", user.name)


@dataclass(frozen=True)
class Kind:
    """How a kind of document is rendered: pure functions of their arguments, so that the same input gives the same bytes."""

    code: str
    draft: Callable[[bytes], bytes]
    final: Callable[[bytes, bytes, str], bytes]
    renderer: str
    may_sign: Callable[[Any], bool]
    identity: Callable[[Any], Identity] = login_only
    missing: Callable[[str], list[str]] = lambda text: []  # the characters of a text that cannot be printed


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known."""
    _kinds[kind.code] = kind


def get(code: str) -> Kind:
    """The kind with this code."""
    return _kinds[code]
