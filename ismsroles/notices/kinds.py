"""Who is told what, and when: one table. Each app registers its kinds; the page, the docs and the mails read them here (K2)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

NOW, DIGEST = "now", "digest"
HOUR = 7  # from this hour on, in the organisation's zone, the digest of the day goes out


@dataclass(frozen=True)
class Kind:
    """One kind of message. `subject` and `text` are patterns; the parameters of the message stand in them."""

    code: str
    event: Any  # what happened, for the table
    who: Any  # who is told, for the table
    when: str
    subject: Any
    text: Any
    action: Any = ""  # what the button to its page says

    @property
    def needs_today(self) -> bool:
        """Whether it goes out at once."""
        return self.when == NOW


_kinds: dict[str, Kind] = {}


def register(found: Iterable[Kind]) -> None:
    """Add kinds to the table."""
    _kinds.update({kind.code: kind for kind in found})


def get(code: str) -> Kind:
    """The kind with this code; one that nobody registered is a fault in the program."""
    return _kinds[code]


def known() -> list[Kind]:
    """Every kind, those that go out at once first."""
    return sorted(_kinds.values(), key=lambda kind: (not kind.needs_today, kind.code))


def in_words(pattern: Any, params: Mapping[str, Any]) -> str:
    """The pattern in the language in force, with its parameters; days are kept as 2026-11-30 and read as 30 Nov 2026."""
    return str(pattern) % _Forgiving({name: _readable(value) for name, value in params.items()})


def _readable(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return date_format(date.fromisoformat(value), "j M Y")
    return value


class _Forgiving(dict):
    """A message never fails for want of a parameter."""

    def __missing__(self, key: str) -> str:
        return "…"
