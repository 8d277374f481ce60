"""Reviews open by their date, or because something changed. Safe to run twice, late, or by many at once (design §6; rule 11).

What makes a review that one and no other is a unique key in the database; rows are inserted where that key is free, and each run
knows its own rows by its number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from ismsroles.core import clock, events
from reviews import dates, reviewers
from reviews.models import Covered, Earlier, Review, Stakeholder, Trigger
from reviews.models.reviews import LIVE
from reviews.reviewable import Kind, kind_of
from reviews.reviewers import Offices

BATCH = 500
TURNS = 3


# By their date ---------------------------------------------------------------------------------------------------------------


def open_due(kind: Kind, found: Offices) -> int:
    """Open each review of this kind that is due within its time ahead and is not open yet; returns how many.

    What is due is asked once; each batch is then read by its numbers."""
    due = list(due_rows(kind, found).order_by("pk").values_list("pk", flat=True))
    batches = (due[start : start + BATCH] for start in range(0, len(due), BATCH))
    return sum(
        _open_batch(kind, list(_standing(kind, found).filter(pk__in=each).order_by("pk")), found) for each in batches
    )


def due_rows(kind: Kind, found: Offices) -> QuerySet:
    """The things whose last review, or approval, is long enough ago, and of which no yearly review is open."""
    months = found.of(kind).months
    horizon = found.day + dates.ahead(months)
    own = Q(subject_kind=kind.key, subject_id=OuterRef("pk"))
    earlier = Earlier.objects.filter(own, due_on__lte=horizon, period__gt=horizon)
    live = Review.objects.filter(own, kind="periodic", state__in=LIVE)
    cut = dates.latest_base(horizon, months)
    rows = _standing(kind, found)
    long_ago = Q(last_on__lte=cut) | (Q(last_on=None) & before_or_on(kind, cut))
    return rows.filter(long_ago | Exists(earlier)).filter(~Exists(live))


def _standing(kind: Kind, found: Offices) -> QuerySet:
    """The things of this kind that stand today, each with the day of its last review."""
    last = Covered.objects.filter(subject_kind=kind.key, subject_id=OuterRef("pk")).order_by("-on").values("on")[:1]
    return kind.standing(found.day).annotate(last_on=Subquery(last))


def before_or_on(kind: Kind, day: date) -> Q:
    """Approved on or before this day, as the organisation's own zone has it."""
    if not kind.since_is_moment:
        return Q(since__lte=day)
    return Q(since__lt=clock.begin_of(day + clock.DAY))


def base_of(row: Any, kind: Kind) -> date:
    """From which day the year counts: the last review, else the approval."""
    if row.last_on is not None:
        return row.last_on
    return row.since.astimezone(clock.zone()).date() if kind.since_is_moment else row.since


@transaction.atomic
def _open_batch(kind: Kind, rows: Sequence[Any], found: Offices) -> int:
    run, months = uuid4(), found.of(kind).months
    bases = {row.pk: base_of(row, kind) for row in rows}
    periods = {pk: dates.due_after(base, months) for pk, base in bases.items()}
    moved = _moved(kind, periods, bases)
    who, moment = reviewers.chosen(kind, rows, found), clock.now()
    fresh = [
        Review(
            kind="periodic", subject_kind=kind.key, subject_id=row.pk, subject_label=kind.named(row)[:300],
            period=periods[row.pk], due_on=min(periods[row.pk], moved.get(row.pk, periods[row.pk])),
            base_on=bases[row.pk], opened_at=moment, reviewer_id=who[row.pk], run=run,
        )
        for row in rows
    ]  # fmt: skip
    horizon = found.day + dates.ahead(months)
    return len(_insert(kind, rows, [each for each in fresh if each.due_on <= horizon], run, found))


def _moved(kind: Kind, periods: dict[int, date], bases: dict[int, date]) -> dict[int, date]:
    """Which of these were moved to an earlier day. A period that was reviewed already counts a day earlier: the interval was cut."""
    rows = Earlier.objects.filter(subject_kind=kind.key, subject_id__in=periods)
    moved = {pk: due for pk, period, due in rows.values_list("subject_id", "period", "due_on") if periods[pk] == period}
    done = Review.objects.filter(kind="periodic", subject_kind=kind.key, subject_id__in=periods, state="done")
    for pk, period, on in done.order_by("-period").values_list("subject_id", "period", "completed_on"):
        if periods[pk] == period and on <= bases[pk]:
            periods[pk] = period - timedelta(days=1)
    return moved


def _insert(kind: Kind, rows: Sequence[Any], fresh: list[Review], run: UUID, found: Offices) -> list[Review]:
    """Insert where the key is free; whoever is asked, and the event, come with those that this run made."""
    if not fresh:
        return []
    Review.objects.bulk_create(fresh, ignore_conflicts=True)
    made = _made(fresh, run)
    reviewer = {each.subject_id: each.reviewer_id for each in made}
    asked = reviewers.asked(kind, [row for row in rows if row.pk in reviewer], found, reviewer) if made else {}
    Stakeholder.objects.bulk_create(
        [Stakeholder(review=each, person_id=one) for each in made for one in asked.get(each.subject_id, ())],
        ignore_conflicts=True,
    )
    what = str(kind.one)
    events.record_many(
        [
            events.prepare("review.opened", actor=None, subject=each, what=what, due=each.due_on.isoformat())
            for each in made
        ]
    )
    return made


def _made(fresh: list[Review], run: UUID) -> list[Review]:
    """Those that this run inserted, now with their numbers; the others were there, made by another run."""
    numbers = dict(Review.objects.filter(run=run).values_list("subject_id", "pk"))
    made = [each for each in fresh if each.subject_id in numbers]
    for each in made:
        each.pk = numbers[each.subject_id]
        each._state.adding = False
    return made


# Because something changed ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """One thing that must be looked at because of one change."""

    kind: str
    subject: int
    code: str
    key: str
    at: datetime
    days: int
    params: dict[str, Any] = field(default_factory=dict)
    actor_name: str = ""
    subject_label: str = ""
    event: int | None = None


@transaction.atomic
def open_or_join(wanted: Iterable[Wanted]) -> int:
    """Open a review of each thing that a change touches, or join the one that is open (rule 11). Each change counts once.

    Returns how many were opened. A number of queries for each kind, however many changes there are."""
    found = reviewers.offices(clock.today())
    claimed = _claimed({one.key: one for one in wanted})
    by_kind: dict[str, list[tuple[Trigger, Wanted]]] = defaultdict(list)
    for trigger, one in claimed:
        by_kind[one.kind].append((trigger, one))
    return sum(_of_kind(kind_of(key), pairs, found) for key, pairs in by_kind.items() if kind_of(key))


def _claimed(wanted: dict[str, Wanted]) -> list[tuple[Trigger, Wanted]]:
    """The changes that nobody has counted before: their row is inserted where its key is free."""
    if not wanted:
        return []
    run = uuid4()
    rows = [
        Trigger(
            key=one.key, code=one.code, params=one.params, actor_name=one.actor_name, subject_label=one.subject_label,
            event_id=one.event, at=one.at, run=run,
        )
        for one in wanted.values()
    ]  # fmt: skip
    Trigger.objects.bulk_create(rows, ignore_conflicts=True)
    return [(row, wanted[row.key]) for row in Trigger.objects.filter(run=run).order_by("pk")]


def _of_kind(kind: Kind, pairs: list[tuple[Trigger, Wanted]], found: Offices) -> int:
    opened = 0
    for start in range(0, len(pairs), BATCH):
        opened += _of_batch(kind, pairs[start : start + BATCH], found)
    return opened


def _of_batch(kind: Kind, pairs: list[tuple[Trigger, Wanted]], found: Offices) -> int:
    subjects = {one.subject for _trigger, one in pairs}
    rows = list(kind.standing(found.day).filter(pk__in=subjects).order_by("pk"))
    standing = {row.pk for row in rows}
    if not standing:
        return 0
    opened, live = [], _live(kind, standing)
    for _turn in range(TURNS):  # once; again when somebody finished one in the meantime
        missing = standing - live.keys()
        if not missing:
            break
        opened += _open_changed(kind, [row for row in rows if row.pk in missing], pairs, found)
        live |= _live(kind, missing)
    told = []
    for trigger, one in pairs:
        if one.subject in live:
            trigger.review_id = live[one.subject]
            told.append(trigger)
    Trigger.objects.bulk_update(told, ["review"], batch_size=BATCH)
    return len(opened)


def _live(kind: Kind, subjects: Iterable[int]) -> dict[int, int]:
    """The open on-change reviews of these, held fast until what joins them is written."""
    rows = Review.objects.select_for_update().filter(
        kind="on_change", subject_kind=kind.key, subject_id__in=subjects, state__in=LIVE
    )
    return dict(rows.order_by("pk").values_list("subject_id", "pk"))


def _open_changed(kind: Kind, rows: Sequence[Any], pairs: list[tuple[Trigger, Wanted]], found: Offices) -> list[Review]:
    run, moment, zone = uuid4(), clock.now(), clock.zone()
    due: dict[int, date] = {}
    for _trigger, one in pairs:
        day = one.at.astimezone(zone).date() + timedelta(days=one.days)
        due[one.subject] = min(due.get(one.subject, day), day)
    who = reviewers.chosen(kind, rows, found)
    fresh = [
        Review(
            kind="on_change", subject_kind=kind.key, subject_id=row.pk, subject_label=kind.named(row)[:300],
            period=due[row.pk], due_on=due[row.pk], opened_at=moment, reviewer_id=who[row.pk], run=run,
        )
        for row in rows
    ]  # fmt: skip
    return _insert(kind, rows, fresh, run, found)
