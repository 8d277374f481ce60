"""Telling reviewers: of the opening, a week before the due day, when overdue, and then top management (V1). Once each, by state."""

from collections import defaultdict
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ismsroles.core import clock, events
from ismsroles.notices import mail
from ismsroles.notices.mail import Mail
from reviews import dates, reviewable, reviewers
from reviews.models import Review
from reviews.sweep import also
from roles.models import Person
from roles.terms import in_words

BATCH = 500


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
    """Mails of today: to each reviewer one with all that is new, to top management one with what is long overdue."""
    told = 0
    while done := _tell_batch(clock.today()):
        told += done
    return told


def due_to_tell(day: date):
    """Open reviews of which somebody has to hear something that they have not heard yet."""
    steps = Q(told__lt=dates.OPENED) | Q(told__lt=dates.SOON, due_on__lte=day + dates.BEFORE_DUE)
    steps |= Q(told__lt=dates.OVERDUE, due_on__lt=day)
    steps |= Q(told__lt=dates.ESCALATED, due_on__lt=day - dates.ESCALATES_AFTER)
    return Review.objects.live().filter(steps, reviewer__isnull=False)


@transaction.atomic
def _tell_batch(day: date) -> int:
    locked = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    rows = list(due_to_tell(day).select_for_update(of=("self",), **locked).order_by("pk")[:BATCH])
    if not rows:
        return 0
    own: dict[int, list[Review]] = defaultdict(list)
    late: list[Review] = []
    for row in rows:
        row.told = dates.step(row.due_on, day)
        own[row.reviewer_id].append(row)
        if row.told == dates.ESCALATED:
            late.append(row)
    Review.objects.bulk_update(rows, ["told"], batch_size=BATCH)
    people = Person.objects.current(day).exclude(email="").in_bulk(own)
    mails = [_own_mail(person, own[pk], day) for pk, person in people.items()]
    mail.post_many([*mails, *_escalations(late, day)])
    return len(rows)


def _own_mail(person: Person, rows: list[Review], day: date) -> Mail:
    text = _("Hello %(person)s,\n\nyou are asked to review:\n\n%(lines)s\n\nYour reviews:\n\n%(link)s\n")
    link = settings.BASE_URL.rstrip("/") + reverse("my-reviews")
    words = {"person": person, "lines": _lines(rows, day), "link": link}
    return Mail(person.email, _("Reviews that wait for you"), text % words, _key("reviews", person, rows))


def _escalations(rows: list[Review], day: date) -> list[Mail]:
    """What is more than a week overdue: top management hears of it (V1)."""
    if not rows:
        return []
    top = Person.objects.exclude(email="").filter(pk__in=reviewers.offices(day).top)
    text = _(
        "Hello %(person)s,\n\nthese reviews are more than a week overdue:\n\n%(lines)s\n\nAll reviews:\n\n%(link)s\n"
    )
    link = settings.BASE_URL.rstrip("/") + reverse("reviews") + "?show=overdue"
    return [
        Mail(
            one.email, _("Reviews are overdue"), text % {"person": one, "lines": _lines(rows, day), "link": link},
            _key("reviews-late", one, rows),
        )
        for one in top
    ]  # fmt: skip


def _lines(rows: list[Review], day: date) -> str:
    ordered = sorted(rows, key=lambda row: (row.due_on, row.subject_label))
    return "\n".join(f"- {row.subject_label}: {_when(row, day)}" for row in ordered)


def _when(row: Review, day: date) -> str:
    words = {"day": in_words(row.due_on)}
    return _("overdue since %(day)s") % words if row.due_on < day else _("by %(day)s") % words


def _key(kind: str, person: Person, rows: list[Review]) -> str:
    """The same news is one mail, however often it is found."""
    news = ",".join(f"{row.pk}:{row.told}:{row.reviewer_id}" for row in rows)
    return f"{kind}-{person.pk}-{sha256(news.encode()).hexdigest()[:24]}"
