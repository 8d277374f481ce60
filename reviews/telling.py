"""Telling reviewers: of the opening, a week before the due day, when overdue, and then top management (V1). Once each, by state."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ismsroles.core import clock, events
from ismsroles.notices.telling import Telling, tell_many
from reviews import dates, reviewable, reviewers
from reviews.models import Review, Stakeholder
from reviews.sweep import also
from roles.actions.readers import reader_of
from roles.models import Person
from roles.terms import in_words

BATCH = 500
SHOWN = ("subject_label", "due_on", "told", "reviewer_id")  # what the telling looks at


@also
def reviews_handed_on() -> int:
    """An open review whose reviewer has left, or that nobody could do, goes to whoever can do it now."""
    day = clock.today()
    gone = Review.objects.live().filter(Q(reviewer=None) | Q(reviewer__last_day__lt=day))
    return (
        sum(_hand_on(kind, gone.filter(subject_kind=kind.key), day) for kind in reviewable.kinds())
        if gone.exists()
        else 0
    )


@transaction.atomic
def _hand_on(kind: reviewable.Kind, waiting, day: date) -> int:
    rows = {row.subject_id: row for row in waiting.select_for_update(of=("self",)).order_by("pk")[:BATCH]}
    subjects = list(kind.standing(day).filter(pk__in=rows)) if rows else []
    if not subjects:
        return 0
    who = reviewers.chosen(kind, subjects, reviewers.offices(day))
    names = dict(Person.objects.filter(pk__in=filter(None, who.values())).values_list("pk", "name"))
    moved, told = [], []
    for pk, person in who.items():
        row = rows[pk]
        if person and person != row.reviewer_id:
            row.reviewer_id, row.told = person, 0
            moved.append(row)
            told.append(events.prepare("review.handed_on", actor=None, subject=row, now=names[person]))
    Review.objects.bulk_update(moved, ["reviewer", "told"], batch_size=BATCH)
    events.record_many(told)
    return len(moved)


@also
def reviews_told() -> int:
    """To each reviewer one message of each kind with all that is new, to top management one with what is long overdue."""
    told, after = 0, 0
    while rows := _tell_batch(clock.today(), after):
        told, after = told + len(rows), rows[-1].pk
    return told


def due_to_tell(day: date):
    """Open reviews of which somebody has to hear something that they have not heard yet."""
    steps = Q(told__lt=dates.OPENED) | Q(told__lt=dates.SOON, due_on__lte=day + dates.BEFORE_DUE)
    steps |= Q(told__lt=dates.OVERDUE, due_on__lt=day)
    steps |= Q(told__lt=dates.ESCALATED, due_on__lt=day - dates.ESCALATES_AFTER)
    return Review.objects.live().filter(steps, reviewer__isnull=False)


@transaction.atomic
def _tell_batch(day: date, after: int) -> list[Review]:
    locked = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    rows = list(
        due_to_tell(day)
        .filter(pk__gt=after)
        .select_for_update(of=("self",), **locked)
        .only(*SHOWN)
        .order_by("pk")[:BATCH]
    )
    if not rows:
        return []
    own: dict[tuple[int, str], list[Review]] = defaultdict(list)
    reached: dict[int, list[int]] = defaultdict(list)
    fresh = [row for row in rows if row.told == dates.UNTOLD]
    for row in rows:
        row.told = dates.step(row.due_on, day)
        own[row.reviewer_id, CODES[row.told]].append(row)
        reached[row.told].append(row.pk)
    for step, pks in reached.items():  # there are four steps at most
        Review.objects.filter(pk__in=pks).update(told=step)
    people = Person.objects.current(day).exclude(email="").in_bulk({pk for pk, _code in own})
    tell_many(_own(people[pk], code, found, day) for (pk, code), found in own.items() if pk in people)
    tell_many(_escalations([row for row in rows if row.told == dates.ESCALATED], day))
    tell_many(_views_asked(fresh, day))
    return rows


CODES = {
    dates.OPENED: "review.opened", dates.SOON: "review.soon", dates.OVERDUE: "review.late", dates.ESCALATED: "review.late",
}  # fmt: skip


def _own(person: Person, code: str, rows: list[Review], day: date) -> Telling:
    """One review leads to its own page, several to the list of them."""
    url = rows[0].get_absolute_url() if len(rows) == 1 else reverse("my-reviews")
    words = {"lines": _lines(rows, day)}
    return Telling(code, reader_of(person), _key(person, rows), url, about_reviewer(person.pk), words)


def about_reviewer(person: int) -> str:
    """What messages to a reviewer are about: they ask no more when nothing waits for this person."""
    return f"reviewer:{person}"


def about_view(review: int) -> str:
    """What messages to those who may comment on a review are about."""
    return f"review-view:{review}"


def _escalations(rows: list[Review], day: date) -> Iterator[Telling]:
    """What is more than a week overdue: top management hears of it (V1)."""
    top = Person.objects.exclude(email="").filter(pk__in=reviewers.offices(day).top) if rows else []
    words = {"lines": _lines(rows, day, Person.objects.in_bulk({row.reviewer_id for row in rows}) if top else None)}
    for one in top:
        yield Telling(
            "review.escalated", reader_of(one), _key(one, rows), f"{reverse('reviews')}?show=overdue", params=words
        )


def _views_asked(rows: list[Review], day: date) -> Iterator[Telling]:
    """Whom a new review concerns is asked for a view, once, while there is time for it (V3)."""
    found = Stakeholder.objects.filter(review__in=[row.pk for row in rows if row.due_on >= day]).exclude(
        person__email=""
    )
    for one in found.select_related("person", "review").order_by("pk") if rows else ():
        words = {"what": one.review, "day": one.review.due_on}
        url, about = one.review.get_absolute_url(), about_view(one.review_id)
        yield Telling("review.view", reader_of(one.person), str(one.review_id), url, about, words)


def _lines(rows: list[Review], day: date, people: dict[int, Person] | None = None) -> list[str]:
    ordered = sorted(rows, key=lambda row: (row.due_on, row.subject_label))
    when = {due: _when(due, day) for due in {row.due_on for row in rows}}  # many are due on the same day
    lines = [f"{row.subject_label}: {when[row.due_on]}" for row in ordered]
    return (
        [f"{line} ({people[row.reviewer_id]})" for line, row in zip(lines, ordered, strict=True)] if people else lines
    )


def _when(due: date, day: date) -> str:
    words = {"day": in_words(due)}
    return _("overdue since %(day)s") % words if due < day else _("by %(day)s") % words


def _key(person: Person, rows: list[Review]) -> str:
    """The same news is one message, however often it is found."""
    news = ",".join(f"{row.pk}:{row.told}:{row.reviewer_id}" for row in rows)
    return f"{person.pk}-{sha256(news.encode()).hexdigest()[:24]}"
