"""Doing what a plan said: all of it in one transaction, or nothing (security case 19)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competence.imports.plan import Plan, courses, plan
from competence.models import Assessment, Skill, TrainingRecord
from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Stale
from ismsroles.core.names import search_key
from ismsroles.core.waiting import changed
from roles.policy import standing


@dataclass(frozen=True)
class Result:
    """How many lines were taken in, how many were there already, how many were refused."""

    taken: int
    same: int
    refused: int

    @property
    def sentence(self) -> str:
        """What was done, for the person who did it."""
        told = [ngettext("%d line taken in", "%d lines taken in", self.taken) % self.taken]
        if self.same:
            told.append(ngettext("%d was there already", "%d were there already", self.same) % self.same)
        if self.refused:
            told.append(ngettext("%d refused and left out", "%d refused and left out", self.refused) % self.refused)
        return _("Imported: %(what)s.") % {"what": ", ".join(told)}


@transaction.atomic
def apply(shown: Plan, *, actor, source: str = "") -> Result:
    """Import what the plan showed; refused as a whole (Stale) if the register would now give another plan."""
    fresh = plan(shown.kind, shown.table, today=shown.today, lock=True)
    if fresh.fingerprint != shown.fingerprint:
        raise Stale(changed())
    return write(fresh, actor=actor, source=source)


def write(fresh: Plan, *, actor, source: str = "") -> Result:
    """Do what a plan says that was made in this same transaction, with `lock`. `actor` None is the command line."""
    if actor is not None:
        require(actor, "competence.import")
    rows = _assessments if fresh.kind == "competence" else _records
    rows(fresh, actor, source[:200])
    if fresh.wanted:
        code = "assessment.imported" if fresh.kind == "competence" else "training.imported"
        events.record(code, actor=actor, subject=None, count=len(fresh.wanted), source=source or "–")
    return Result(len(fresh.wanted), fresh.same, len(fresh.problems))


def _assessments(fresh: Plan, actor, source: str) -> None:
    added = [Skill(name=name) for name in fresh.new_skills]
    if added:
        history.bulk_create(added, Skill, actor=actor)
        events.record_many([events.prepare("skill.added", actor=actor, subject=skill) for skill in added])
    skills = {search_key(skill.name): skill for skill in Skill.objects.in_use()}
    own = standing(actor).person if actor is not None else None
    rows = [
        Assessment(
            person=line.person, skill=skills[search_key(line.what)], level=line.level, assessed_on=line.day, valid_until=line.until,
            evidence=line.evidence, note=line.note, is_self=own is not None and own.pk == line.person.pk, assessor=actor,
            assessor_person=own, assessor_name=actor.name if actor is not None else _("Import"), recorded_at=clock.now(), source=source,
        )
        for line in fresh.wanted
    ]  # fmt: skip
    history.bulk_create(rows, Assessment, actor=actor, reason=source)


def _records(fresh: Plan, actor, source: str) -> None:
    known = courses()
    rows = [
        TrainingRecord(
            person=line.person, title=line.what, course=known.get(search_key(line.what)), done_on=line.day, valid_until=line.until,
            result=line.note, recorded_by=actor, recorded_at=clock.now(), source=source,
        )
        for line in fresh.wanted
    ]  # fmt: skip
    history.bulk_create(rows, TrainingRecord, actor=actor, reason=source)
