"""What is needed of whom and what has been shown, on any day, in three queries however many people there are."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Case, IntegerField, QuerySet, Value, When

from competence import gaps as pure
from competence.models import Assessment, Requirement
from competence.queries.holders import holders

Held = set[tuple[int, int]]


def requirements(on: date) -> tuple[dict[int, list[pure.Need]], set[int]]:
    """What each role needed on that day, and which of these roles everybody holds."""
    rows = Requirement.objects.in_force(on).exclude(role__state="draft").order_by()
    needs: dict[int, list[pure.Need]] = defaultdict(list)
    everyone = set()
    for role, skill, level, strength, proof, kind in rows.values_list(
        "role_id", "skill_id", "level", "strength", "proof", "role__kind"
    ):
        needs[role].append(pure.Need(role, skill, level, strength == "must", proof))
        if kind == "everyone":
            everyone.add(role)
    return dict(needs), everyone


def shown(
    on: date, skills: Collection[int] | None = None, people: Collection[int] | None = None
) -> dict[tuple[int, int], list[pure.Shown]]:
    """What everybody had shown by that day, oldest first, by person and skill."""
    found: dict[tuple[int, int], list[pure.Shown]] = {}
    for person, skill, level, evidence, own, age in _rows(on, skills, people):
        row = pure.Shown(level, evidence, own, age)
        kept = found.get((person, skill))
        if kept is None:
            found[person, skill] = [row]
        else:
            kept.append(row)
    return found


def _rows(on: date, skills: Collection[int] | None, people: Collection[int] | None) -> QuerySet:
    rows = Assessment.objects.standing(on)
    if skills is not None:
        rows = rows.filter(skill__in=skills)
    if people is not None:
        rows = rows.filter(person__in=people)
    # Numbers only: dates and booleans would be converted row by row.
    return rows.values_list(
        "person_id",
        "skill_id",
        "level",
        "evidence",
        Case(When(is_self=True, then=1), default=0, output_field=IntegerField()),
        Case(
            When(valid_until__lt=on, then=Value(pure.EXPIRED)),
            When(valid_until__lte=on + timedelta(days=pure.SOON_DAYS), then=Value(pure.EXPIRES_SOON)),
            default=Value(pure.VALID),
            output_field=IntegerField(),
        ),
    )


def verdicts(on: date, people: Collection[int] | None = None) -> list[pure.Verdict]:
    """Every need of everybody (or of these people) on that day, met or not: three queries."""
    needs, everyone = requirements(on)
    if not needs:
        return []
    held = holders(on, roles=needs.keys(), everyone=everyone, people=people)
    skills = {need.skill for role in needs.values() for need in role}
    return pure.verdicts(held, needs, shown(on, skills, people))


def gaps(on: date, people: Collection[int] | None = None) -> list[pure.Verdict]:
    """What is missing on that day: requirement minus valid assessment (C3)."""
    return [one for one in verdicts(on, people) if one.state in pure.GAPS]
