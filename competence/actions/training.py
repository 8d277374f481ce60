"""Training that closes a gap: plan it, say what came of it, check whether it helped (C3)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from competence.actions.files import keep
from competence.models import TrainingAction, TrainingRecord
from competence.states import TRAINING
from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid
from roles.actions import changes
from roles.models import Person, Role
from roles.terms import in_words


@transaction.atomic
def plan_training(person: Person, *, actor, owner: Person, due_on: date, **values: Any) -> TrainingAction:
    """What this person will do, who sees to it, by when."""
    require(actor, "competence.train", person)
    row = TrainingAction(person=person, owner=owner, due_on=due_on, planned_by=actor, planned_at=clock.now(), **values)
    _refuse_impossible(row)
    history.save(row, actor=actor)
    events.record("training.planned", actor=actor, subject=None, due=due_on.isoformat(), action=row.pk)
    return row


@transaction.atomic
def plan_for_role(
    role: Role, person: Person, *, actor, owner: Person, lines: list[dict[str, Any]]
) -> list[TrainingAction]:
    """The training that somebody needs to fill a role: one action a missing skill, all of them or none (C4)."""
    return [plan_training(person, actor=actor, owner=owner, role=role, **line) for line in lines]


@transaction.atomic
def change_training(action: TrainingAction, *, actor, **values: Any) -> TrainingAction:
    """Another day, another way, somebody else who sees to it."""
    row = _moved(action, "change", actor)
    if changes.apply(row, values):
        _refuse_impossible(row)
        history.save(row, actor=actor)
        events.record("training.changed", actor=actor, subject=None, action=row.pk)
    return row


@transaction.atomic
def finish_training(action: TrainingAction, *, actor, done_on: date, result: str, file: Any = None) -> TrainingAction:
    """It was done: on which day, with which result. The gap closes by an assessment, not by this."""
    row = _locked(action)
    row.state = TRAINING.move(row.state, "finish")
    if row.owner_id != getattr(getattr(actor, "person", None), "pk", None):
        require(actor, "competence.train.finish", row.person)
    if done_on > clock.today():
        raise Invalid(_("This day is still to come. Write the day on which it was done."), "done_on")
    row.done_on, row.result = done_on, result
    row.file = keep(file, row.person, "competence", actor) if file else row.file
    history.save(row, actor=actor)
    record = TrainingRecord(
        person=row.person, title=row.what, action=row, done_on=done_on, result=result[:300], recorded_by=actor,
        recorded_at=clock.now(), file=row.file,
    )  # fmt: skip
    history.save(record, actor=actor)
    events.record("training.done", actor=actor, subject=None, action=row.pk)
    return row


@transaction.atomic
def cancel_training(action: TrainingAction, *, actor, reason: str) -> TrainingAction:
    """It will not be done; the gap is without a plan again."""
    row = _moved(action, "cancel", actor)
    if not reason.strip():
        raise Invalid(_("Say why it is cancelled."), "reason")
    row.result = reason
    history.save(row, actor=actor, reason=reason)
    events.record("training.cancelled", actor=actor, subject=None, action=row.pk)
    return row


@transaction.atomic
def check_training(action: TrainingAction, *, actor, helped: bool, note: str) -> TrainingAction:
    """Whether it helped, and what shows it; judged by somebody else than who took it."""
    row = _locked(action)
    require(actor, "competence.train.check", row.person)
    row.state = TRAINING.move(row.state, "confirm" if helped else "doubt")
    if not note.strip():
        raise Invalid(_("Say what shows that it helped, or that it did not."), "note")
    row.checked_on, row.checked_by, row.check_note = clock.today(), actor, note
    history.save(row, actor=actor)
    events.record("training.checked", actor=actor, subject=None, action=row.pk)
    return row


def _moved(action: TrainingAction, verb: str, actor) -> TrainingAction:
    row = _locked(action)
    require(actor, "competence.train", row.person)
    row.state = TRAINING.move(row.state, verb)
    return row


def _locked(action: TrainingAction) -> TrainingAction:
    rows = TrainingAction.objects.select_for_update(of=("self",)).select_related("person", "owner", "skill", "role")
    return rows.get(pk=action.pk)


def _refuse_impossible(row: TrainingAction) -> None:
    today = clock.today()
    if row.due_on < today:
        raise Invalid(_("This day is over. Choose today or a later one."), "due_on")
    for who, field in ((row.person, "person"), (row.owner, "owner")):
        if who.last_day is not None and who.last_day < today:
            raise Invalid(_("%(person)s is no longer here. Choose somebody else.") % {"person": who}, field)
    if row.person.last_day is not None and row.due_on > row.person.last_day:
        words = {"person": row.person, "day": in_words(row.person.last_day)}
        raise Invalid(_("%(person)s leaves on %(day)s. Choose a day until then.") % words, "due_on")
