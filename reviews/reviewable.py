"""What is reviewed: each kind of thing registers how to find it, who is concerned, and what a reviewer looks at line by line.

A kind of an upper app registers in its own `apps.py`. All questions are asked of many rows at once: a number of queries for a
batch, however many rows it has."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Line:
    """One thing that the reviewer says something about: still right, change, or retire."""

    key: str  # stays the same from review to review, so that differences can be told
    group: str  # heading
    text: str
    facts: tuple[str, ...] = ()  # who holds it now, until when …
    covers: tuple[str, int] | None = None  # another thing that counts as reviewed by this line
    change_url: str = ""  # where a change begins


People = dict[int, list[int]]  # pk of the thing → pks of people


def _nobody(rows: Sequence[Any], day: date) -> People:
    return {}


@dataclass(frozen=True)
class Kind:
    """One kind of reviewable things."""

    key: str
    label: Any  # plural
    one: Any  # singular
    standing: Callable[
        [date], models.QuerySet
    ]  # rows to be reviewed on a day, each with `since`: the approval or first day
    lines: Callable[[Any, date], Iterable[Line]]
    named: Callable[[Any], str] = str
    url: Callable[[Any], str] = lambda row: row.get_absolute_url()
    concerned: Callable[[Sequence[Any], date], People] = _nobody  # whom it is about: none of them reviews it
    nearest: Callable[[Sequence[Any], date], People] = _nobody  # superior, line manager, owner: the first who may
    asked: Callable[[Sequence[Any], date], People] = _nobody  # stakeholders
    by: str = "ism"  # who reviews it when nothing else is set: ism, top_management or nearest
    periodic: bool = True  # false: only after a change
    since_is_moment: bool = True  # whether `since` is a moment or a day
    label_of: str = ""  # "app.model" of its rows, as events name their subjects


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Add a kind."""
    _kinds[kind.key] = kind
    return kind


def kinds() -> list[Kind]:
    """Every kind, in the order of registration."""
    return list(_kinds.values())


def kind_of(key: str) -> Kind | None:
    """The kind of this key; None when the app that had it is gone."""
    return _kinds.get(key)


def by_label(label: str) -> Kind | None:
    """The kind whose rows are of this model."""
    return next((kind for kind in _kinds.values() if kind.label_of == label), None)
