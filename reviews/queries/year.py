"""The reviews of the coming year: what is due when, how much that is for whom, and how it could be spread (V1)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery

from ismsroles.core import clock, scope
from ismsroles.core.shown import fingerprint
from reviews import dates, reviewable, reviewers
from reviews.models import Covered, Earlier, Review
from reviews.models.reviews import LIVE
from reviews.opening import base_of
from reviews.reviewers import Offices
from roles.models import Person

MONTHS = 12
CLOSE = timedelta(days=3)  # nearer than this, a move is not worth it


@dataclass(frozen=True)
class Coming:
    """One review of the year: open already, or to come."""

    kind: str
    subject: int
    label: str
    due_on: date
    period: date
    reviewer: int | None
    review: int | None = None


@dataclass(frozen=True)
class Move:
    """A coming review and the earlier day that is proposed."""

    coming: Coming
    to: date


def coming(day: date) -> list[Coming]:
    """Everything that is due within the year, open or not; a number of queries that does not grow with it."""
    return scope.remember(
        ("year of reviews", day), lambda: sorted(_coming(day), key=lambda one: (one.due_on, one.label))
    )


def _coming(day: date) -> Iterator[Coming]:
    rows = Review.objects.live().values_list(
        "subject_kind", "subject_id", "subject_label", "due_on", "period", "reviewer_id", "pk"
    )
    yield from (Coming(*row) for row in rows)
    found = reviewers.offices(day)
    for kind in reviewable.kinds():
        if kind.periodic:
            yield from _not_open(kind, found)


def _not_open(kind: reviewable.Kind, found: Offices) -> Iterator[Coming]:
    own = Q(subject_kind=kind.key, subject_id=OuterRef("pk"))
    last = Covered.objects.filter(own).order_by("-on").values("on")[:1]
    live = Review.objects.filter(own, kind="periodic", state__in=LIVE)
    rows = list(kind.standing(found.day).annotate(last_on=Subquery(last)).filter(~Exists(live)).exclude(since=None))
    moved = {
        (pk, period): due
        for pk, period, due in Earlier.objects.filter(subject_kind=kind.key).values_list(
            "subject_id", "period", "due_on"
        )
    }
    who = reviewers.chosen(kind, rows, found) if rows else {}
    months = found.of(kind).months
    for row in rows:
        period = dates.due_after(base_of(row, kind), months)
        yield Coming(
            kind.key, row.pk, kind.named(row), moved.get((row.pk, period), period), period, who[row.pk]
        )  # fmt: skip


def months(day: date) -> list[date]:
    """The first days of this month and the eleven that follow."""
    first = day.replace(day=1)
    return [dates.due_after(first, number) if number else first for number in range(MONTHS)]


@dataclass
class Load:
    """One person's year: how many reviews in each month, what is late besides."""

    person: Person | None
    late: int
    by_month: list[int]

    @property
    def total(self) -> int:
        return self.late + sum(self.by_month)


def loads(day: date) -> list[Load]:
    """How much it is for whom, the busiest first; nobody stands first, because that has to be mended."""
    counted: dict[int | None, Counter[date]] = defaultdict(Counter)
    for one in coming(day):
        month = date.min if one.due_on < day else one.due_on.replace(day=1)
        counted[one.reviewer][month] += 1
    people = Person.objects.in_bulk([pk for pk in counted if pk])
    rows = [
        Load(people.get(pk), found[date.min], [found[month] for month in months(day)]) for pk, found in counted.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.person is not None, -row.total, row.person.name_key if row.person else ""))


def spread(day: date) -> list[Move]:
    """For each reviewer, the reviews that are not open yet, evenly over the time until the last of them; earlier, never later."""
    by_reviewer: dict[int | None, list[Coming]] = defaultdict(list)
    first = day + dates.AHEAD
    for one in coming(day):
        if one.review is None and one.due_on > first:
            by_reviewer[one.reviewer].append(one)
    moves = []
    for group in by_reviewer.values():
        ordered = sorted(group, key=lambda one: (one.due_on, one.kind, one.subject))
        new = dates.spread(len(ordered), [one.due_on for one in ordered], first)
        moves += [Move(one, to) for one, to in zip(ordered, new, strict=True) if one.due_on - to > CLOSE]
    return sorted(moves, key=lambda move: (move.to, move.coming.label, move.coming.subject))


def print_of(moves: list[Move]) -> str:
    """What was proposed, as one fingerprint."""
    return fingerprint([[one.coming.kind, one.coming.subject, str(one.coming.period), str(one.to)] for one in moves])


def today() -> date:
    """The day from which the year is shown."""
    return clock.today()
