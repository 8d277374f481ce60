"""What is missing of a role's competence, said beside each person who could be chosen for it (C4; coverage A2)."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competence import gaps as pure
from competence import policy
from competence.gate import said
from competence.models import Requirement
from competence.queries import picture
from ismsroles.core import clock
from roles import offers
from roles.models import Person
from roles.offers import Choice, Fact

SEATED = {"primary", "deputy", "member", "delegate"}


@offers.provider
def competence(people: Collection[Person], choice: Choice) -> dict[int, list[Fact]]:
    """Gaps against the role that is filled, of the people whose competence the chooser may read (rule 15): two queries."""
    if choice.role is None or choice.seat not in SEATED:
        return {}
    seen = [person for person in people if policy.sees_person(choice.chooser, person)]
    needs, names = _needs(choice) if seen else ([], {})
    if not needs:
        return {}
    day, role = clock.today(), choice.role.pk
    shown = picture.shown(day, [need.skill for need in needs], [person.pk for person in seen])
    found: dict[int, list[pure.Verdict]] = {person.pk: [] for person in seen}
    for verdict in pure.verdicts([(person.pk, role) for person in seen], {role: needs}, shown):
        if verdict.is_gap:
            found[verdict.person].append(verdict)
    return {pk: [_fact(missing, names)] for pk, missing in found.items()}


def _needs(choice: Choice) -> tuple[list[pure.Need], dict[int, str]]:
    rows = Requirement.objects.in_force(clock.today()).filter(role=choice.role).order_by("strength", "skill__name")
    listed = list(rows.values_list("skill_id", "level", "strength", "proof", "skill__name"))
    needs = [
        pure.Need(choice.role.pk, skill, level, strength == "must", proof)
        for skill, level, strength, proof, _name in listed
    ]
    return needs, {skill: name for skill, *_rest, name in listed}


def _fact(missing: list[pure.Verdict], names: dict[int, str]) -> Fact:
    if not missing:
        return Fact("good", _("has the competence"))
    first = sorted(missing, key=lambda one: not one.need.must)
    words = {"skill": names[first[0].need.skill], "more": len(missing) - 1}
    detail = "; ".join(f"{names[one.need.skill]}: {said(one)}" for one in first)
    if len(missing) == 1:
        return Fact("warn", _("lacks %(skill)s") % words, detail)
    sentence = ngettext("lacks %(skill)s and %(more)d more", "lacks %(skill)s and %(more)d more", words["more"])
    return Fact("warn", sentence % words, detail)
