"""One person's competence: what their roles need, what they have shown, what is planned."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.safestring import SafeString

from competence import gaps as pure
from competence.cells import state_badge
from competence.models import Assessment, Requirement, Skill, TrainingAction
from competence.queries import picture
from roles.models import Person, Role


@dataclass(frozen=True)
class Line:
    """One need of one role, how far the person is, and the training that closes it."""

    verdict: pure.Verdict
    skill: Skill
    role: Role
    plan: TrainingAction | None
    is_first: bool = True

    @property
    def state(self) -> str:
        return self.verdict.state

    @property
    def is_gap(self) -> bool:
        return self.verdict.is_gap

    @property
    def badge(self) -> SafeString:
        """How far it is, in words with a sign."""
        return state_badge(self.verdict)

    @property
    def proof_words(self) -> str:
        return str(dict(Requirement.PROOFS)[self.verdict.need.proof])


def lines(person: Person, on: date) -> list[Line]:
    """Every need of everything this person acts in, gaps first."""
    found = picture.verdicts(on, [person.pk])
    skills = Skill.objects.in_bulk({one.need.skill for one in found})
    roles = Role.objects.in_bulk({one.need.role for one in found})
    open_ones = TrainingAction.objects.still_open().filter(person=person).select_related("owner").order_by("-due_on")
    plans = {row.skill_id: row for row in open_ones}
    made = [Line(one, skills[one.need.skill], roles[one.need.role], plans.get(one.need.skill)) for one in found]
    made = sorted(
        made, key=lambda line: (not line.is_gap, not line.verdict.need.must, line.role.title, line.skill.name)
    )
    seen = {line.skill.pk: line for line in reversed(made)}
    return [replace(line, is_first=seen[line.skill.pk] is line) for line in made]


def summary(person: Person, on: date) -> dict[str, int]:
    """How many needs are met, out of how many."""
    found = picture.verdicts(on, [person.pk])
    gaps = [one for one in found if one.is_gap]
    return {"all": len(found), "met": len(found) - len(gaps), "gaps": len(gaps)}


def assessments(person: Person) -> list[Assessment]:
    """All that was ever assessed, newest first, each with what corrected it."""
    rows = Assessment.objects.filter(person=person).select_related("skill", "file")
    found = list(rows.order_by("-assessed_on", "-pk")[:500])
    corrected = {row.corrects_id: row for row in found if row.corrects_id}
    for row in found:
        row.corrected_by = corrected.get(row.pk)
    return found
