"""Induction: what joiners read, kept by the information security manager, accepted by each for themself (K3)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from competence.models import InductionAcceptance, InductionItem
from competence.queries import induction
from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import NotAllowed, Stale, WrongState
from roles.actions import changes
from roles.models import Person
from roles.policy import standing

KEEP = "competence.induction.keep"


@transaction.atomic
def add_item(*, actor, **values: Any) -> InductionItem:
    """One more thing that joiners read; who has to accept it when is worked out."""
    require(actor, KEEP)
    item = history.save(InductionItem(**values), actor=actor)
    events.record("induction.added", actor=actor, subject=item, whom=item.whom)
    return item


@transaction.atomic
def change_item(item: InductionItem, *, actor, **values: Any) -> InductionItem:
    """Other words: who accepts from now on reads these; what was accepted stays as it was worded."""
    require(actor, KEEP)
    item = InductionItem.objects.select_for_update().get(pk=item.pk)
    if what := changes.apply(item, values):
        history.save(item, actor=actor)
        events.record("induction.changed", actor=actor, subject=item, what=what)
    return item


@transaction.atomic
def retire_item(item: InductionItem, *, actor) -> InductionItem:
    """Nobody is asked any more; what was accepted stays."""
    require(actor, KEEP)
    item = InductionItem.objects.select_for_update().get(pk=item.pk)
    if item.is_retired:
        raise WrongState(_("It is not in use any more. Nothing was done."))
    item.is_retired = True
    history.save(item, actor=actor)
    events.record("induction.retired", actor=actor, subject=item)
    return item


@transaction.atomic
def accept(item: InductionItem, *, actor, seen: str) -> InductionAcceptance:
    """I have read this and accept it: exactly what was shown, each for themself (rule 2). Twice has the effect of once."""
    who = standing(actor).person
    if who is None:
        raise NotAllowed(_("You are not in the register of people, so there is nothing for you to accept."))
    person = Person.objects.select_for_update().get(pk=who.pk)
    given = InductionAcceptance.objects.filter(item=item, person=person).first()
    if given is not None:
        return given
    asked = next((one for one in induction.of_person(person, clock.today()) if one.item.pk == item.pk), None)
    if asked is None:
        raise WrongState(_("You are not asked for this. Nothing was done."))
    if asked.item.wording != seen:
        raise Stale(_("This was worded anew while you were reading. Read it again, then accept it."))
    row = InductionAcceptance(
        item=asked.item, person=person, wording=seen, said=asked.item.said, due_on=asked.due_on, accepted_at=clock.now(),
        accepted_by=actor,
    )  # fmt: skip
    history.save(row, actor=actor)
    events.record("induction.accepted", actor=actor, subject=asked.item)
    return row
