"""What is written down at a meeting: notes, decisions, the manager’s report, and what somebody has to do (T3, T5)."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from reviews.actions.inviting import tell_owner
from reviews.actions.meetings import KEEP, locked, refuse_minuted
from reviews.meeting_states import ACTION, MEETING
from reviews.models import AgendaItem, Decision, ManagersReport, Meeting, TeamAction
from reviews.queries.meetings import attendance_of, in_words, quorum_of
from reviews.queries.team import team
from roles.actions import changes
from roles.models import Person
from roles.terms import in_words as day_in_words


@transaction.atomic
def add_item(meeting: Meeting, *, actor, title: str) -> AgendaItem:
    """One more thing on the agenda, beside those of clause 9.3."""
    meeting = _open(meeting, actor, planned=True)
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    item = history.save(AgendaItem(meeting=meeting, position=last + 1, title=title.strip()), actor=actor)
    events.record("meeting.item_added", actor=actor, subject=meeting, title=item.title)
    return item


@transaction.atomic
def write_note(item: AgendaItem, *, actor, note: str, seen: str = "") -> AgendaItem:
    """What was said under an item."""
    _open(item.meeting, actor)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if changes.apply(item, {"note": note.strip(), "seen": seen}):
        history.save(item, actor=actor)
        events.record("meeting.noted", actor=actor, subject=item.meeting, title=item.title)
    return item


@transaction.atomic
def decide(meeting: Meeting, *, actor, text: str, item: AgendaItem | None = None) -> Decision:
    """What the team decided. Without a quorum it decides nothing (T3)."""
    meeting = _open(meeting, actor)
    _refuse_foreign(meeting, item)
    counted = quorum_of(team(meeting.day), attendance_of(meeting))
    if not counted.is_met:
        raise WrongState(_("The team could not decide: %(why)s") % {"why": in_words(counted)})
    made = history.save(Decision(meeting=meeting, item=item, text=text.strip()), actor=actor)
    events.record("meeting.decided", actor=actor, subject=meeting, text=made.text)
    return made


@transaction.atomic
def take_back(decision: Decision, *, actor, reason: str = "") -> None:
    """A decision written down by mistake; its history stays."""
    meeting = _open(decision.meeting, actor)
    history.delete(decision, actor=actor, reason=reason)
    events.record("meeting.decision_taken_back", actor=actor, subject=meeting, text=decision.text, reason=reason)


@transaction.atomic
def give_action(
    meeting: Meeting, *, actor, text: str, owner: Person, due_on: date, item: AgendaItem | None = None
) -> TeamAction:
    """Somebody has something to do by a day; it stands on each agenda until it is done (T3)."""
    meeting = _open(meeting, actor)
    _refuse_foreign(meeting, item)
    owner = Person.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    _refuse_unfit(owner, due_on)
    count = TeamAction.objects.filter(meeting=meeting).count()
    made = TeamAction(
        meeting=meeting,
        item=item,
        number=f"{meeting.number}/{count + 1}",
        text=text.strip(),
        owner=owner,
        due_on=due_on,
    )
    history.save(made, actor=actor)
    events.record("team_action.given", actor=actor, subject=made, owner=owner, due=due_on.isoformat())
    tell_owner(made)
    return made


@transaction.atomic
def change_action(action: TeamAction, *, actor, owner: Person, due_on: date, reason: str, seen: str = "") -> TeamAction:
    """Another owner or day; who decided that and why stays in the history."""
    action = _locked_action(action)
    ACTION.move(action.state, "change")
    require(actor, KEEP)
    if not reason.strip():
        raise Invalid(_("Say why: the next meeting reads it."), "reason")
    owner = Person.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    _refuse_unfit(owner, due_on)
    was = action.owner_id
    if what := changes.apply(action, {"owner": owner, "due_on": due_on, "seen": seen}):
        history.save(action, actor=actor, reason=reason)
        events.record("team_action.changed", actor=actor, subject=action, what=what, reason=reason)
        if was != owner.pk:
            tell_owner(action)
    return action


@transaction.atomic
def close_action(action: TeamAction, *, actor, result: str, outcome: str = "finish") -> TeamAction:
    """Done, or given up by the team; what came of it is written down."""
    action = _locked_action(action)
    state = ACTION.move(action.state, outcome)
    require(actor, KEEP if outcome == "drop" else "reviews.action.close", action)
    if not result.strip():
        raise Invalid(_("Say what came of it: the next meeting reads it."), "result")
    action.state, action.result, action.closed_on, action.closed_by = state, result.strip(), clock.today(), actor
    history.save(action, actor=actor, reason=result)
    events.record(f"team_action.{state}", actor=actor, subject=action, reason=result)
    return action


@transaction.atomic
def reopen_action(action: TeamAction, *, actor, reason: str) -> TeamAction:
    """It was not done after all."""
    action = _locked_action(action)
    state = ACTION.move(action.state, "reopen")
    require(actor, KEEP)
    if not reason.strip():
        raise Invalid(_("Say what is still to do."), "reason")
    action.state, action.result, action.closed_on, action.closed_by = state, "", None, None
    history.save(action, actor=actor, reason=reason)
    events.record("team_action.reopened", actor=actor, subject=action, reason=reason)
    return action


@transaction.atomic
def write_report(meeting: Meeting, *, actor, seen: str = "", **parts: str) -> ManagersReport:
    """The report: audit results, incidents, new risks, assigned risks, continual improvements (T5; 5.3 b)."""
    require(actor, "reviews.report.write")
    meeting = locked(meeting)
    if meeting.state == "cancelled":
        MEETING.move(meeting.state, "hold")
    refuse_minuted(meeting)
    report = ManagersReport.objects.select_for_update(of=("self",)).filter(meeting=meeting).first()
    report = report or ManagersReport(meeting=meeting, written_by=actor)
    texts = {name: text.strip() for name, text in parts.items() if name in ManagersReport.PARTS}
    if changes.apply(report, texts | {"seen": seen}) or report.pk is None:
        report.written_by = actor
        history.save(report, actor=actor)
        events.record("meeting.reported", actor=actor, subject=meeting)
    return report


def _open(meeting: Meeting, actor, *, planned: bool = False) -> Meeting:
    """The meeting, if it may still be written about."""
    meeting = locked(meeting)
    MEETING.move(meeting.state, "move" if planned and meeting.state == "planned" else "minute")
    require(actor, KEEP)
    refuse_minuted(meeting)
    return meeting


def _refuse_foreign(meeting: Meeting, item: AgendaItem | None) -> None:
    if item is not None and item.meeting_id != meeting.pk:
        raise Invalid(_("This item is not on the agenda of this meeting."), "item")


def _refuse_unfit(owner: Person, due_on: date) -> None:
    """Only current people are given something to do, by a day on which they are still there (rule 4)."""
    today = clock.today()
    if not owner.is_current(today):
        raise Invalid(
            _("%(person)s is not with the organisation today. Choose somebody who is.") % {"person": owner}, "owner"
        )
    if due_on < today:
        raise Invalid(_("Choose today or a later day."), "due_on")
    if owner.last_day is not None and due_on > owner.last_day:
        words = {"person": owner, "day": day_in_words(owner.last_day)}
        raise Invalid(_("%(person)s leaves on %(day)s. Choose an earlier day, or somebody else.") % words, "due_on")


def _locked_action(action: TeamAction) -> TeamAction:
    return TeamAction.objects.select_for_update(of=("self",)).select_related("owner", "meeting").get(pk=action.pk)
