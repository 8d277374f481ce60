"""Meetings of the management review team: plan, move, cancel, hold (T2, T3)."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history, scope
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from reviews import planning
from reviews.actions import inviting
from reviews.agenda import ITEMS, figures
from reviews.meeting_states import MEETING
from reviews.models import AgendaItem, Attendance, Decision, Meeting
from reviews.queries.meetings import items_of, may_sit, period_of, quorum_of
from reviews.queries.team import Team, charter, team
from roles.actions import changes

KEEP = "reviews.meeting.keep"
AT_MOST = 12


@transaction.atomic
def plan_meetings(*, actor, first: date, at: time, lasts: int, place: str, count: int = 4) -> list[Meeting]:
    """Plan a row of meetings, each as late as the rules of the team allow and never later (T2)."""
    require(actor, KEEP)
    rules = charter()
    if rules is None:
        raise WrongState(_("Write down the rules of the team first: how often it meets follows from them."))
    if first < clock.today():
        raise Invalid(_("Choose today or a later day."), "first")
    if not 1 <= count <= AT_MOST:
        raise Invalid(_("Plan one to twelve meetings at a time."), "count")
    days = [first, *planning.plan(first, rules.every, count - 1)]
    return [_plan(planning.moment(day, at, clock.zone()), lasts, place, actor) for day in days]


def _plan(starts_at: datetime, lasts: int, place: str, actor) -> Meeting:
    meeting = Meeting(number=_next_number(starts_at), starts_at=starts_at, lasts=lasts, place=place)
    history.save(meeting, actor=actor)
    items = [
        AgendaItem(meeting=meeting, position=at, key=key, clause=clause, title=str(title))
        for at, (key, clause, title) in enumerate(ITEMS, 1)
    ]
    history.bulk_create(items, AgendaItem, actor=actor)
    events.record("meeting.planned", actor=actor, subject=meeting, day=meeting.day.isoformat(), place=place)
    return meeting


def _next_number(starts_at: datetime) -> str:
    """The year, and how many it has had: 2026-3. A number is never given twice."""
    year = starts_at.year
    taken = set(Meeting.objects.filter(number__startswith=f"{year}-").values_list("number", flat=True))
    return next(number for number in (f"{year}-{n}" for n in range(1, len(taken) + 2)) if number not in taken)


@transaction.atomic
def invite(meeting: Meeting, *, actor) -> Meeting:
    """Send the invitation to every member and deputy; again, it goes to those who are on the team by now (T2)."""
    meeting = locked(meeting)
    MEETING.move(meeting.state, "move")
    require(actor, KEEP)
    meeting.invited_at = clock.now()
    history.save(meeting, actor=actor)
    told = inviting.invite(meeting)
    events.record("meeting.invited", actor=actor, subject=meeting, count=len(told))
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting, *, actor, starts_at: datetime, lasts: int, place: str, reason: str = "", seen: str = ""
) -> Meeting:
    """Another time or place; who was invited gets the change under the same entry of their calendar (T2)."""
    meeting = locked(meeting)
    MEETING.move(meeting.state, "move")
    require(actor, KEEP)
    if what := changes.apply(meeting, {"starts_at": starts_at, "lasts": lasts, "place": place, "seen": seen}):
        meeting.sequence += 1
        history.save(meeting, actor=actor, reason=reason)
        events.record("meeting.moved", actor=actor, subject=meeting, what=what, reason=reason)
        if meeting.invited_at:
            inviting.update(meeting)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, actor, reason: str) -> Meeting:
    """It does not take place; the entry in the calendars goes away, and the reason stays."""
    meeting = locked(meeting)
    state = MEETING.move(meeting.state, "cancel")
    require(actor, KEEP)
    if not reason.strip():
        raise Invalid(_("Say why: who was invited reads it, and so does an auditor."), "reason")
    meeting.state, meeting.closed_reason, meeting.sequence = state, reason, meeting.sequence + 1
    history.save(meeting, actor=actor, reason=reason)
    events.record("meeting.cancelled", actor=actor, subject=meeting, reason=reason)
    if meeting.invited_at:
        inviting.cancel(meeting)
    return meeting


@transaction.atomic
def hold(meeting: Meeting, *, actor, came: Mapping[int, int | None], guests: str = "") -> Meeting:
    """Record who sat in which place. The figures of the agenda stay as they are at that moment (T3)."""
    meeting = locked(meeting)
    first = meeting.state == "planned"
    state = MEETING.move(meeting.state, "hold" if first else "minute")
    require(actor, KEEP)
    refuse_minuted(meeting)
    if meeting.starts_at > clock.now():
        raise WrongState(_("It has not begun yet. Who came is recorded when it has."))
    found = team(meeting.day)
    if found is None or not found.seats:
        raise WrongState(_("Nobody sat on the team on that day, so nobody could meet."))
    _record_attendance(meeting, found, came, actor)
    meeting.state, meeting.guests = state, guests.strip()
    history.save(meeting, actor=actor)
    if first:
        _keep_figures(meeting, actor)
    events.record(
        "meeting.held" if first else "meeting.attendance_changed", actor=actor, subject=meeting, **_counted(came)
    )
    return meeting


def _counted(came: Mapping[int, int | None]) -> dict[str, int]:
    return {"present": sum(person is not None for person in came.values()), "seats": len(came)}


def _record_attendance(meeting: Meeting, found: Team, came: Mapping[int, int | None], actor) -> None:
    rows = []
    for seat in found.seats:
        person = came.get(seat.pk)
        if person is not None and person not in {one.pk for one in may_sit(found, seat)}:
            raise Invalid(
                _("Only the member or a deputy sits in the place of %(person)s.") % {"person": seat.person},
                f"seat_{seat.pk}",
            )
        if person is not None and person in {one.person_id for one in rows}:
            raise Invalid(_("One person sits in one place. Choose nobody, or somebody else."), f"seat_{seat.pk}")
        rows.append(Attendance(meeting=meeting, seat=seat, person_id=person))
    if Decision.objects.filter(meeting=meeting).exists() and not quorum_of(found, rows).is_met:
        raise Invalid(
            _("Something was decided, and without these people it could not have been. Take the decisions back first.")
        )
    for earlier in Attendance.objects.filter(meeting=meeting):
        history.delete(earlier, actor=actor)
    history.bulk_create(rows, Attendance, actor=actor)


def _keep_figures(meeting: Meeting, actor) -> None:
    """What the register knew of each item, as it was shown at the meeting."""
    items, period = items_of(meeting), period_of(meeting)
    for item in items:
        item.figures = figures(item.key, period) if item.key else []
    history.bulk_update(items, AgendaItem, ["figures"], actor=actor)


def refuse_minuted(meeting: Meeting) -> None:
    """What stands in frozen minutes does not change (T3)."""
    if meeting.is_minuted:
        raise WrongState(_("The minutes are frozen. Recall them first, or have it decided at the next meeting."))


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, locked until the transaction ends."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("minutes").get(pk=meeting.pk)
    scope.forget()  # the lock may have been waited for: who may is asked anew
    return found
