"""What lapses by its date, with nobody doing anything: found by the sweep, each lapse once (V2)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from competence.gaps import EXPIRED_STATE
from competence.models import Assessment, Requirement, TrainingAction
from competence.queries import picture
from ismsroles.core import clock
from reviews import opening
from reviews.opening import Wanted
from reviews.sweep import also
from roles.models import Assignment, SeparationException


@dataclass(frozen=True)
class Lapse:
    """One kind of lapse: what it is called, what it opens, and how it is found on a day."""

    what: Any
    code: str
    find: Callable[[date], Iterable[tuple[str, str, int, date]]]  # key, kind, number, the day after which it is so
    kinds: tuple[str, ...]
    of: Any
    days: int


def _competence(day: date) -> Iterator[tuple[str, str, int, date]]:
    """What a role must have and its holder had shown is no longer valid."""
    if not Assessment.objects.filter(valid_until__lt=day).exists():
        return
    lost = {
        (one.person, one.need.role, one.need.skill)
        for one in picture.gaps(day)
        if one.state == EXPIRED_STATE and one.need.must
    }
    if not lost:
        return
    rows = Assessment.objects.filter(person__in={person for person, _role, _skill in lost}, valid_until__lt=day)
    ended = {
        (p, s): on for p, s, on in rows.order_by().values_list("person_id", "skill_id").annotate(on=Max("valid_until"))
    }
    seats = _seats(day, {person for person, _role, _skill in lost})
    for person, role, skill in sorted(lost):
        on = ended.get((person, skill))
        for seat in seats.get((person, role), ()) if on else ():
            yield f"{skill}:{on.isoformat()}:{seat}", "assignment", seat, on


def _plans(day: date) -> Iterator[tuple[str, str, int, date]]:
    """A planned training that was not done by its day: the seats that need what it teaches."""
    late = list(TrainingAction.objects.overdue(day).values_list("pk", "person_id", "skill_id", "role_id", "due_on"))
    if not late:
        return
    needs = set(Requirement.objects.in_force(day).values_list("role_id", "skill_id"))
    seats = _seats(day, {row[1] for row in late})
    for pk, person, skill, role, due in late:
        for (who, where), held in seats.items():
            if who == person and (where == role or (where, skill) in needs):
                yield from ((f"{pk}:{due.isoformat()}:{seat}", "assignment", seat, due) for seat in held)


def _exceptions(day: date) -> Iterator[tuple[str, str, int, date]]:
    """An exception whose last day is over: what it covered is covered no more."""
    over = SeparationException.objects.filter(state="approved", ends_on__lt=day, ends_on__gte=day - timedelta(days=400))
    rows = list(over.values_list("pk", "person_id", "ends_on"))
    held = _roles(day, {row[1] for row in rows}) if rows else {}
    for pk, person, last in rows:
        yield from ((f"{pk}:{role}", "role", role, last) for role in held.get(person, ()))


def _seats(day: date, people: set[int]) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    rows = Assignment.objects.current(day).filter(person__in=people).order_by("pk")
    for pk, person, role in rows.values_list("pk", "person_id", "role_id"):
        found.setdefault((person, role), []).append(pk)
    return found


def _roles(day: date, people: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for person, role in _seats(day, people):
        found.setdefault(person, []).append(role)
    return found


LAPSES = [
    Lapse(
        _("What a role must have is no longer shown by who holds it"), "competence.lapsed", _competence, ("assignment",),
        _("the assignment"), 14,
    ),
    Lapse(
        _("A planned training was not done by its day"), "training.overdue", _plans, ("assignment",),
        _("the assignment that needs it"), 14,
    ),
    Lapse(
        _("The last day of an exception from separation is over"), "separation.exception_over", _exceptions, ("role",),
        _("each role the person holds or stands in for"), 14,
    ),
]  # fmt: skip


@also
def reviews_after_lapses() -> int:
    """Open what lapsed and was not counted before."""
    day = clock.today()
    return opening.open_or_join([one for lapse in LAPSES for one in _wanted(lapse, day)])


def _wanted(lapse: Lapse, day: date) -> Iterator[Wanted]:
    for key, kind, subject, on in lapse.find(day):
        at = datetime.combine(max(on, day - timedelta(days=1)), time(12), clock.zone())
        yield Wanted(kind, subject, lapse.code, f"{lapse.code}:{key}", at, lapse.days, {"day": on.isoformat()})
