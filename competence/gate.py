"""The competence gate (C4): whoever is proposed without a skill that the role must have needs a training plan with a date.

What is only wished for asks for a reason. The approver reads the plan; when it is not there (any more), nothing is approved."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from competence import gaps as pure
from competence import policy
from competence.models import Requirement, Skill, TrainingAction
from competence.queries import picture
from ismsroles.core import scope
from ismsroles.core.errors import Invalid
from roles import checks
from roles.models import Assignment, Person, Role
from roles.terms import in_words


class Lacking(Invalid):
    """Somebody lacks what the role must have, and nothing is planned; carries the way to plan it and who may read this."""

    def __init__(self, message: str, assignment: Assignment) -> None:
        super().__init__(message, "person")
        self.url = plan_url(assignment.role, assignment.person)
        self.action = _("Plan the training")
        self.seen_by = partial(_reads, assignment)


def _reads(assignment: Assignment, user) -> bool:
    """Who may read it of a proposal; of one that is only being written, whoever looks after the person."""
    if assignment.pk is None:
        return policy.sees_person(user, assignment.person)
    return policy.sees_of_proposal(user, assignment)


def plan_url(role: Role, person: Person) -> str:
    """Where the training for this appointment is planned."""
    return f"{reverse('plan-for-role')}?role={role.pk}&person={person.pk}"


def verdicts(role: Role, person: Person, day: date) -> list[pure.Verdict]:
    """How far this person is from each need of this role; three small queries, once for a request."""
    return scope.remember(("competence", role.pk, person.pk, day), lambda: _verdicts(role, person, day))


def _verdicts(role: Role, person: Person, day: date) -> list[pure.Verdict]:
    rows = Requirement.objects.in_force(day).filter(role=role).order_by("strength", "skill__name")
    needs = [
        pure.Need(role.pk, skill, level, strength == "must", proof)
        for skill, level, strength, proof in rows.values_list("skill_id", "level", "strength", "proof")
    ]
    shown = picture.shown(day, [need.skill for need in needs], [person.pk]) if needs else {}
    return pure.verdicts([(person.pk, role.pk)], {role.pk: needs}, shown)


def planned(person: Person, day: date) -> dict[int, TrainingAction]:
    """Training of this person that is still to come, by skill; what is overdue is no plan."""
    rows = TrainingAction.objects.still_open().filter(person=person, due_on__gte=day, skill__isnull=False)
    return {row.skill_id: row for row in rows.order_by("-due_on")}


@checks.also
def lacks_without_plan(assignment: Assignment, today: date) -> None:
    """A must-gap needs a plan with a date; a should-gap needs a reason (C4)."""
    role, person = assignment.role, assignment.person
    missing = [one for one in verdicts(role, person, today) if one.is_gap]
    if not missing:
        return
    plans = planned(person, today)
    bare = [one for one in missing if one.need.must and one.need.skill not in plans]
    words = {"person": person, "role": role}
    if bare:
        sentence = _("%(person)s lacks what %(role)s must have, and no training is planned: %(skills)s. Plan it first.")
        raise Lacking(sentence % (words | {"skills": named(bare)}), assignment)
    wished = [one for one in missing if not one.need.must and one.need.skill not in plans]
    if wished and not assignment.reason.strip():
        sentence = _(
            "%(role)s should also have %(skills)s, which %(person)s has not shown. Say why this person all the same."
        )
        raise Invalid(sentence % (words | {"skills": named(wished)}), "reason")


@checks.told
def about_competence(assignment: Assignment, today: date) -> Iterable[checks.Note]:
    """What the proposer and the approver read of it."""
    found = verdicts(assignment.role, assignment.person, today)
    if not found:
        return
    missing, plans = [one for one in found if one.is_gap], planned(assignment.person, today)
    reads = partial(_reads, assignment)
    words = {"person": assignment.person, "met": len(found) - len(missing), "all": len(found)}
    if not missing:
        yield checks.Note(
            "good", _("%(person)s has shown all %(all)s skills that the role needs") % words, seen_by=reads
        )
        return
    sentence = _("%(person)s has shown %(met)s of %(all)s skills that the role needs") % words
    yield checks.Note("warn", sentence, _lines(missing, plans), seen_by=reads)


def _lines(missing: list[pure.Verdict], plans: dict[int, TrainingAction]) -> str:
    names = _names(missing)
    return " ".join(_line(one, names[one.need.skill], plans.get(one.need.skill)) for one in missing)


def _line(one: pure.Verdict, name: str, plan: TrainingAction | None) -> str:
    words = {"skill": name, "state": said(one)}
    if plan is None:
        return _("%(skill)s (wished for): %(state)s; the reason stands below.") % words
    words |= {"what": plan.what, "day": in_words(plan.due_on), "owner": plan.owner}
    return _("%(skill)s: %(state)s; planned: %(what)s by %(day)s, %(owner)s sees to it.") % words


SAID = {
    pure.UNKNOWN: _lazy("not assessed yet"),
    pure.OWN: _lazy("only self-assessed"),
    pure.EXPIRED_STATE: _lazy("expired"),
}


def said(one: pure.Verdict) -> str:
    """How far it is, in words."""
    if one.state in SAID:
        return _("%(state)s, needs %(need)s") % {"state": SAID[one.state], "need": one.need.level}
    words = {"level": one.level, "need": one.need.level}
    if one.state == pure.SOON:
        return _("has %(level)s, needs %(need)s, expires soon") % words
    return _("has %(level)s, needs %(need)s") % words


def named(found: list[pure.Verdict]) -> str:
    """The skills with how far they are: digital evidence (has 1, needs 2) and …"""
    names = _names(found)
    return get_text_list([f"{names[one.need.skill]} ({said(one)})" for one in found], _("and"))


def _names(found: list[pure.Verdict]) -> dict[int, str]:
    rows = Skill.objects.filter(pk__in={one.need.skill for one in found})
    return dict(rows.order_by().values_list("pk", "name"))
