"""Telling those whom a review, a meeting or an audit gave something to do: at first, and each week when it is overdue (V3, V5, T3)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from ismsroles.core import clock, events
from ismsroles.core.models import AuditEvent
from ismsroles.notices.telling import Telling, end, tell, tell_many
from reviews.models import Corrective, FollowUp, Review, TeamAction
from reviews.sweep import also
from reviews.telling import about_reviewer, about_view
from roles.actions.readers import reader_of

WEEK = 7


def about_follow_ups(review: int) -> str:
    """What messages about the follow-ups of a review are about."""
    return f"follow-ups:{review}"


def about_corrective(action: int) -> str:
    """What messages about a corrective action are about."""
    return f"corrective:{action}"


def about_action(action: int) -> str:
    """What messages about an action of the team are about."""
    return f"team-action:{action}"


def tell_corrector(action: Corrective) -> None:
    """Who corrects a nonconformity learns what, and until when."""
    words = {"what": action.what, "day": action.due_on}
    url = reverse("corrective-done", args=[action.pk])
    tell(
        "corrective.given",
        [reader_of(action.owner)],
        key=str(action.pk),
        url=url,
        about=about_corrective(action.pk),
        **words,
    )


def _review_is_over(told: list[AuditEvent]) -> None:
    """Nobody is asked any more for what is done; who sees to its follow-ups is told."""
    reviews = Review.objects.filter(pk__in=[int(event.subject_id) for event in told])
    for review in reviews.select_related("completed_by_person").order_by("pk"):
        end(about_view(review.pk))
        if review.reviewer_id and not Review.objects.live().filter(reviewer=review.reviewer_id).exists():
            end(about_reviewer(review.reviewer_id))
        _tell_of_follow_ups(review)


def _tell_of_follow_ups(review: Review) -> None:
    rows = list(FollowUp.objects.filter(review=review).select_related("owner").order_by("pk"))
    if not rows or rows[0].owner_id == review.completed_by_person_id:
        return
    words = {
        "what": review,
        "who": review.completed_by_person,
        "day": rows[0].due_on,
        "lines": [one.what for one in rows],
    }
    key, about = str(review.pk), about_follow_ups(review.pk)
    tell("review.follow_up", [reader_of(rows[0].owner)], key=key, url=review.get_absolute_url(), about=about, **words)


def _follow_up_is_closed(told: list[AuditEvent]) -> None:
    for event in told:
        if not FollowUp.objects.open().filter(review=int(event.subject_id)).exists():
            end(about_follow_ups(int(event.subject_id)))


def _action_is_over(told: list[AuditEvent]) -> None:
    end(*(about_action(int(event.subject_id)) for event in told))


events.listen(["review.finished", "review.superseded"], _review_is_over)
events.listen(["review.follow_up_closed"], _follow_up_is_closed)
events.listen(["team_action.done", "team_action.dropped"], _action_is_over)


@also
def late_work_told() -> int:
    """What was to be done by now and is not: its owner hears of it, each week once. Safe to run twice."""
    rows = list(_late(clock.today()))
    tell_many(rows)
    return len(rows)


def _late(day: date) -> Iterator[Telling]:
    for one in TeamAction.objects.filter(state="open", due_on__lt=day).select_related("owner").order_by("pk"):
        yield _still("action", one, one.text, reverse("team-action", args=[one.pk]), about_action(one.pk), day)
    for one in FollowUp.objects.overdue(day).select_related("owner").order_by("pk"):
        url = reverse("follow-up-close", args=[one.pk])
        yield _still("follow-up", one, one.what, url, about_follow_ups(one.review_id), day)
    for one in Corrective.objects.filter(state="open", due_on__lt=day).select_related("owner").order_by("pk"):
        url = reverse("corrective-done", args=[one.pk])
        yield _still("corrective", one, one.what, url, about_corrective(one.pk), day)


def _still(kind: str, one: Any, what: str, url: str, about: str, day: date) -> Telling:
    week = ((day - one.due_on).days - 1) // WEEK
    words = {"what": what if len(what) <= 80 else f"{what[:79]}…", "day": one.due_on}
    key = f"{kind}-{one.pk}-{one.due_on.isoformat()}-{week}"
    return Telling("work.late", reader_of(one.owner), key, url, about, words)
