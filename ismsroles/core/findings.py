"""What is wrong: each rule is one registered function with an id, a clause, and one query (design §7)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from ismsroles.core import clock, scope


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, said in a sentence, with the place where it is mended."""

    rule: str
    severity: str  # stop, warn or note
    clause: str
    sentence: str
    url: str
    action: str
    detail: str = ""
    since: date | None = None

    @property
    def age(self) -> int | None:
        """Days since it began, when that is known."""
        return (clock.today() - self.since).days if self.since else None


@dataclass(frozen=True)
class Rule:
    """A registered rule: coverage id, a title for people, clause, and the function that finds what breaks it on a given day."""

    id: str
    title: Any
    clause: str
    severity: str
    find: Callable[[date], Iterable[Finding]]


_rules: dict[str, Rule] = {}
_ORDER = {"stop": 0, "warn": 1, "note": 2}


def rule(id: str, *, title: Any, clause: str, severity: str):
    """The decorated function yields (sentence, url, action, detail, since) for all that breaks the rule on a day."""

    def register(find):
        def findings(day: date) -> Iterable[Finding]:
            return [Finding(id, severity, clause, **found) for found in find(day)]

        _rules[id] = Rule(id, title, clause, severity, findings)
        return find

    return register


def rules() -> list[Rule]:
    """Every registered rule."""
    return list(_rules.values())


def current(day: date | None = None) -> list[Finding]:
    """All that is wrong on a day, worst first, then oldest; looked for once in a request."""
    day = day or clock.today()
    return list(scope.remember(("findings", day, get_language()), lambda: _found(day)))


def _found(day: date) -> list[Finding]:
    found = [finding for entry in _rules.values() for finding in entry.find(day)]
    return sorted(found, key=lambda f: (_ORDER[f.severity], -(f.age or 0), f.rule, f.sentence))
