"""Duties and rules of separation: write, mark, retire, adopt the starter set (A5; design rule 8)."""

import re
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import events, history
from ismsroles.core.access import require
from ismsroles.core.errors import InUse, Invalid
from ismsroles.core.names import search_key
from roles.actions import changes
from roles.actions.starter import also_adopts
from roles.models import DutyTag, Responsibility, ResponsibilityDuty, Role, SeparationRule
from roles.starter import separation as starter
from roles.states import RULE

KEEP = "roles.separation.keep"


# Duties ----------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_duty(*, actor, name: str, meaning: str) -> DutyTag:
    """A word of one's own for a kind of duty."""
    require(actor, KEEP)
    tag = history.save(DutyTag(key=_free_key(name), name=name, meaning=meaning), actor=actor)
    events.record("duty.added", actor=actor, subject=tag)
    return tag


@transaction.atomic
def change_duty(tag: DutyTag, *, actor, **values: str) -> DutyTag:
    """Other words for a kind of duty; what is marked with it stays marked."""
    require(actor, KEEP)
    tag = DutyTag.objects.select_for_update().get(pk=tag.pk)
    if what := changes.apply(tag, values):
        history.save(tag, actor=actor)
        events.record("duty.changed", actor=actor, subject=tag, what=what)
    return tag


@transaction.atomic
def remove_duty(tag: DutyTag, *, actor) -> None:
    """Take a word away that nothing is marked with and no rule names; refused, with the list, otherwise."""
    require(actor, KEEP)
    tag = DutyTag.objects.select_for_update().get(pk=tag.pk)
    if users := users_of(tag):
        raise InUse(_("%(duty)s is still used, so it was not removed.") % {"duty": tag}, users)
    events.record("duty.removed", actor=actor, subject=tag)
    history.delete(tag, actor=actor)


def users_of(tag: DutyTag) -> list[str]:
    """What keeps a duty from being removed, one line each."""
    rules = SeparationRule.objects.filter(tag_a=tag) | SeparationRule.objects.filter(tag_b=tag)
    marked = tag.links.select_related("responsibility__role")[:20]
    return [_("Rule: %s") % rule for rule in rules.select_related("tag_a", "tag_b")] + [
        f"{link.responsibility.role}: {link.responsibility}" for link in marked
    ]


@transaction.atomic
def mark_responsibility(row: Responsibility, tags: Collection[DutyTag], *, actor) -> Responsibility:
    """Say which kinds of duty a responsibility is. Conflicts that this makes are found at once (A5)."""
    require(actor, KEEP)
    row = Responsibility.objects.select_for_update(of=("self",)).select_related("role").get(pk=row.pk)
    present = {link.tag_id: link for link in row.duty_links.select_related("tag")}
    wanted = {tag.pk: tag for tag in tags}
    if set(present) == set(wanted):
        return row
    for pk in set(present) - set(wanted):
        history.delete(present[pk], actor=actor)
    new = [ResponsibilityDuty(responsibility=row, tag=wanted[pk]) for pk in sorted(set(wanted) - set(present))]
    history.bulk_create(new, ResponsibilityDuty, actor=actor)
    names = ", ".join(sorted(tag.name for tag in wanted.values())) or "–"
    events.record("responsibility.marked", actor=actor, subject=row.role, text=row.text, duties=names)
    return row


def _free_key(name: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "_", search_key(name)).strip("_")[:34] or "duty"
    taken = set(DutyTag.objects.filter(key__startswith=base).values_list("key", flat=True))
    return next(key for n in range(1, 10_000) if (key := base if n == 1 else f"{base}_{n}") not in taken)


# Rules -----------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_rule(
    *, actor, effect: str, why: str, roles: Iterable[Role] = (), duties: Iterable[DutyTag] = ()
) -> SeparationRule:
    """Keep two roles, or two kinds of duty, apart from now on."""
    require(actor, KEEP)
    rule = history.save(_rule(list(roles), list(duties), effect=effect, why=why), actor=actor, reason=why)
    events.record("separation.added", actor=actor, subject=rule, effect=rule.get_effect_display(), reason=why)
    return rule


def _rule(roles: list[Role], duties: list[DutyTag], **values: str) -> SeparationRule:
    chosen = roles or duties
    if len(chosen) != 2 or chosen[0].pk == chosen[1].pk or (roles and duties):
        raise Invalid(_("Choose two different roles, or two different duties."))
    a, b = sorted(chosen, key=lambda one: one.pk)
    sides = {"role_a": a, "role_b": b} if roles else {"tag_a": a, "tag_b": b}
    return SeparationRule(**sides, **values)


@transaction.atomic
def change_rule(rule: SeparationRule, *, actor, **values: str) -> SeparationRule:
    """Another effect or another why. Which two it keeps apart stays: retire it and write another one for that."""
    require(actor, KEEP)
    rule = _locked(rule)
    if what := changes.apply(rule, values):
        history.save(rule, actor=actor)
        events.record("separation.changed", actor=actor, subject=rule, what=what)
    return rule


@transaction.atomic
def retire_rule(rule: SeparationRule, *, actor, reason: str) -> SeparationRule:
    """Take a rule out of force, with the reason. What it said stays readable."""
    return _move(rule, "retire", "separation.retired", actor, reason)


@transaction.atomic
def bring_back_rule(rule: SeparationRule, *, actor, reason: str = "") -> SeparationRule:
    """Put a retired rule in force again."""
    return _move(rule, "bring_back", "separation.brought_back", actor, reason)


def _move(rule: SeparationRule, verb: str, code: str, actor, reason: str) -> SeparationRule:
    require(actor, KEEP)
    rule = _locked(rule)
    rule.state = RULE.move(rule.state, verb)
    if verb == "retire" and not reason.strip():
        raise Invalid(_("Say why it is no longer needed: an auditor will ask."), "reason")
    history.save(rule, actor=actor, reason=reason)
    events.record(code, actor=actor, subject=rule, reason=reason)
    return rule


def _locked(rule: SeparationRule) -> SeparationRule:
    whole = SeparationRule.objects.select_related("role_a", "role_b", "tag_a", "tag_b")
    return whole.select_for_update(of=("self",)).get(pk=rule.pk)


# The starter set ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def adopt_separation(*, actor, roles: Collection[Role] | None = None) -> int:
    """Adopt the starter set: duties, marks on responsibilities (of these roles, or of all) that read as in the library, rules.
    What is there already, retired rules included, is left alone. Returns how many rules are new."""
    require(actor, KEEP)
    tags = _adopt_duties(actor)
    rows = Responsibility.objects.exclude(role__state="retired")
    marked = _adopt_marks(tags, rows if roles is None else rows.filter(role__in=roles), actor)
    made = _adopt_rules(tags, actor)
    if marked or made:
        events.record("separation.adopted", actor=actor, subject=None, rules=len(made), marks=marked)
    return len(made)


@also_adopts
def _with_roles(roles: list[Role], actor) -> None:
    """Starter roles come with their duties and the rules between them."""
    if roles:
        adopt_separation(actor=actor, roles=roles)


def _adopt_duties(actor) -> dict[str, DutyTag]:
    present = {tag.key: tag for tag in DutyTag.objects.all()}
    names = {tag.name.lower(): tag for tag in present.values()}
    new = [one for one in starter.tags() if one.key not in present and one.name.lower() not in names]
    rows = [DutyTag(key=one.key, name=one.name, meaning=one.meaning) for one in new]
    history.bulk_create(rows, DutyTag, actor=actor)
    fresh = {tag.key: tag for tag in DutyTag.objects.all()}
    return {one.key: fresh.get(one.key) or names[one.name.lower()] for one in starter.tags()}


def _adopt_marks(tags: dict[str, DutyTag], duties, actor) -> int:
    """Marks where the words are still the library's and nobody marked them yet."""
    wanted = starter.tags_of_texts()
    rows = duties.filter(text__in=wanted, duty_links=None)
    new = [ResponsibilityDuty(responsibility=row, tag=tags[key]) for row in rows for key in wanted[row.text]]
    history.bulk_create(new, ResponsibilityDuty, actor=actor)
    return len(new)


def _adopt_rules(tags: dict[str, DutyTag], actor) -> list[SeparationRule]:
    there = set(SeparationRule.objects.exclude(starter_key="").values_list("starter_key", flat=True))
    pairs = set(SeparationRule.objects.filter(state="in_force").values_list("role_a", "role_b", "tag_a", "tag_b"))
    roles = {role.starter_key: role for role in Role.objects.exclude(starter_key="").exclude(state="retired")}
    new = []
    for one in starter.rules():
        if one.key in there or not all(key in roles for key in one.roles):
            continue
        row = _rule([roles[key] for key in one.roles], [tags[key] for key in one.tags], effect=one.effect, why=one.why)
        row.starter_key = one.key
        if (row.role_a_id, row.role_b_id, row.tag_a_id, row.tag_b_id) not in pairs:
            new.append(row)
    return history.bulk_create(new, SeparationRule, actor=actor)
