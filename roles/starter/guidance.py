"""Levels, processes and questions of the starter library (coverage R6, R7, K4)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class StarterLevel:
    """An authorisation level of a starter role."""

    key: str
    kind: str
    what: str
    role: str
    limit_kind: str
    limit: str = ""
    amount: int | None = None
    level: int | None = None
    evidence: str = ""


@dataclass(frozen=True)
class StarterProcess:
    """A process and what starter roles do in it."""

    key: str
    name: str
    purpose: str
    clauses: tuple[str, ...]
    parts: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True)
class StarterQuestion:
    """A question and what may answer it, the best first."""

    key: str
    text: str
    synonyms: str
    answer: str
    tie: tuple[str, ...]


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(resources.files("roles.starter").joinpath("guidance.toml").read_text(encoding="utf-8"))


def levels() -> list[StarterLevel]:
    """Every level of the library."""
    return [StarterLevel(**row) for row in _content()["level"]]


def processes() -> list[StarterProcess]:
    """Every process of the library."""
    return [StarterProcess(**{**row, "clauses": tuple(row["clauses"])}) for row in _content()["process"]]


def questions() -> list[StarterQuestion]:
    """Every question of the library."""
    return [StarterQuestion(**{**row, "tie": tuple(row["tie"])}) for row in _content()["question"]]
