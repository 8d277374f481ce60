"""Kinds of documents: upper apps say how each is rendered, who may sign and see it, and who a login is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q


@dataclass(frozen=True)
class Identity:
    """Who a login is today: a key that is the same for all logins of one person, the printed name, the role held."""

    key: str
    name: str
    role: str = ""
    behind: tuple[str, ...] = ()  # keys of those for whom this person signs, when a deputy signs


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
    is_sealed: bool = True  # the organisation's seal goes on the finished file
    missing: Callable[[str], list[str]] = lambda text: []  # the characters of a text that cannot be printed
    page: str = "version"  # the names of the URLs of one version, and of where it is sent to its signers
    send: str = "version-send"
    home: Callable[[Any], tuple[str, str] | None] = lambda version: None  # what it is the record of: label and address
    visible: Callable[[Any], Q] = lambda user: Q(pk__in=())  # which versions a user may see
    for_everybody: bool = False  # whether everybody in the register may read a version in force, and be asked to
    in_force: Callable[[Any], None] = lambda version: (
        None
    )  # what else happens in the transaction that puts one in force


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known."""
    _kinds[kind.code] = kind


def get(code: str) -> Kind:
    """The kind with this code."""
    return _kinds[code]


def known() -> list[Kind]:
    """Every kind."""
    return list(_kinds.values())


def visible_to(user: Any) -> Q:
    """The versions of every kind that a user may see."""
    seen = Q(pk__in=())
    for kind in _kinds.values():
        seen |= Q(kind=kind.code) & kind.visible(user)
    return seen
