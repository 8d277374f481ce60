"""What the pages of segregation of duties show (A5)."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from ismsroles.core.access import visible_to
from roles.conflicts import days_in_words, held_in_words, request_link
from roles.duties import duties as carried
from roles.models import DutyTag, Person, ResponsibilityDuty, Role, SeparationException, SeparationRule
from roles.queries import separation_exceptions as exceptions
from roles.queries.separation import WHOLE, every_rule, leaves, of_person, standing
from roles.separation import Conflict, first_uncovered, is_covered
from roles.starter import separation as starter
from roles.terms import day_before


def overview(show: str, day: date) -> dict[str, Any]:
    """The rules with how many people unite what each keeps apart."""
    every = every_rule()
    found = Counter(conflict.rule.rule for _person, conflict in standing(day))
    rules = [rule for rule in every if rule.state == show]
    for rule in rules:
        rule.united_by = found[rule.pk]
    there = {rule.starter_key for rule in every}
    return {
        "rules": sorted(rules, key=lambda rule: (rule.effect, str(rule).casefold())),
        "in_force": sum(rule.state == "in_force" for rule in every),
        "retired": sum(rule.state == "retired" for rule in every),
        "offered": any(rule.key not in there for rule in starter.rules() if rule.tags),
    }


def what_adopting_does() -> list[str]:
    """What the starter set would bring, before it does."""
    return [
        _("%(tags)s words for duties and up to %(rules)s rules are added; what is there already is left alone.")
        % {"tags": len(starter.tags()), "rules": len(starter.rules())},
        _("Responsibilities that still read as in the starter library get their duties."),
        _("Who unites two duties that are then kept apart becomes a finding. Nobody loses a role."),
    ]


def of_rule(rule: SeparationRule, user, day: date) -> dict[str, Any]:
    """Which roles are on either side, who unites them, and which exceptions there are."""
    rows = visible_to(user, SeparationException).filter(rule=rule)
    found = [(person, c) for person, c in standing(day) if c.rule.rule == rule.pk]
    seen = set(visible_to(user, Person).filter(pk__in={p.pk for p, _c in found}).values_list("pk", flat=True))
    given = leaves([person.pk for person, _c in found])
    return {
        "sides": _sides(rule),
        "united": [_line(person, c, given, day) for person, c in found if person.pk in seen],
        "exceptions": _with_standing(rows, day),
    }


def _sides(rule: SeparationRule) -> list[dict[str, Any]]:
    """Each side with the roles that are on it."""
    if rule.role_a_id:
        return [{"label": side.title, "roles": [side], "meaning": ""} for side in rule.sides]
    by_tag = {rule.tag_a_id: set(), rule.tag_b_id: set()}
    for duty in carried():
        by_tag.get(duty.tag, set()).add(duty.role)
    roles = Role.objects.in_bulk({pk for pks in by_tag.values() for pk in pks})
    return [
        {
            "label": tag.name,
            "meaning": tag.meaning,
            "roles": sorted((roles[pk] for pk in by_tag[tag.pk] if pk in roles), key=lambda role: role.title),
        }
        for tag in rule.sides
    ]


def _with_standing(rows, day: date) -> list[SeparationException]:
    found = list(exceptions.whole(rows))
    for one in found:
        one.standing = exceptions.standing_of(one, day)
    return found


def _line(person: Person, conflict: Conflict, given, day: date) -> dict[str, Any]:
    covered = is_covered(conflict, given, day)
    ends = first_uncovered(conflict, given, day) if covered else None
    return {
        "person": person,
        "conflict": conflict,
        "holds": f"{held_in_words(conflict.one)} × {held_in_words(conflict.other)}{days_in_words(conflict)}",
        "covered": covered,
        "covered_until": day_before(ends) if ends else None,
        "url": conflict.one.url,
        "request": "" if covered else request_link(person, conflict),
    }


def conflicts_of(person: Person, day: date) -> list[dict[str, Any]]:
    """What one person unites, for their page."""
    found = of_person(person.pk, day)
    given = leaves([person.pk]) if found else []
    return [_line(person, conflict, given, day) for conflict in found]


def rules_of_role(role: Role) -> list[SeparationRule]:
    """The rules in force that this role is on a side of, by itself or by a duty it carries."""
    tags = [duty.tag for duty in carried() if duty.role == role.pk]
    sides = Q(role_a=role) | Q(role_b=role) | Q(tag_a__in=tags) | Q(tag_b__in=tags)
    return list(SeparationRule.objects.filter(sides, state="in_force").select_related(*WHOLE))


def duties() -> list[DutyTag]:
    """Every word for a duty, with how often it is used."""
    counted = DutyTag.objects.annotate(marked=Count("links"))
    rules = SeparationRule.objects.filter(state="in_force", role_a=None).values_list("tag_a", "tag_b")
    named = Counter(pk for pair in rules for pk in pair)
    found = list(counted.order_by("name"))
    for tag in found:
        tag.named = named[tag.pk]
    return found


def of_duty(tag: DutyTag) -> dict[str, Any]:
    """Where one duty is marked and which rules name it."""
    marks = ResponsibilityDuty.objects.filter(tag=tag).exclude(responsibility__role__state="retired")
    rules = SeparationRule.objects.filter(Q(tag_a=tag) | Q(tag_b=tag)).select_related(*WHOLE)
    ordered = marks.select_related("responsibility__role").order_by("responsibility__role__title", "pk")
    others = [duty for duty in carried() if duty.tag == tag.pk and duty.responsibility is None]
    return {"marks": ordered, "rules": rules, "others": others}
