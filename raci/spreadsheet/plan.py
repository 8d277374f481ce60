"""What taking a file in would do: every cell that is added, changed or cleared, and all that is new, asked or refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy

from ismsroles.core.shown import fingerprint
from ismsroles.core.tabular import Sheet, key
from raci.letters import in_signs
from raci.models import Activity, ActivityGroup
from raci.spreadsheet.matching import Match, match, plain
from raci.spreadsheet.reading import Name, Reading, Refused, read
from raci.spreadsheet.register import Matrix
from roles.models import Role

NEW, SKIP, SAME = "new", "skip", "same"
TWICE = gettext_lazy("There is one of this name already, but for capitals or blanks. Write it in one way.")


@dataclass(frozen=True)
class Change:
    """One cell that would be different."""

    activity: Name
    role: Name
    was: str
    now: str

    @property
    def kind(self) -> str:
        return "added" if not self.was else "changed" if self.now else "cleared"

    @property
    def before(self) -> str:
        return in_signs(self.was)

    @property
    def after(self) -> str:
        return in_signs(self.now)


@dataclass(frozen=True)
class Question:
    """A name that the register does not have: taken for another one, made new, or left out."""

    name: Name
    close: tuple[int, str] | None
    answer: str

    @property
    def field(self) -> str:
        return f"role-{self.name.number}"

    @property
    def chosen(self) -> int | None:
        """The role of the register that it was answered to be."""
        kind, _apart, number = self.answer.partition(":")
        return int(number) if kind == SAME else None

    @property
    def same(self) -> str:
        return f"{SAME}:{self.close[0]}" if self.close else ""


@dataclass
class Plan:
    """All that would happen."""

    reading: Reading
    changes: list[Change] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    new_roles: list[Name] = field(default_factory=list)
    new_activities: list[Name] = field(default_factory=list)
    left_out: list[Name] = field(default_factory=list)
    untouched: list[str] = field(default_factory=list)  # activities of the register that the file does not name
    roles: dict[int, int] = field(default_factory=dict)  # number in the file → number in the register
    activities: dict[int, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many cells of each kind, and what else there is."""
        kinds = [change.kind for change in self.changes]
        return {
            **{kind: kinds.count(kind) for kind in ("added", "changed", "cleared")},
            "activities": len(self.new_activities),
            "roles": len(self.new_roles),
            "refused": len(self.reading.refused),
        }

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.new_roles or self.new_activities)

    @property
    def fingerprint(self) -> str:
        """The same whenever the same would be done."""
        cells = [[c.activity.number, c.role.number, c.was, c.now] for c in self.changes]
        known = [sorted(map(list, each.items())) for each in (self.roles, self.activities)]
        new = [[each.number, each.title, each.group] for each in (*self.new_roles, *self.new_activities)]
        return fingerprint([cells, known, new, [[r.row, r.column, r.value] for r in self.reading.refused]])


def plan(
    sheet: Sheet, options: Mapping[str, Any], answers: Mapping[str, str], register: Matrix, *, unknown: str = SKIP
) -> Plan:
    """Compare a file with the register. `unknown` is what becomes of roles that nobody has answered for."""
    roles, activities = (
        {key(title) for _pk, title in register.roles},
        {key(title) for _pk, title, _g in register.activities},
    )
    found = Plan(read(sheet, options, roles=roles, activities=activities))
    _match_roles(found, register, answers, unknown)
    _match_activities(found, register)
    _compare(found, register)
    return found


def _match_roles(found: Plan, register: Matrix, answers: Mapping[str, str], unknown: str) -> None:
    matched = match([name.title for name in found.reading.roles], register.roles)
    titles = dict(register.roles)
    for name in found.reading.roles:
        meant = matched.get(name.title, Match())
        if meant.exact is not None:
            found.roles[name.number] = meant.exact
            continue
        close = (meant.close, titles[meant.close]) if meant.close is not None else None
        _answer(found, Question(name, close, _answered(answers.get(f"role-{name.number}", ""), close, titles, unknown)))
    _once(found)
    found.new_roles = _fit(
        found, found.new_roles, {title for _pk, title in register.roles}, lambda name: Role(title=name.title)
    )


def _answered(answer: str, close: tuple[int, str] | None, titles: Mapping[int, str], unknown: str) -> str:
    """What was answered, if it can be; else the close one; else as unknown ones go."""
    kind, _apart, number = answer.partition(":")
    if answer in (NEW, SKIP) or (kind == SAME and number.isdigit() and int(number) in titles):
        return answer
    return f"{SAME}:{close[0]}" if close else unknown


def _answer(found: Plan, question: Question) -> None:
    found.questions.append(question)
    if question.answer == NEW:
        found.new_roles.append(question.name)
    elif question.answer == SKIP:
        found.left_out.append(question.name)
    else:
        found.roles[question.name.number] = int(question.answer.partition(":")[2])


def _once(found: Plan) -> None:
    """Two columns never write into one role: the second is left out."""
    taken: dict[int, int] = {}
    for number, pk in list(found.roles.items()):
        if taken.setdefault(pk, number) != number:
            del found.roles[number]
            found.left_out += [name for name in found.reading.roles if name.number == number]


def _match_activities(found: Plan, register: Matrix) -> None:
    """By process and title; by title alone when only one activity has it."""
    named = found.reading.activities
    full = match(
        [_full(n.title, n.group) for n in named],
        [(pk, _full(title, group)) for pk, title, group in register.activities],
    )
    for name in named:
        if (pk := full[_full(name.title, name.group)].exact) is not None:
            found.activities[name.number] = pk
    rest = [name for name in named if name.number not in found.activities]
    free = [(pk, title) for pk, title, _group in register.activities if pk not in set(found.activities.values())]
    by_title = match([name.title for name in rest], free)
    for name in rest:
        if (pk := by_title[name.title].exact) is not None and sum(each.title == name.title for each in rest) == 1:
            found.activities[name.number] = pk
        else:
            found.new_activities.append(name)
    taken = {_full(title, group) for _pk, title, group in register.activities}
    found.new_activities = _fit(found, found.new_activities, taken, _row_of)
    used = set(found.activities.values())
    found.untouched = [title for pk, title, _group in register.activities if pk not in used]


def _fit(found: Plan, names: list[Name], taken: set[str], row: Callable[[Name], Model]) -> list[Name]:
    """New names that can be names; one that differs from another only in capitals would be the same thing twice."""
    folded, fit = {plain(each).lower() for each in taken}, []
    for name in names:
        full = _full(name.title, name.group) if name.group else name.title
        sentence = _unfit(row(name)) or (TWICE if plain(full).lower() in folded else "")
        if sentence:
            found.reading.refused.append(Refused(name.number, "", name.title[:200], str(sentence)))
        else:
            fit.append(name)
        folded.add(plain(full).lower())
    return fit


def _unfit(row: Model) -> str:
    """What is wrong with a new row by itself: too long, or with signs that no text has."""
    try:
        row.clean_fields(exclude=["group"])
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _row_of(name: Name) -> Model:
    """A row whose fields say whether this can be an activity, its process included."""
    return (
        ActivityGroup(name=name.group) if _unfit(ActivityGroup(name=name.group or "-")) else Activity(title=name.title)
    )


def _full(title: str, group: str) -> str:
    return f"{plain(group)}\ue000{plain(title)}"


def _compare(found: Plan, register: Matrix) -> None:
    reading = found.reading
    columns = [role for role in reading.roles if role.number in found.roles or role in found.new_roles]
    new = {name.number for name in found.new_activities}
    for activity in reading.activities:
        if activity.number not in found.activities and activity.number not in new:
            continue
        row = found.activities.get(activity.number)
        for role in columns:
            place = (activity.number, role.number)
            was = register.letters.get((row, found.roles.get(role.number)), "")
            now = reading.letters.get(place, "")
            if was != now and place not in reading.skipped:
                found.changes.append(Change(activity, role, was, now))
