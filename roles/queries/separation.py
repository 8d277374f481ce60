"""Reads for segregation of duties: rules in force, exceptions, conflicts of a person, conflicts that stand (A5)."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F

from ismsroles.core import scope
from roles.duties import duties
from roles.holdings import Holding, roles_held
from roles.models import Assignment, Person, SeparationException, SeparationRule
from roles.separation import Apart, Conflict, Leave, conflicts

WHOLE = ("role_a", "role_b", "tag_a", "tag_b")


def rules_in_force() -> list[Apart]:
    """Every rule that counts today, as the judgement reads it; read once for a request. A retired role keeps nothing apart."""
    return scope.remember("rules of separation", lambda: [_apart(row) for row in every_rule() if _counts(row)])


def every_rule() -> list[SeparationRule]:
    """The retired ones too; read once for a request."""
    return scope.remember("every rule of separation", lambda: list(SeparationRule.objects.select_related(*WHOLE)))


def _counts(rule: SeparationRule) -> bool:
    return rule.state == "in_force" and all(
        role is None or role.state != "retired" for role in (rule.role_a, rule.role_b)
    )


def _apart(row: SeparationRule) -> Apart:
    by_role = row.role_a_id is not None
    a, b = (row.role_a_id, row.role_b_id) if by_role else (row.tag_a_id, row.tag_b_id)
    return Apart(row.pk, a, b, by_role, row.blocks, row.why, str(row))


def leaves(people: Collection[int] | None = None) -> list[Leave]:
    """Approved exceptions of these people (None: everybody)."""
    rows = SeparationException.objects.covering()
    rows = rows if people is None else rows.filter(person__in=people)
    found = rows.values_list("person_id", "rule_id", "starts_on", "ends_on", "pk")
    return [Leave(*row) for row in found]


def conflicts_with(added: Iterable[Holding]) -> list[Conflict]:
    """The conflicts that come about when these holdings are added to all that the same people hold in that time."""
    new = list(added)
    if not new or not (rules := rules_in_force()):
        return []
    people = {held.person for held in new}
    first = min(held.starts_on or date.min for held in new)
    last = None if any(held.ends_on is None for held in new) else max(held.ends_on for held in new)
    present = [held for held in roles_held(people, first, last) if not _is_among(held, new)]
    return [c for c in conflicts([*present, *new], duties(), rules) if c.one in new or c.other in new]


def _is_among(held: Holding, new: list[Holding]) -> bool:
    """What is about to change is judged as it will be, not as it is."""
    return any((held.kind, held.pk) == (one.kind, one.pk) and one.pk for one in new)


def as_holding(assignment: Assignment) -> Holding:
    """The holding that this assignment is, or would be when approved."""
    return Holding(
        person=assignment.person_id,
        kind="assignment",
        how=assignment.how,
        label=str(assignment.role),
        url=assignment.get_absolute_url() if assignment.pk else "",
        pk=assignment.pk or 0,
        starts_on=assignment.starts_on,
        ends_on=assignment.ends_on,
        role=assignment.role_id,
    )


def of_person(person: int, day: date) -> list[Conflict]:
    """What one person unites on `day` or later."""
    rules = rules_in_force()
    return conflicts(roles_held([person], day, None), duties(), rules) if rules else []


def standing(day: date) -> list[tuple[Person, Conflict]]:
    """Every conflict of somebody who is there on `day`, on that day or later, by name; read once for a request."""
    return scope.remember(("standing conflicts", day), lambda: _standing(day))


def _standing(day: date) -> list[tuple[Person, Conflict]]:
    rules = rules_in_force()
    if not rules:
        return []
    found = [c for c in conflicts(roles_held(None, day, None), duties(), rules) if (c.last or date.max) >= day]
    people = Person.objects.current(day).in_bulk({c.person for c in found})
    here = [(people[c.person], c) for c in found if c.person in people and _begins_in_time(c, people[c.person])]
    return sorted(here, key=lambda row: (row[0].name_key, row[0].pk))


def _begins_in_time(conflict: Conflict, person: Person) -> bool:
    """What would begin after the person's last day never comes about."""
    return person.last_day is None or conflict.first is None or conflict.first <= person.last_day


def standing_exceptions(day: date) -> list[SeparationException]:
    """The approved exceptions that cover `day`, by person: what every document prints (rule 8)."""
    rows = SeparationException.objects.covering().filter(starts_on__lte=day, ends_on__gte=day)
    whole = rows.select_related("person", "decided_by", "decided_by_person", *(f"rule__{side}" for side in WHOLE))
    return list(whole.order_by(F("person__name_key"), "pk"))
