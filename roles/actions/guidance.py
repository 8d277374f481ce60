"""Levels, processes, policies and questions: add, change, retire, bring back; and the parts of roles in them (R6, R7, R9, K4)."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from ismsroles.core import events, history
from ismsroles.core.access import require
from ismsroles.core.errors import InUse, Invalid, WrongState
from roles import users
from roles.actions import changes
from roles.models import (
    AuthorisationLevel,
    Policy,
    PolicyPart,
    Process,
    ProcessPart,
    Question,
    Role,
)
from roles.models.guidance import Kept
from roles.states import KEPT

KEEP = "roles.guidance.keep"
CODES = {AuthorisationLevel: "level", Process: "process", Policy: "policy", Question: "question"}
OWNERS = {ProcessPart: "process", PolicyPart: "policy"}


@transaction.atomic
def add(model: type[Kept], *, actor, **values: Any) -> Kept:
    """A new entry; every role it names is in force."""
    require(actor, KEEP)
    row = model(**values)
    _refuse_role_out_of_force(row)
    if isinstance(row, Question):
        row.position = (Question.objects.aggregate(last=models.Max("position"))["last"] or 0) + 1
    history.save(row, actor=actor)
    events.record(f"{CODES[model]}.added", actor=actor, subject=row)
    return row


@transaction.atomic
def change(row: Kept, *, actor, reason: str = "", **values: Any) -> Kept:
    """Other words, another role or limit; what it was stays in the history."""
    require(actor, KEEP)
    row = _locked(row)
    _refuse_retired(row)
    was = {field.attname: getattr(row, field.attname) for field in _to_roles(row)}
    if what := changes.apply(row, values):
        _refuse_role_out_of_force(row, was)
        history.save(row, actor=actor, reason=reason)
        events.record(f"{CODES[type(row)]}.changed", actor=actor, subject=row, what=what, reason=reason)
    return row


@transaction.atomic
def retire(row: Kept, *, actor, reason: str = "") -> Kept:
    """Out of force; refused while a question rests on it (rule 7)."""
    require(actor, KEEP)
    row = _locked(row)
    if needed := users.more(row):
        raise InUse(_("%(row)s is still needed, so it was not retired. Change these first.") % {"row": row}, needed)
    row.state = KEPT.move(row.state, "retire")
    history.save(row, actor=actor, reason=reason)
    events.record(f"{CODES[type(row)]}.retired", actor=actor, subject=row, reason=reason)
    return row


@transaction.atomic
def bring_back(row: Kept, *, actor) -> Kept:
    """In force again, if every role it names is."""
    require(actor, KEEP)
    row = _locked(row)
    row.state = KEPT.move(row.state, "bring_back")
    _refuse_role_out_of_force(row)
    history.save(row, actor=actor)
    events.record(f"{CODES[type(row)]}.brought_back", actor=actor, subject=row)
    return row


# Parts of roles ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_part(owner: Process | Policy, *, actor, role: Role, does: str) -> ProcessPart | PolicyPart:
    """What a role does in a process, or for a policy."""
    require(actor, KEEP)
    owner = _locked(owner)
    _refuse_retired(owner)
    part = ProcessPart(process=owner) if isinstance(owner, Process) else PolicyPart(policy=owner)
    part.role, part.does = role, does
    _refuse_role_out_of_force(part)
    history.save(part, actor=actor)
    events.record(f"{CODES[type(owner)]}.part_added", actor=actor, subject=owner, role=role, does=does)
    return part


@transaction.atomic
def change_part(part: ProcessPart | PolicyPart, *, actor, reason: str = "", **values: Any) -> ProcessPart | PolicyPart:
    """Another role or other words."""
    require(actor, KEEP)
    part, owner = _part(part)
    was = {"role_id": part.role_id}
    if what := changes.apply(part, values):
        _refuse_role_out_of_force(part, was)
        history.save(part, actor=actor, reason=reason)
        events.record(f"{CODES[type(owner)]}.part_changed", actor=actor, subject=owner, what=what, reason=reason)
    return part


@transaction.atomic
def remove_part(part: ProcessPart | PolicyPart, *, actor, reason: str = "") -> None:
    """The role no longer has a part in it."""
    require(actor, KEEP)
    part, owner = _part(part)
    events.record(f"{CODES[type(owner)]}.part_removed", actor=actor, subject=owner, role=part.role, reason=reason)
    history.delete(part, actor=actor, reason=reason)


# Order of questions ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def move_question(row: Question, way: str, *, actor) -> Question:
    """One place up or down among the questions in force."""
    require(actor, KEEP)
    rows = list(Question.objects.select_for_update(of=("self",)).filter(state="active").order_by("position", "pk"))
    place = next((n for n, one in enumerate(rows) if one.pk == row.pk), None)
    if place is None:
        raise WrongState(_("It is retired, so it has no place. Nothing was done."))
    other = place + (-1 if way == "up" else 1)
    if not 0 <= other < len(rows):
        return row
    rows[place], rows[other] = rows[other], rows[place]
    moved = [one for number, one in enumerate(rows, 1) if one.position != number]
    for number, one in enumerate(rows, 1):
        one.position = number
    history.bulk_update(moved, Question, ["position"], actor=actor)
    events.record("question.moved", actor=actor, subject=row, way=way)
    return row


# What holds whom --------------------------------------------------------------------------------------------------------------


@users.of(Role)
def _named(role: Role) -> Iterable[str]:
    """A role that is named here is not retired (rule 7)."""
    yield from (_("Authorisation level: %s") % row for row in role.levels.filter(state="active"))
    parts = role.process_parts.filter(process__state="active").select_related("process")
    yield from (_("Process: %s") % part.process for part in parts)
    yield from (_("Policy, as its owner: %s") % row for row in role.owned_policies.filter(state="active"))
    parts = role.policy_parts.filter(policy__state="active").select_related("policy")
    yield from (_("Policy: %s") % part.policy for part in parts)


@users.of(AuthorisationLevel)
def _answers(row: AuthorisationLevel) -> Iterable[str]:
    """What answers a question in force stays."""
    return [_("Question: %s") % question for question in row.questions.filter(state="active")]


def _locked(row: Kept) -> Kept:
    return type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)


def _part(part: ProcessPart | PolicyPart) -> tuple[ProcessPart | PolicyPart, Process | Policy]:
    part = type(part).objects.select_for_update(of=("self",)).select_related("role", OWNERS[type(part)]).get(pk=part.pk)
    owner = getattr(part, OWNERS[type(part)])
    _refuse_retired(owner)
    return part, owner


def _refuse_retired(row: Kept) -> None:
    if row.state == "retired":
        raise WrongState(_("%(row)s is retired, so nothing of it was changed. Bring it back first.") % {"row": row})


def _to_roles(row: models.Model) -> list[models.Field]:
    return [field for field in row._meta.concrete_fields if field.is_relation and field.related_model is Role]


def _refuse_role_out_of_force(row: models.Model, was: dict[str, int] | None = None) -> None:
    """Whoever is named must be able to act: a role in force. One that was named before may stay, and a finding says so."""
    for field in _to_roles(row):
        role = getattr(row, field.name)
        if role is None or (was or {}).get(field.attname) == role.pk:
            continue
        if Role.objects.select_for_update().get(pk=role.pk).state != "active":
            raise Invalid(_("%(role)s is not in force. Choose a role that is.") % {"role": role}, field.name)
    if isinstance(row, Question) and row.tie is not None and row.tie.role.state != "active":
        raise Invalid(
            _("%(role)s is not in force. Choose what a role in force answers for.") % {"role": row.tie.role}, "tie"
        )
