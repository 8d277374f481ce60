"""Doing a review: begin, comment, hand over, finish. What was seen and said is frozen with it (V3; design rules 2 and 12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, NotAllowed, Stale
from ismsroles.core.shown import canonical, fingerprint
from reviews import looking
from reviews.actions.written import once
from reviews.looking import Looked
from reviews.models import Covered, FollowUp, Record, Remark, Review
from reviews.models.reviews import LIVE
from reviews.policy.reviews import is_about
from reviews.states import FOLLOW_UP, REVIEW
from roles.models import Person
from roles.policy import standing

FOLLOW_UP_DAYS = timedelta(days=30)


@dataclass(frozen=True)
class Answer:
    """What the reviewer says of one line; `verdict` empty: not looked at."""

    verdict: str = ""
    note: str = ""


def _moved(review: Review, verb: str, right: str, actor) -> Review:
    row = Review.objects.select_for_update(of=("self",)).select_related("reviewer").get(pk=review.pk)
    require(actor, right, row)
    row.state = REVIEW.move(row.state, verb)
    return row


def _saved(row: Review, fields: list[str]) -> Review:
    try:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name != "reason"])
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), "reason") from error
    row.save(update_fields=fields)
    return row


@transaction.atomic
def start_review(review: Review, *, actor) -> Review:
    """The reviewer begins."""
    row = _moved(review, "start", "reviews.review.do", actor)
    row.started_at = clock.now()
    events.record("review.started", actor=actor, subject=row)
    return _saved(row, ["state", "started_at"])


@transaction.atomic
def comment(review: Review, *, actor, text: str) -> Remark:
    """Whoever was asked says what they think."""
    row = _moved(review, "comment", "reviews.review.comment", actor)
    made = once(Remark(review=row, person=standing(actor).person, by=actor, text=text, at=clock.now()))
    events.record("review.commented", actor=actor, subject=row)
    return made


@transaction.atomic
def hand_over(review: Review, *, actor, to: Person, reason: str) -> Review:
    """Somebody else reviews it: a person who is here, and whom it is not about."""
    row = _moved(review, "hand_over", "reviews.review.hand_over", actor)
    if not to.is_current(clock.today()):
        raise Invalid(
            _("%(person)s is not with the organisation today. Choose somebody who is.") % {"person": to}, "to"
        )
    if is_about(row, to):
        raise Invalid(_("This review is about %(person)s. Choose somebody else.") % {"person": to}, "to")
    was, row.reviewer, row.told = row.reviewer, to, 0
    events.record(
        "review.handed_over", actor=actor, subject=row, was=was or _("nobody"), now=to, reason=reason
    )  # fmt: skip
    return _saved(row, ["reviewer", "told"])


@transaction.atomic
def finish_review(
    review: Review, *, actor, seen: str, answers: Mapping[str, Answer], outcome: str, reason: str,
    owner: Person | None = None, due_on: date | None = None,
) -> Review:  # fmt: skip
    """The reviewer says of each line whether it is still right, and what follows (V3).

    It is bound to what the page showed; a yearly review answers every line; one after a change counts for the year only if it
    did, too. What has to change becomes a follow-up with somebody who sees to it."""
    row = _moved(review, "finish", "reviews.review.do", actor)
    person, day = standing(actor).person, clock.today()
    if is_about(row, person):
        raise NotAllowed(_("This review is about you. Hand it over to somebody else. Nothing was changed."))
    looked = looking.at(row, day)
    if looked.print != seen:
        raise Stale(_("This changed while you were reviewing it. Look at it again; nothing of yours was saved yet."))
    row.covers_all = _answered(row, looked, answers)
    _fitting(answers, outcome, reason)
    row.outcome, row.reason = outcome, reason
    row.completed_at, row.completed_on, row.completed_by, row.completed_by_person = clock.now(), day, actor, person
    _saved(row, [
        "state", "outcome", "reason", "covers_all", "completed_at", "completed_on", "completed_by", "completed_by_person",
    ])  # fmt: skip
    follow_ups = _follow_ups(row, looked, answers, actor, owner or person, due_on or day + FOLLOW_UP_DAYS)
    _freeze(row, looked, answers, follow_ups, actor)
    _cover(row, looked, answers, day, actor)
    words = {"outcome": row.get_outcome_display(), "many": len(follow_ups)}
    events.record("review.finished", actor=actor, subject=row, reason=reason, **words)
    return row


def _answered(row: Review, looked: Looked, answers: Mapping[str, Answer]) -> bool:
    """Whether every line was answered; a yearly review is refused until it is."""
    keys = {seen.line.key for seen in looked.lines}
    given = {key for key, answer in answers.items() if answer.verdict in dict(Review.OUTCOMES)}
    if given - keys:
        raise Stale(_("This changed while you were reviewing it. Look at it again; nothing of yours was saved yet."))
    if row.kind == "periodic" and keys - given:
        raise Invalid(_("Say of each line whether it is still right. A yearly review leaves none out."))
    if keys and not given:
        raise Invalid(_("Say of at least one line whether it is still right."))
    return keys == given


def _fitting(answers: Mapping[str, Answer], outcome: str, reason: str) -> None:
    """Words and outcome agree: what is to change says what, and nothing is right as a whole while a line is not."""
    if outcome not in dict(Review.OUTCOMES):
        raise Invalid(_("Say what the outcome is."), "outcome")
    if not reason.strip():
        raise Invalid(_("Say why, in a sentence: an auditor reads it."), "reason")
    wrong = [answer for answer in answers.values() if answer.verdict in ("change", "retire")]
    if any(not answer.note.strip() for answer in wrong):
        raise Invalid(_("Write beside each line that is to be changed or retired what has to be done."))
    if wrong and outcome == "right":
        raise Invalid(_("A line is to be changed or retired, so the whole is not still right."), "outcome")


def _follow_ups(
    row: Review, looked: Looked, answers: Mapping[str, Answer], actor, owner: Person, due_on: date
) -> list[FollowUp]:
    if due_on < clock.today():
        raise Invalid(_("This day is over. Choose today or a later one."), "due_on")
    if not owner.is_current(clock.today()):
        raise Invalid(
            _("%(person)s is not with the organisation today. Choose somebody who is.") % {"person": owner}, "owner"
        )
    rows = [
        FollowUp(
            review=row, line=seen.line.key[:120], about=seen.line.text, kind=answer.verdict, what=answer.note, owner=owner,
            due_on=due_on, url=seen.line.change_url[:300],
        )
        for seen in looked.lines
        if (answer := answers.get(seen.line.key, Answer())).verdict in ("change", "retire")
    ]  # fmt: skip
    for each in rows:
        history.save(each, actor=actor)
    return rows


def _freeze(row: Review, looked: Looked, answers: Mapping[str, Answer], follow_ups: list[FollowUp], actor) -> None:
    """What was seen, what was said, by whom: canonical JSON under its SHA-256."""
    content: dict[str, Any] = looked.content
    for line in content["lines"]:
        answer = answers.get(line["key"], Answer())
        line |= {"answer": answer.verdict, "note": answer.note}
    person = row.completed_by_person
    content |= {
        "seen": looked.print, "outcome": row.outcome, "reason": row.reason, "covers_all": row.covers_all,
        "by": {"name": person.name, "as": _office(actor)}, "at": row.completed_at.astimezone(clock.UTC).isoformat(timespec="seconds"),
        "follow_ups": [{"what": one.what, "owner": one.owner.name, "due_on": one.due_on.isoformat()} for one in follow_ups],
    }  # fmt: skip
    once(
        Record(
            review=row, content=canonical(content).decode(), sha256=fingerprint(content), at=row.completed_at, by=actor,
            person=person, name=person.name, role=_office(actor),
        )
    )  # fmt: skip


def _office(actor) -> str:
    """As what they did it."""
    who = standing(actor)
    return str(_("information security manager")) if who.is_ism else who.approves_as


def _cover(row: Review, looked: Looked, answers: Mapping[str, Answer], day: date, actor) -> None:
    """From which things the year counts anew, and which other reviews are covered by this one."""
    own = [(row.subject_kind, row.subject_id)] if row.covers_all else []
    lines = [
        seen.line.covers for seen in looked.lines if seen.line.covers and answers.get(seen.line.key, Answer()).verdict
    ]
    for kind, pk in dict.fromkeys([*own, *lines]):
        once(Covered(subject_kind=kind, subject_id=pk, on=day, review=row))
    others = Review.objects.none()
    for kind, pk in own:
        others |= Review.objects.filter(subject_kind=kind, subject_id=pk, state__in=LIVE)
    for kind, pk in lines:
        others |= Review.objects.filter(subject_kind=kind, subject_id=pk, state__in=LIVE, kind="periodic")
    for other in others.exclude(pk=row.pk).order_by("pk"):
        other.state, other.superseded_by = REVIEW.move(other.state, "supersede"), row
        events.record("review.superseded", actor=actor, subject=other, by=row)
        _saved(other, ["state", "superseded_by"])


# What follows ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def close_follow_up(follow_up: FollowUp, *, actor, result: str) -> FollowUp:
    """It is done: what was done about it."""
    row = FollowUp.objects.select_for_update(of=("self",)).select_related("review", "owner").get(pk=follow_up.pk)
    require(actor, "reviews.follow_up.close", row)
    row.state = FOLLOW_UP.move(row.state, "close")
    if not result.strip():
        raise Invalid(_("Say what was done."), "result")
    row.result, row.closed_on, row.closed_by = result, clock.today(), actor
    history.save(row, actor=actor)
    events.record("review.follow_up_closed", actor=actor, subject=row.review, what=row.what, result=result)
    return row


def proposed(told: list) -> None:
    """A proposal for a role is what its open follow-ups about who holds it asked for: they become it, in the same transaction."""
    from roles.models import Assignment

    seats = Assignment.objects.filter(pk__in=[int(event.subject_id) for event in told]).select_related("role")
    for seat in seats:
        about_holders = FollowUp.objects.filter(
            review__subject_kind="role",
            review__subject_id=seat.role_id,
            state="open",
            line__regex=r"^(assignment-|vacant)",
        )
        for row in about_holders.select_for_update(of=("self",)):
            row.state, row.assignment = FOLLOW_UP.move(row.state, "propose"), seat
            history.save(row, actor=seat.proposed_by)


events.listen(["assignment.proposed"], proposed)
