"""Reminders of what is due or expires within 60, 30 and 7 days, and of what is overdue (C5).

Run each day, or late, or twice: each person gets one mail for each newest threshold that was crossed, with all that is due."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from competence import due
from competence.models import TrainingAction
from competence.queries import induction, training, understanding
from ismsroles.core import clock
from ismsroles.notices.telling import Telling, tell_many
from roles.actions.readers import reader_of
from roles.models import Person
from roles.terms import in_words


@dataclass(frozen=True)
class Item:
    """One thing that somebody is reminded of."""

    person: int
    due_on: date
    words: str
    since: date


@transaction.atomic
def remind() -> int:
    """Leave the mails of today in the outbox; returns how many people are reminded (each mail goes out once, by its key)."""
    today = clock.today()
    by_person: dict[int, list[Item]] = defaultdict(list)
    for item in _items(today):
        by_person[item.person].append(item)
    people = Person.objects.current(today).exclude(email="").filter(pk__in=by_person)
    told = {person: sorted(by_person[person.pk], key=lambda item: (item.due_on, item.words)) for person in people}
    tell_many(_telling(person, items, today) for person, items in told.items())
    return len(people)


def _items(today: date) -> list[Item]:
    return [*_expiring(today), *_planned(today), *_courses(today), *_induction(today), *_rounds(today)]


def _item(person: int, due_on: date, words: str, today: date, known_since: date | None = None) -> list[Item]:
    since = due.crossed(due_on, today, known_since)
    return [Item(person, due_on, words, since)] if since else []


def _expiring(today: date) -> list[Item]:
    found: list[Item] = []
    for row in training.expiring(today):
        words = _("your %(evidence)s in “%(skill)s” expires") % {
            "evidence": row.get_evidence_display(),
            "skill": row.skill,
        }
        known = row.recorded_at.astimezone(clock.zone()).date()
        found += _item(row.person_id, row.valid_until, words, today, known)
    return found


def _planned(today: date) -> list[Item]:
    found: list[Item] = []
    for row in TrainingAction.objects.still_open().select_related("person"):
        known = row.planned_at.astimezone(clock.zone()).date()
        found += _item(row.person_id, row.due_on, _("training: %(what)s") % {"what": row.what}, today, known)
        if row.owner_id != row.person_id:
            words = _("you see to it that %(person)s is trained: %(what)s") % {"person": row.person, "what": row.what}
            found += _item(row.owner_id, row.due_on, words, today, known)
    return found


def _courses(today: date) -> list[Item]:
    found: list[Item] = []
    for one in training.dues(today):
        found += _item(one.person, one.due_on, _("take “%(course)s”") % {"course": one.course}, today)
    return found


def _induction(today: date) -> list[Item]:
    found: list[Item] = []
    for one in induction.owed(today):
        if one.accepted_at is None:
            words = _("read and accept “%(item)s”") % {"item": one.item}
            found += _item(one.person, one.due_on, words, today, one.since)
    return found


def _rounds(today: date) -> list[Item]:
    found: list[Item] = []
    for one in understanding.open_rounds(today):
        words = _("answer a few questions: “%(round)s”") % {"round": one}
        for line in understanding.asked(one, today):
            if line.shown_on is None:
                found += _item(line.pk, line.due_on, words, today, one.starts_on)
    return found


def _telling(person: Person, items: list[Item], today: date) -> Telling:
    lines = [f"{_when(item.due_on, today)}: {item.words}" for item in items]
    newest = due.newest(item.since for item in items)
    return Telling(
        "training.due", reader_of(person), newest.isoformat(), reverse("my-competence"), params={"lines": lines}
    )


def _when(day: date, today: date) -> str:
    words = {"day": in_words(day)}
    return _("overdue since %(day)s") % words if day < today else _("by %(day)s") % words
