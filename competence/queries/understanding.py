"""Rounds of questions: who is asked, who has shown that it is clear, who may try again when (K5)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from competence.models import AnswerSheet, QuestionSheet, Round
from competence.policy import people_seen
from competence.queries.holders import holders
from competence.queries.induction import below
from ismsroles.core import access, clock
from roles.models import Person

PAUSE, JOINERS = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True)
class Asked:
    """One person of a round, and how far they are. `result` is empty for those who may not read it."""

    pk: int
    name: str
    area: str
    due_on: date
    shown_on: date | None
    tried: bool
    result: str = ""

    def is_overdue(self, day: date) -> bool:
        return self.shown_on is None and self.due_on < day


def people(one: Round, on: date) -> QuerySet[Person]:
    """Everybody who is asked: those who are there, of the area with what is below it, or who act in the role."""
    rows = Person.objects.current(on)
    if one.area_id:
        rows = rows.filter(area__in=below().get(one.area_id, set()))
    if one.role_id:
        rows = rows.filter(pk__in={person for person, _role in holders(on, roles=[one.role_id])})
    return rows


def asked(one: Round, on: date, rows: QuerySet[Person] | None = None) -> list[Asked]:
    """Who is asked, those who have not answered first; a fixed number of queries."""
    best = _best(one)
    found = (people(one, on) if rows is None else people(one, on) & rows).order_by("name_key", "pk")
    lines = [
        _line(one, best.get(pk), pk, name, area, joined)
        for pk, name, area, joined in found.values_list("pk", "name", "area__name", "starts_on")
    ]
    return sorted(lines, key=lambda line: line.shown_on is not None)


def _line(one: Round, best: tuple | None, pk: int, name: str, area: str | None, joined: date | None) -> Asked:
    due = max(one.due_on, joined + JOINERS) if joined and joined > one.starts_on else one.due_on
    right, of, at, shown = best or (0, 0, None, False)
    return Asked(
        pk, name, area or "", due, _day(at) if shown else None, best is not None, f"{right}/{of}" if of else ""
    )


def _best(one: Round) -> dict[int, tuple]:
    """The last answers of each person of a round; those that show it stay."""
    rows = AnswerSheet.objects.filter(sheet__round=one).order_by("pk")
    found: dict[int, tuple] = {}
    for person, right, of, at in rows.values_list("sheet__person_id", "right", "asked", "answered_at"):
        if not (person in found and found[person][3]):
            found[person] = (right, of, at, right * 5 >= of * 4)
    return found


def seen(one: Round, user, on: date) -> list[Asked]:
    """Those whom this user sees by name; how many were right is for the person, their line manager and the ISM (rule 15)."""
    named = people_seen(user)
    results = set(access.visible_to(user, AnswerSheet).filter(sheet__round=one).values_list("sheet__person", flat=True))
    return [line if line.pk in results else Asked(**{**vars(line), "result": ""}) for line in asked(one, on, named)]


def open_rounds(on: date) -> QuerySet[Round]:
    """Rounds in which people answer today."""
    return Round.objects.filter(starts_on__lte=on, closed_on=None).select_related("area", "role")


def overdue(on: date) -> set[int]:
    """Who has not shown it by their day in an open round."""
    return {line.pk for one in open_rounds(on) for line in asked(one, on) if line.is_overdue(on)}


@dataclass(frozen=True)
class Mine:
    """One round as the person sees it."""

    round: Round
    due_on: date
    sheet: QuestionSheet | None  # the questions that wait for an answer
    last: AnswerSheet | None
    next_on: date | None  # when there are new questions after a pause

    @property
    def is_shown(self) -> bool:
        return self.last is not None and self.last.is_shown

    def waits(self, on: date) -> bool:
        """Whether the person can answer today."""
        return not self.is_shown and (self.next_on is None or self.next_on <= on)


def mine(person: Person, on: date, rounds: Collection[Round] | None = None) -> list[Mine]:
    """Every open round that asks this person."""
    found = open_rounds(on) if rounds is None else rounds
    return [_mine(one, person) for one in found if people(one, on).filter(pk=person.pk).exists()]


def _mine(one: Round, person: Person) -> Mine:
    sheets = QuestionSheet.objects.filter(round=one, person=person)
    given = list(AnswerSheet.objects.filter(sheet__in=sheets).select_related("sheet").order_by("pk"))
    shown = next((answer for answer in given if answer.is_shown), None)
    last = shown or (given[-1] if given else None)
    newest = sheets.filter(answered=None).order_by("-pk").first()
    waiting = newest if newest and (last is None or newest.pk > last.sheet_id) else None
    pause = _day(last.answered_at) + PAUSE if last and not shown else None
    due = _line(one, None, person.pk, "", "", person.starts_on).due_on
    return Mine(one, due, waiting, last, pause)


def _day(moment) -> date:
    return moment.astimezone(clock.zone()).date()


def sheet(lines: list[Asked]) -> tuple[list[str], list[list]]:
    """Headings and rows for a file."""
    headers = [_("Person"), _("Area"), _("By"), _("Shown on"), _("Right, where you may read it")]
    return headers, [[line.name, line.area, line.due_on, line.shown_on, line.result] for line in lines]
