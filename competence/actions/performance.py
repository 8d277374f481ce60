"""What a role's holder is expected to reach, and gaps until they are closed (A10, rule 15). Events and mails name nobody."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from competence.actions.files import keep
from competence.models import Expectation, PerformanceGap
from competence.states import PERFORMANCE
from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid
from roles.actions import changes
from roles.models import Person, Role
from roles.policy import standing


@transaction.atomic
def add_expectation(role: Role, *, actor, text: str) -> Expectation:
    """One thing that holders of this role are measured by."""
    require(actor, "competence.requirement.keep")
    row = history.save(Expectation(role=role, text=text), actor=actor)
    events.record("expectation.added", actor=actor, subject=role, role=role)
    return row


@transaction.atomic
def retire_expectation(expectation: Expectation, *, actor) -> Role:
    """It is expected no more; gaps that name it keep it."""
    require(actor, "competence.requirement.keep")
    row = Expectation.objects.select_for_update(of=("self",)).select_related("role").get(pk=expectation.pk)
    if not row.is_retired:
        row.is_retired = True
        history.save(row, actor=actor)
        events.record("expectation.retired", actor=actor, subject=row.role, role=row.role)
    return row.role


@transaction.atomic
def note_gap(person: Person, *, actor, role: Role, seen: str, **more: Any) -> PerformanceGap:
    """Somebody does not reach what their role expects. Nobody notes this about themself."""
    require(actor, "performance.keep", person)
    gap = PerformanceGap(
        person=person, role=role, seen=seen, noted_by=actor, noted_by_person=standing(actor).person,
        noted_on=clock.today(), **more,
    )  # fmt: skip
    if gap.expectation is not None and gap.expectation.role_id != role.pk:
        raise Invalid(_("This is expected of another role. Choose one of this role, or none."), "expectation")
    history.save(gap, actor=actor)
    _record("performance.noted", gap, actor)
    return gap


@transaction.atomic
def follow_up(gap: PerformanceGap, *, actor, **values: Any) -> PerformanceGap:
    """Feedback given, corrective action agreed, another day."""
    row = _moved(gap, "change", actor)
    if changes.apply(row, values):
        history.save(row, actor=actor)
        _record("performance.changed", row, actor)
    return row


@transaction.atomic
def close_gap(
    gap: PerformanceGap, *, actor, outcome: str, closed_on: date | None = None, file: Any = None
) -> PerformanceGap:
    """Closed with what shows that the corrective action worked."""
    row = _moved(gap, "close", actor)
    if not row.action.strip():
        raise Invalid(_("Write the corrective action first, under “Follow up”."))
    if not outcome.strip():
        raise Invalid(_("Say what shows that it is reached now."), "outcome")
    row.outcome, row.closed_on, row.closed_by = outcome, closed_on or clock.today(), actor
    row.file = keep(file, row.person, "performance", actor) if file else None
    history.save(row, actor=actor)
    _record("performance.closed", row, actor)
    return row


def _moved(gap: PerformanceGap, verb: str, actor) -> PerformanceGap:
    rows = PerformanceGap.objects.select_for_update(of=("self",)).select_related("person", "role", "expectation")
    row = rows.get(pk=gap.pk)
    require(actor, "performance.keep", row.person)
    row.state = PERFORMANCE.move(row.state, verb)
    return row


def _record(code: str, gap: PerformanceGap, actor) -> None:
    events.record(code, actor=actor, subject=gap)
