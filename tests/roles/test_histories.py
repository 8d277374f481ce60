"""Random histories: whatever people do in whatever order, rules 1 to 5 hold and everything leaves its event (design §4)."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ismsroles.core import clock
from ismsroles.core.errors import Refusal
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint
from roles.actions import assignments, people
from roles.models import Assignment, Person
from roles.shown import shown
from tests import factories
from tests.conftest import _cast

RUNS = int(os.environ.get("HISTORIES", "8"))
BEGAN = datetime(2026, 3, 1, 9, tzinfo=UTC)
PICK = st.integers(min_value=0, max_value=10**6)


def one_of(rows, number: int):
    rows = list(rows)
    return rows[number % len(rows)] if rows else None


class Histories(RuleBasedStateMachine):
    """Propose, approve, reject, withdraw, end, leave, return, and days that pass."""

    @initialize()
    def begin(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.moment, self.clock = BEGAN, None
        self._set_clock()
        factories.organisation()
        self.cast = _cast()
        second = factories.person("Tilda Top", login=True)
        factories.hold(
            factories.role("Chief operating officer", persona="top_management"), second, approver=self.cast.top
        )
        self.approvers = [self.cast.top, second.user]
        self.roles = [self.cast.roles.held, self.cast.roles.vacant, factories.role("Auditors", kind="many")]

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)
            self.clock.__exit__(None, None, None)

    def _set_clock(self) -> None:
        if self.clock is not None:
            self.clock.__exit__(None, None, None)
        self.clock = clock.at(self.moment)
        self.clock.__enter__()

    def _try(self, action, **given) -> None:
        """A refusal is an answer; anything else that is raised is a fault."""
        try:
            with transaction.atomic():
                action(**given)
        except Refusal:
            pass

    @rule(days=st.integers(min_value=1, max_value=60))
    def days_pass(self, days: int) -> None:
        self.moment += timedelta(days=days)
        self._set_clock()

    @rule(
        who=PICK,
        what=PICK,
        starts=st.integers(-5, 40),
        lasts=st.none() | st.integers(-2, 90),
        seat=st.sampled_from(["primary", "deputy"]),
    )
    def propose(self, who: int, what: int, starts: int, lasts: int | None, seat: str) -> None:
        first = clock.today() + timedelta(days=starts)
        self._try(
            assignments.propose_assignment,
            role=one_of(self.roles, what), person=one_of(Person.objects.all(), who), actor=self.cast.ism, seat=seat,
            starts_on=first, ends_on=None if lasts is None else first + timedelta(days=lasts),
        )  # fmt: skip

    @precondition(lambda self: Assignment.objects.pending().exists())
    @rule(which=PICK, who=PICK, verb=st.sampled_from(["approve", "reject", "withdraw"]))
    def decide(self, which: int, who: int, verb: str) -> None:
        waiting = one_of(Assignment.objects.pending(), which)
        actor = one_of([*self.approvers, self.cast.ism, self.cast.holder, self.cast.administrator], who)
        if verb == "withdraw":
            self._try(assignments.withdraw_assignment, assignment=waiting, actor=actor)
            return
        action = assignments.approve_assignment if verb == "approve" else assignments.reject_assignment
        self._try(action, assignment=waiting, actor=actor, seen_hash=fingerprint(shown(waiting)), reason="Because.")

    @rule(which=PICK, days=st.integers(-3, 60))
    def end(self, which: int, days: int) -> None:
        last_day = clock.today() + timedelta(days=days)
        held = one_of(Assignment.objects.approved().filter(role__in=self.roles), which)
        if held is not None:
            self._try(
                assignments.end_assignment, assignment=held, actor=self.cast.ism, last_day=last_day, reason="Because."
            )

    @rule(who=PICK, days=st.none() | st.integers(-10, 40))
    def leave_or_return(self, who: int, days: int | None) -> None:
        person = one_of(Person.objects.exclude(pk__in=[self.cast.people.ism.pk, self.cast.people.top.pk]), who)
        last_day = None if days is None else clock.today() + timedelta(days=days)
        self._try(people.record_last_day, person=person, last_day=last_day, actor=self.cast.ism)

    @invariant()
    def a_one_holder_role_has_one_holder_and_nobody_sits_twice(self) -> None:
        if not hasattr(self, "cast"):
            return
        for days in (0, 1, 30, 90):
            day = clock.today() + timedelta(days=days)
            current = list(
                Assignment.objects.current(day).values_list("role_id", "area_id", "person_id", "seat", "single_holder")
            )
            holders = [(role, area) for role, area, _who, seat, single in current if single and seat == "primary"]
            seats = [(role, area, who) for role, area, who, _seat, _single in current]
            assert len(holders) == len(set(holders)) and len(seats) == len(set(seats))

    @invariant()
    def nobody_decided_about_themself_or_on_what_they_proposed(self) -> None:
        for a in Assignment.objects.exclude(decided_by=None):
            assert (
                a.decided_by_person_id not in (a.person_id, a.proposed_by_person_id)
                and a.decided_by_id != a.proposed_by_id
            )

    @invariant()
    def nobody_who_has_left_holds_anything(self) -> None:
        if hasattr(self, "cast"):
            today = clock.today()
            assert not Assignment.objects.current(today).filter(person__last_day__lt=today).exists()

    @invariant()
    def every_decision_left_exactly_one_event(self) -> None:
        for state in ("approved", "rejected"):
            decided = set(Assignment.objects.filter(state=state, seen_hash__gt="").values_list("pk", flat=True))
            told = [
                int(pk)
                for pk in AuditEvent.objects.filter(code=f"assignment.{state}").values_list("subject_id", flat=True)
            ]
            assert sorted(told) == sorted(decided)


@pytest.mark.django_db
def test_rules_one_to_five_hold_in_random_histories():
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
