"""Assessing somebody in a skill; correcting it by a new row (C2)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from competence.actions.files import keep
from competence.models import Assessment, Skill
from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from roles.models import Person
from roles.policy import is_same, standing


@transaction.atomic
def assess(
    person: Person, *, actor, skill: Skill, level: int, assessed_on: date, file: Any = None, **more: Any
) -> Assessment:
    """Record what somebody has shown. About oneself it is marked as a self-assessment, and closes no must-gap."""
    require(actor, "competence.assess", person)
    return _write(person, actor, file, skill=skill, level=level, assessed_on=assessed_on, **more)


@transaction.atomic
def correct_assessment(wrong: Assessment, *, actor, why_corrected: str, file: Any = None, **values: Any) -> Assessment:
    """A new row in place of a wrong one, which stays readable."""
    wrong = Assessment.objects.select_for_update(of=("self",)).select_related("person", "skill").get(pk=wrong.pk)
    require(actor, "competence.assess", wrong.person)
    if wrong.corrections.exists():
        raise WrongState(_("This was corrected already. Correct the newer one."))
    own = is_same(actor, wrong.person)
    if own and not wrong.is_self:
        raise Invalid(_("Somebody else assessed this. Ask them to correct it, or add a self-assessment."))
    if not why_corrected.strip():
        raise Invalid(_("Say what was wrong: an auditor will ask."), "why_corrected")
    given = {"skill": wrong.skill, "corrects": wrong, "why_corrected": why_corrected, **values}
    return _write(wrong.person, actor, file, **given)


def _write(person: Person, actor, file: Any, **values: Any) -> Assessment:
    if values["skill"].is_retired:
        raise Invalid(_("%(skill)s is retired. Choose another skill.") % {"skill": values["skill"]}, "skill")
    person = Person.objects.select_for_update().get(pk=person.pk)
    who = standing(actor).person
    row = Assessment(
        person=person,
        is_self=is_same(actor, person),
        assessor=actor,
        assessor_person=person if is_same(actor, person) else who,
        assessor_name=actor.name,
        recorded_at=clock.now(),
        file=keep(file, person, "competence", actor) if file else None,
        **values,
    )
    history.save(row, actor=actor, reason=row.why_corrected)
    code = "assessment.corrected" if row.corrects_id else "assessment.recorded"
    events.record(code, actor=actor, subject=None, reason="", skill=row.skill, assessment=row.pk)
    return row
