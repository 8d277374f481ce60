"""The starter set of segregation of duties: words for duties, and the rules between them (coverage A5)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from roles.starter import library


@dataclass(frozen=True)
class StarterTag:
    """One kind of duty."""

    key: str
    name: str
    meaning: str


@dataclass(frozen=True)
class StarterRule:
    """Two kinds of duty, or two starter roles, that one person does not unite."""

    key: str
    effect: str
    why: str
    tags: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@cache
def tags() -> tuple[StarterTag, ...]:
    """Every kind of duty of the starter set."""
    return tuple(StarterTag(**row) for row in _file()["tag"])


@cache
def rules() -> tuple[StarterRule, ...]:
    """Every rule of the starter set."""
    lists = ({name: tuple(row.get(name, ())) for name in ("tags", "roles")} | row for row in _file()["rule"])
    return tuple(StarterRule(**{**row, "tags": tuple(row["tags"]), "roles": tuple(row["roles"])}) for row in lists)


@cache
def tags_of_texts() -> Mapping[str, tuple[str, ...]]:
    """Text of a responsibility of the library → the duties that it carries, whichever role it was folded into."""
    found: dict[str, tuple[str, ...]] = {}
    for role in library().values():
        for tag, places in role.tags.items():
            for place in places:
                text = role.responsibilities[place]
                found[text] = (*found.get(text, ()), tag)
    return MappingProxyType(found)


def _file() -> dict:
    return tomllib.loads(resources.files("roles.starter").joinpath("separation.toml").read_text(encoding="utf-8"))
