"""Reviews as their pages list them."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ismsroles.core import facts
from reviews.models import FollowUp, Remark, Review
from reviews.models.reviews import LIVE
from reviews.reviewable import kind_of
from roles.models import Person
from roles.policy import standing


def questions(day: date) -> dict[str, tuple[Any, Q]]:
    """The saved questions above the list."""
    return {
        "": (_("Open"), Q(state__in=LIVE)),
        "overdue": (_("Overdue"), Q(state__in=LIVE, due_on__lt=day)),
        "nobody": (_("Nobody to review"), Q(state__in=LIVE, reviewer=None)),
        "changes": (_("After a change"), Q(state__in=LIVE, kind="on_change")),
        "done": (_("Done"), Q(state__in=["done", "superseded"])),
    }


def narrowed(rows: QuerySet[Review], q: str | None, of: str | None, by: Person | None) -> QuerySet[Review]:
    """Reviews that fit the filter."""
    for word in (q or "").split():
        rows = rows.filter(subject_label__icontains=word)
    rows = rows.filter(subject_kind=of) if of else rows
    return rows.filter(reviewer=by) if by else rows


def listed(rows: QuerySet[Review], show: str, sort: str = "") -> QuerySet[Review]:
    """With what a line says, the most urgent first; what is done, newest first."""
    order = {"what": "subject_label", "-what": "-subject_label", "due": "due_on", "-due": "-due_on"}.get(sort)
    rows = rows.select_related("reviewer")
    return rows.order_by(order or ("-completed_at" if show == "done" else "due_on"), "-pk" if show == "done" else "pk")


def with_kinds(rows: list[Review]) -> list[Review]:
    """Each with the name of its kind, for the page."""
    for row in rows:
        kind = kind_of(row.subject_kind)
        row.what = kind.one if kind else row.subject_kind
    return rows


def _waiting(user) -> facts.HowMany | None:
    person = standing(user).person
    return facts.HowMany(Review.objects.live().filter(reviewer=person)) if person else None


# How many reviews this user has to do, for every page; None for none.
waiting_for = facts.register("reviews_to_do", _waiting)


def to_do(person: Person) -> list[Review]:
    """Open reviews of this person, the most urgent first."""
    return with_kinds(list(Review.objects.live().filter(reviewer=person).order_by("due_on", "pk")))


def to_comment(person: Person) -> list[Review]:
    """Open reviews on which this person was asked and has not said anything yet."""
    said = Remark.objects.filter(review=OuterRef("pk"), person=person)
    rows = Review.objects.live().filter(stakeholders__person=person).filter(~Exists(said))
    return with_kinds(list(rows.select_related("reviewer").order_by("due_on", "pk")[:100]))


def follow_ups(person: Person) -> list[FollowUp]:
    """What this person has to see to."""
    return list(FollowUp.objects.open().filter(owner=person).select_related("review", "assignment"))
