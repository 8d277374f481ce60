"""Saved questions above a list, each with its count: all counts come from one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict


@dataclass(frozen=True)
class Chip:
    """One saved question as a link."""

    label: Any
    url: str
    count: int
    on: bool


def counts(rows: QuerySet, questions: Mapping[str, tuple[Any, Q]]) -> dict[str, int]:
    """How many rows answer to each question."""
    asked = {f"n_{number}": Count("pk", filter=answer) for number, (_label, answer) in enumerate(questions.values())}
    found = rows.order_by().aggregate(**asked)
    return dict(zip(questions, found.values(), strict=True))


def links(
    questions: Mapping[str, tuple[Any, Q]], counted: Mapping[str, int], chosen: str, query: QueryDict
) -> list[Chip]:
    """The questions as links that keep the other filters."""
    return [Chip(label, _url(query, name), counted[name], name == chosen) for name, (label, _q) in questions.items()]


def _url(query: QueryDict, name: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    changed["show"] = name
    return "?" + changed.urlencode()
