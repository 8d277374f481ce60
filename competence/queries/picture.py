"""What is needed of whom and what has been shown, on any day, in three queries however many people there are."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import BigIntegerField, Case, ExpressionWrapper, F, IntegerField, QuerySet, Value, When

from competence import gaps as pure
from competence.models import Assessment, Requirement
from competence.queries.holders import holders
from ismsroles.core.questions import bare


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


def shown(on: date, skills: Collection[int] | None = None, people: Collection[int] | None = None) -> dict[int, int]:
    """What everybody had shown by that day, packed by `pure.key`."""
    found: dict[int, int] = {}
    get, codes = found.get, pure.CODES
    for at, code in bare(_rows(on, skills, people)):
        found[at] = get(at, 0) * codes + code
    return found


def _rows(on: date, skills: Collection[int] | None, people: Collection[int] | None) -> QuerySet:
    """(key, code) of each assessment that stands, oldest first: two numbers a row, worked out by the database."""
    rows = Assessment.objects.standing(on)
    if people is not None:
        rows = rows.filter(person__in=people)
        rows = rows.filter(skill__in=skills) if skills is not None else rows
    at = ExpressionWrapper(F("person_id") * pure.SKILLS + F("skill_id"), output_field=BigIntegerField())
    return rows.values_list(at, ExpressionWrapper(F("level") + _more(on), output_field=IntegerField()))


def _more(on: date) -> Case:
    """What `pure.code` adds to the level: kind of evidence, own view, age."""
    number = IntegerField()
    kind = Case(
        *(When(evidence=name, then=Value(1 + 5 * place)) for place, name in enumerate(pure.EVIDENCE)),
        default=Value(1),
        output_field=number,
    )
    own = Case(When(is_self=True, then=Value(15)), default=Value(0), output_field=number)
    age = Case(
        When(valid_until=None, then=Value(0)),
        When(valid_until__lt=on, then=Value(30 * pure.EXPIRED)),
        When(valid_until__lte=on + timedelta(days=pure.SOON_DAYS), then=Value(30 * pure.EXPIRES_SOON)),
        default=Value(0),
        output_field=number,
    )
    return kind + own + age


def verdicts(on: date, people: Collection[int] | None = None, *, only_gaps: bool = False) -> list[pure.Verdict]:
    """Every need of everybody (or of these people) on that day, met or not: three queries."""
    needs, everyone = requirements(on)
    if not needs:
        return []
    held = holders(on, roles=needs.keys(), everyone=everyone, people=people)
    skills = {need.skill for role in needs.values() for need in role}
    return pure.verdicts(held, needs, shown(on, skills, people), only_gaps=only_gaps)


def gaps(on: date, people: Collection[int] | None = None) -> list[pure.Verdict]:
    """What is missing on that day: requirement minus valid assessment (C3)."""
    return verdicts(on, people, only_gaps=True)
