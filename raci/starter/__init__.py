"""The starter list of activities: what nearly every ISMS does, with a suggestion who does it (coverage M3)."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from raci.models.matrix import canonical_letters
from roles.starter import library, superior_in

WEAKER = {"R": "SCI", "A": "SCI", "S": "CI", "C": "I", "I": ""}


@dataclass(frozen=True)
class StarterActivity:
    """One activity of the list, ready to be adopted."""

    key: str
    title: str
    note: str
    letters: Mapping[str, str]
    inform: bool = False
    separate: bool = False
    decides: str = ""
    duties: tuple[str, ...] = ()


@dataclass(frozen=True)
class StarterProcess:
    """Activities that belong together."""

    key: str
    name: str
    activities: tuple[StarterActivity, ...]
    process: str = ""  # the process of the register that it is


@cache
def processes() -> tuple[StarterProcess, ...]:
    """The whole list, in its order."""
    text = resources.files(__name__).joinpath("activities.toml").read_text(encoding="utf-8")
    return tuple(
        StarterProcess(
            row["key"],
            row["name"],
            tuple(StarterActivity(**each) for each in row["activity"]),
            row.get("process", ""),
        )
        for row in tomllib.loads(text)["process"]
    )


def allocation(starter: StarterActivity, present: Collection[str], size: str) -> dict[str, str]:
    """Who does what among the roles that were adopted: letters of a role that is missing go to whoever takes over its duties.

    An A is never lost while anybody above is there, and no role is consulted on what it does itself."""
    found: dict[str, str] = {}
    for key, letters in starter.letters.items():
        heir = _heir(key, present, size, strict=not set(letters) & set("RA"))
        if heir:
            found[heir] = found.get(heir, "") + letters
    return {key: _strongest(letters) for key, letters in found.items()}


def _heir(key: str, present: Collection[str], size: str, *, strict: bool) -> str | None:
    """The role itself, else the one that its duties fold into, else (for R and A) the next superior."""
    seen: set[str] = set()
    while key and key not in present and key not in seen:
        seen.add(key)
        role = library()[key]
        key = role.folds.get(size) or ("" if strict else superior_in(role, present) or "")
    return key if key in present else None


def _strongest(letters: str) -> str:
    weak = {weaker for letter in letters for weaker in WEAKER[letter]}
    return canonical_letters("".join(letter for letter in letters if letter not in weak))
