"""People and skills as one big table: a fixed number of queries, cells as joined strings (docs: speed)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models.functions import Lower

from competence import gaps as pure
from competence.models import Skill
from competence.policy import people_seen, sees_everybody
from competence.queries import picture, training
from competence.queries.holders import holders
from ismsroles.core.names import search_key
from roles.models import Person, Role

SHOWS = ("", "gaps", "unplanned", "expired", "expiring", "met")


@dataclass(frozen=True)
class Asked:
    """How the table is narrowed."""

    words: str = ""
    area: int | None = None
    role: int | None = None
    show: str = ""


@dataclass
class Row:
    """One person with what they act in and how far they are."""

    pk: int
    name: str
    area: tuple[int | None, str]
    roles: list[str]
    cells: dict[int, pure.Verdict] = field(default_factory=dict)
    missing: list[pure.Verdict] = field(default_factory=list)


@dataclass
class Matrix:
    """The table: people down, skills across, and what is planned."""

    rows: list[Row]
    skills: list[tuple[int, str]]
    plans: set[tuple[int, int]]
    counted: dict[str, int]
    everybody: int

    @property
    def gaps(self) -> int:
        return sum(len(row.missing) for row in self.rows)

    @property
    def gaps_of_skill(self) -> dict[int, int]:
        """How many people miss each skill: the lower edge."""
        found: dict[int, int] = defaultdict(int)
        for row in self.rows:
            for one in row.missing:
                found[one.need.skill] += 1
        return found


def matrix(user, on: date, asked: Asked) -> Matrix:
    """The table of the people that this user sees by name."""
    seen = None if sees_everybody(user) else list(people_seen(user).order_by().values_list("pk", flat=True))
    held, needs, shown = _read(on, seen)
    if asked.role is not None:
        held = {(person, role) for person, role in held if role == asked.role}
    found = pure.worst(pure.verdicts(held, needs, shown))
    plans = training.plans(on, seen)
    rows = _rows(held, found, seen)
    rows = [row for row in rows if _fits(row, asked)]
    answers = [_answers(row, plans) for row in rows]
    counted = {show: sum(show in each for each in answers) for show in SHOWS}
    kept = [row for row, each in zip(rows, answers, strict=True) if asked.show in each]
    used = {skill for row in kept for skill in row.cells}
    skills = [one for one in _skills() if one[0] in used]
    return Matrix(kept, skills, plans, counted, counted[""])


def _read(on: date, people: list[int] | None):
    """Who acts in what, what that needs, what they have shown: three queries."""
    needs, everyone = picture.requirements(on)
    held = holders(on, everyone=everyone, people=people)
    skills = {need.skill for role in needs.values() for need in role}
    return held, needs, picture.shown(on, skills, people)


def _rows(held: Iterable[tuple[int, int]], found: dict, seen: list[int] | None) -> list[Row]:
    titles = dict(Role.objects.order_by().values_list("pk", "title"))
    roles: dict[int, list[str]] = defaultdict(list)
    for person, role in held:
        roles[person].append(titles[role])
    people = Person.objects.order_by("name_key", "pk").values_list("pk", "name", "area_id", "area__name")
    if seen is not None:
        people = people.filter(pk__in=seen)
    made = {
        pk: Row(pk, name, (area, label or ""), sorted(roles[pk])) for pk, name, area, label in people if pk in roles
    }
    for (person, skill), one in found.items():
        if person in made:
            made[person].cells[skill] = one
            if one.state in pure.GAPS:
                made[person].missing.append(one)
    return list(made.values())


def _skills() -> list[tuple[int, str]]:
    return list(Skill.objects.order_by(Lower("name"), "pk").values_list("pk", "name"))


def _fits(row: Row, asked: Asked) -> bool:
    if asked.area is not None and row.area[0] != asked.area:
        return False
    words = search_key(asked.words).split()
    if words:
        text = search_key(" ".join([row.name, *row.roles]))
        return all(word in text for word in words)
    return True


def _answers(row: Row, plans: set[tuple[int, int]]) -> set[str]:
    """Which of the questions above the table this row answers."""
    states = {one.state for one in row.cells.values()}
    answers = {
        "": True,
        "gaps": bool(row.missing),
        "unplanned": any((row.pk, one.need.skill) not in plans for one in row.missing),
        "expired": pure.EXPIRED_STATE in states,
        "expiring": pure.SOON in states,
        "met": bool(row.cells) and not row.missing,
    }
    return {show for show, is_so in answers.items() if is_so}
