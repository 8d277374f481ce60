"""Gaps are worked out, never typed: what is needed minus what has been shown (coverage C3). Pure: no database, no clock.

What counts for a need is the newest assessment that is fit for it: of the kind of evidence the need asks for, and for a
“must” made by somebody else. When that one has expired, nothing counts until there is a newer one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

VALID, EXPIRES_SOON, EXPIRED = 0, 1, 2
SOON_DAYS = 60
# From worst to best; the first five are gaps.
UNKNOWN, OWN, EXPIRED_STATE, FAR, LOW, SOON, MET = "unknown", "own", "expired", "far", "low", "soon", "met"
STATES = (UNKNOWN, OWN, EXPIRED_STATE, FAR, LOW, SOON, MET)
GAPS = frozenset(STATES[:5])
RANK = {state: place for place, state in enumerate(STATES)}


class Need(NamedTuple):
    """A role needs a skill up to a level; `proof` empty: shown in any way."""

    role: int
    skill: int
    level: int
    must: bool
    proof: str = ""


class Shown(NamedTuple):
    """One assessment as it stands on the day asked about."""

    level: int
    evidence: str
    own: bool
    age: int = VALID


class Verdict(NamedTuple):
    """One person, one need, and how far they are."""

    person: int
    need: Need
    state: str
    level: int | None

    @property
    def is_gap(self) -> bool:
        return self.state in GAPS


def judge(need: Need, shown: Sequence[Shown]) -> tuple[str, int | None]:
    """(state, level that counts) from assessments in the order in which they were made."""
    claimed = False
    for one in reversed(shown):
        if need.proof and one.evidence != need.proof:
            continue
        if need.must and one.own:
            claimed = claimed or (one.level >= need.level and one.age != EXPIRED)
            continue
        if one.age == EXPIRED:
            return EXPIRED_STATE, one.level
        short = need.level - one.level
        if short <= 0:
            return (SOON if one.age == EXPIRES_SOON else MET), one.level
        return (LOW if short == 1 else FAR), one.level
    return (OWN if claimed else UNKNOWN), None


# For a whole organisation each history of assessments is one number: no objects to make, and equal ones are judged once.
EVIDENCE = ("certificate", "training", "experience")
SKILLS, CODES = 1 << 20, 128


def key(person: int, skill: int) -> int:
    """One number for a person and a skill."""
    return person * SKILLS + skill


def code(one: Shown) -> int:
    """One assessment as a number from 1 to 90."""
    return 1 + one.level + 5 * EVIDENCE.index(one.evidence) + 15 * one.own + 30 * one.age


def pack(shown: Iterable[Shown]) -> int:
    """A history as one number, the newest in its lowest place."""
    packed = 0
    for one in shown:
        packed = packed * CODES + code(one)
    return packed


def unpack(packed: int) -> list[Shown]:
    """The history again, oldest first."""
    found = []
    while packed:
        packed, rest = divmod(packed, CODES)
        rest -= 1
        found.append(Shown(rest % 5, EVIDENCE[rest // 5 % 3], bool(rest // 15 % 2), rest // 30))
    return found[::-1]


def verdicts(
    held: Iterable[tuple[int, int]],
    needs: Mapping[int, Sequence[Need]],
    shown: Mapping[int, int],
    *,
    only_gaps: bool = False,
) -> list[Verdict]:
    """Every need of everybody, or only what is missing: `held` are (person, role), `needs` by role, `shown` packed by `key`."""
    asked = {role: [(need, need.skill, {}) for need in wanted] for role, wanted in needs.items()}
    found, get, make = [], shown.get, Verdict
    for person, role in held:
        base = person * SKILLS
        for need, skill, judged in asked.get(role, ()):
            packed = get(base + skill, 0)
            known = judged.get(packed)
            if known is None:
                known = judged[packed] = judge(need, unpack(packed))
            if not only_gaps or known[0] in GAPS:
                found.append(make(person, need, *known))
    return found


def worst(found: Iterable[Verdict]) -> dict[tuple[int, int], Verdict]:
    """The worst of each (person, skill): a must before a should, then the state, then the higher level."""
    kept: dict[tuple[int, int], Verdict] = {}
    for one in found:
        at = (one[0], one[1][1])  # thousands of them: a place is read in half the time of its name
        known = kept.get(at)
        if known is None or _weight(one) < _weight(known):
            kept[at] = one
    return kept


def _weight(one: Verdict) -> tuple[bool, bool, int, int]:
    return (not one.is_gap, not one.need.must, RANK[one.state], -one.need.level)
