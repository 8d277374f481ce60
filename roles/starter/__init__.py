"""The starter library of roles: wording to adopt and edit, in three sizes of organisation (coverage R4).

`for_size` leaves out the titles that an organisation of that size does not need and moves the duties behind them
to a role that it does have, so that a small one is not forced into needless titles and loses nothing (5.3, A.5.2).
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

SIZES = ("small", "medium", "large")


@dataclass(frozen=True)
class StarterAuthority:
    """What a role may decide, up to which limit, and which of its responsibilities that serves (R3)."""

    text: str
    limit_kind: str
    limit: str
    serves: tuple[int, ...] = ()


@dataclass(frozen=True)
class StarterRole:
    """One role of the library, ready to be adopted into the register (R4)."""

    key: str
    title: str
    purpose: str
    kind: str
    clauses: tuple[str, ...]
    reports_to: str
    sizes: tuple[str, ...]
    responsibilities: tuple[str, ...]
    authorities: tuple[StarterAuthority, ...]
    competences: tuple[str, ...]
    persona: str = ""
    merges_small: str = ""
    folds: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    carries: tuple[int, ...] = ()
    tags: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}), hash=False)


@cache
def library() -> Mapping[str, StarterRole]:
    """Every role of the starter library by its key, as written for a large organisation (R4)."""
    text = resources.files(__name__).joinpath("library.toml").read_text(encoding="utf-8")
    return MappingProxyType({row["key"]: _read_role(row) for row in tomllib.loads(text)["role"]})


@cache
def for_size(size: str) -> list[StarterRole]:
    """The roles suggested to an organisation of this size, superiors first, with folded duties moved in (R4).

    Whatever the size, somebody is offered 5.3 a (the ISMS conforms) and 5.3 b (its performance is reported).
    """
    if size not in SIZES:
        raise ValueError(f"unknown size of organisation: {size!r}, choose from {', '.join(SIZES)}")
    kept = [role for role in library().values() if size in role.sizes]
    keys = {role.key for role in kept}
    sized = {role.key: _sized(role, size, keys) for role in kept}
    return _superiors_first(sized)


def superior_in(role: StarterRole, keys: Collection[str]) -> str | None:
    """The next superior up the reporting line who is among these roles, or nobody (R8)."""
    above = role.reports_to
    while above and above not in keys:
        above = library()[above].reports_to
    return above or None


def _read_role(row: dict[str, Any]) -> StarterRole:
    lists = {name: tuple(row[name]) for name in ("clauses", "sizes", "responsibilities", "competences")}
    authorities = tuple(StarterAuthority(**{**each, "serves": tuple(each["serves"])}) for each in row["authorities"])
    tags = MappingProxyType({tag: tuple(places) for tag, places in row.get("tags", {}).items()})
    moved = {"folds": MappingProxyType(row.get("folds", {})), "carries": tuple(row.get("carries", ())), "tags": tags}
    return StarterRole(**{**row, **lists, **moved, "authorities": authorities})


def _sized(role: StarterRole, size: str, keys: Collection[str]) -> StarterRole:
    for other in library().values():
        if other.folds.get(size) == role.key:
            role = _with_duties_of(role, other)
    return replace(role, reports_to=superior_in(role, keys) or "")


def _with_duties_of(role: StarterRole, other: StarterRole) -> StarterRole:
    """The role with the other's carried responsibilities and the authorities that serve them."""
    places = {old: len(role.responsibilities) + new for new, old in enumerate(other.carries)}
    moved = [
        replace(each, serves=tuple(places[old] for old in each.serves if old in places))
        for each in other.authorities
        if not places.keys().isdisjoint(each.serves)
    ]
    return replace(
        role,
        responsibilities=role.responsibilities + tuple(other.responsibilities[old] for old in other.carries),
        authorities=role.authorities + tuple(moved),
        clauses=_without_repeats(role.clauses + other.clauses),
    )


def _without_repeats(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _superiors_first(roles: Mapping[str, StarterRole]) -> list[StarterRole]:
    def depth(role: StarterRole) -> int:
        return depth(roles[role.reports_to]) + 1 if role.reports_to else 0

    return sorted(roles.values(), key=depth)
