"""Skills and what roles need of them: write, change, confirm, take back (C2)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from competence.models import Requirement, Skill
from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import InUse, Invalid, WrongState
from roles.actions import changes
from roles.models import Role


@transaction.atomic
def add_skill(*, actor, **values: Any) -> Skill:
    """A new skill with what each level looks like."""
    require(actor, "competence.skill.keep")
    skill = history.save(Skill(**values), actor=actor)
    events.record("skill.added", actor=actor, subject=skill)
    return skill


@transaction.atomic
def change_skill(skill: Skill, *, actor, **values: Any) -> Skill:
    """Other words about a skill."""
    require(actor, "competence.skill.keep")
    skill = Skill.objects.select_for_update().get(pk=skill.pk)
    if what := changes.apply(skill, values):
        history.save(skill, actor=actor)
        events.record("skill.changed", actor=actor, subject=skill, what=what)
    return skill


@transaction.atomic
def retire_skill(skill: Skill, *, actor) -> Skill:
    """Take a skill out of use; refused while a role needs it."""
    require(actor, "competence.skill.keep")
    skill = Skill.objects.select_for_update().get(pk=skill.pk)
    if skill.is_retired:
        raise WrongState(_("%(skill)s is retired already. Nothing was done.") % {"skill": skill})
    if users := [str(one.role) for one in skill.requirements.present().select_related("role")]:
        raise InUse(_("Roles still need %(skill)s. Take it back from these first.") % {"skill": skill}, users)
    skill.is_retired = True
    history.save(skill, actor=actor)
    events.record("skill.retired", actor=actor, subject=skill)
    return skill


@transaction.atomic
def add_requirement(
    role: Role, *, actor, skill: Skill, level: int, strength: str = "must", proof: str = ""
) -> Requirement:
    """From today on the role needs this skill. A suggestion of the same skill is replaced by it."""
    require(actor, "competence.requirement.keep")
    role = Role.objects.select_for_update().get(pk=role.pk)
    if role.state == "retired" or skill.is_retired:
        raise Invalid(_("%(it)s is retired.") % {"it": role if role.state == "retired" else skill}, "skill")
    for suggested in role.requirements.present().filter(skill=skill, is_suggested=True):
        history.delete(suggested, actor=actor)
    made = Requirement(role=role, skill=skill, level=level, strength=strength, proof=proof, starts_on=clock.today())
    history.save(made, actor=actor)
    _record("requirement.added", made, actor, level=made.level, strength=made.get_strength_display())
    return made


@transaction.atomic
def change_requirement(requirement: Requirement, *, actor, **values: Any) -> Requirement:
    """What the role needs from today on; what it needed until yesterday stays readable."""
    require(actor, "competence.requirement.keep")
    row, today = _locked(requirement), clock.today()
    was = Requirement(**{name: getattr(row, name) for name in ("role", "skill", "level", "strength", "proof")})
    if not (what := changes.apply(row, values)):
        return row
    if row.is_suggested:
        row.is_suggested, row.starts_on = False, today
    elif row.starts_on < today:
        ended = Requirement.objects.get(pk=row.pk)
        ended.ends_on = _day_before(today)
        history.save(ended, actor=actor)
        row.pk, row._state.adding, row.starts_on = None, True, today
    history.save(row, actor=actor)
    _record("requirement.changed", was, actor, what=what)
    return row


@transaction.atomic
def remove_requirement(requirement: Requirement, *, actor, reason: str = "") -> Role:
    """From today on the role no longer needs it. That it did stays readable."""
    require(actor, "competence.requirement.keep")
    row, today = _locked(requirement), clock.today()
    role = row.role
    _record("requirement.removed", row, actor, reason=reason)
    if row.is_suggested or row.starts_on >= today:
        history.delete(row, actor=actor, reason=reason)
    else:
        row.ends_on = _day_before(today)
        history.save(row, actor=actor, reason=reason)
    return role


@transaction.atomic
def confirm_requirements(rows: list[Requirement], *, actor) -> int:
    """Suggestions that came with starter roles count from today on."""
    require(actor, "competence.requirement.keep")
    found = Requirement.objects.select_for_update(of=("self",)).select_related("role", "skill").present()
    suggested = list(found.filter(pk__in=[row.pk for row in rows], is_suggested=True))
    for row in suggested:
        row.is_suggested, row.starts_on = False, clock.today()
    history.bulk_update(suggested, Requirement, ["is_suggested", "starts_on"], actor=actor)
    events.record_many(
        [
            events.prepare(
                "requirement.added", actor=actor, subject=row.role, skill=row.skill, role=row.role, level=row.level,
                strength=row.get_strength_display(),
            )
            for row in suggested
        ]
    )  # fmt: skip
    return len(suggested)


def _locked(requirement: Requirement) -> Requirement:
    rows = Requirement.objects.select_for_update(of=("self",)).select_related("role", "skill")
    row = rows.filter(pk=requirement.pk, ends_on=None).first()
    if row is None:
        raise WrongState(_("Somebody changed this line meanwhile. Nothing was done; read it again."))
    return row


def _record(code: str, row: Requirement, actor, *, reason: str = "", **more: Any) -> None:
    events.record(code, actor=actor, subject=row.role, reason=reason, skill=row.skill, role=row.role, **more)


def _day_before(day: date) -> date:
    return day - timedelta(days=1)
