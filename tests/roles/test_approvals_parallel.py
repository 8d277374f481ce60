"""Two people, or two windows, at the same moment: one effect (security case 29)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from ismsroles.core import clock
from ismsroles.core.errors import Invalid, Refusal
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint
from roles.actions import assignments as actions
from roles.actions.people import record_last_day
from roles.models import Assignment
from roles.shown import shown
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls) -> list[object]:
    """What each call gave back or raised, when all begin together."""
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            return call()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def propose(cast, person) -> Assignment:
    role = cast.roles.vacant
    return actions.propose_assignment(
        role=role, person=person, actor=cast.ism, starts_on=clock.today(), reason="Knows it"
    )


def approval(made: Assignment, actor, verb=actions.approve_assignment):
    seen = fingerprint(shown(Assignment.objects.get(pk=made.pk)))
    return lambda: verb(made, actor=actor, seen_hash=seen, reason="Decided")


def kinds(outcomes: list[object]) -> list[str]:
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_two_approvals_of_one_proposal_have_one_effect(cast):
    made = propose(cast, cast.people.colleague)
    outcomes = at_once(*[approval(made, cast.top) for _ in range(4)])
    assert kinds(outcomes) == ["Assignment", "WrongState", "WrongState", "WrongState"]
    assert AuditEvent.objects.filter(code="assignment.approved").count() == 1


def test_an_approval_and_a_rejection_at_once_leave_one_decision(cast):
    made = propose(cast, cast.people.colleague)
    outcomes = at_once(approval(made, cast.top), approval(made, cast.top, actions.reject_assignment))
    assert kinds(outcomes) == ["Assignment", "WrongState"]
    assert AuditEvent.objects.filter(code__in=["assignment.approved", "assignment.rejected"]).count() == 1


def test_two_people_are_not_both_approved_for_one_seat(cast):
    first, second = propose(cast, cast.people.colleague), propose(cast, cast.people.outsider)
    at_once(approval(first, cast.top), approval(second, cast.top))
    assert Assignment.objects.current(clock.today()).filter(role=cast.roles.vacant, seat="primary").count() == 1


def test_the_same_proposal_twice_at_once_is_one_proposal(cast):
    outcomes = at_once(*[lambda: propose(cast, cast.people.colleague) for _ in range(2)])
    assert kinds(outcomes) == ["Assignment", "Invalid"] and isinstance(outcomes[0], Assignment | Invalid)
    assert Assignment.objects.pending().count() == 1


def test_an_approval_and_a_departure_at_once_leave_nobody_in_office_who_is_gone(cast):
    made, today = propose(cast, cast.people.colleague), clock.today()
    at_once(approval(made, cast.top), lambda: record_last_day(cast.people.colleague, today, actor=cast.ism))
    made.refresh_from_db()
    assert made.state == "withdrawn" or made.ends_on == today


def test_two_roles_proposed_at_once_are_both_proposed(cast):
    other = factories.role("Another role")

    def second():
        return actions.propose_assignment(
            role=other, person=cast.people.colleague, actor=cast.ism, starts_on=clock.today(), reason="Knows it too"
        )

    assert kinds(at_once(lambda: propose(cast, cast.people.colleague), second)) == ["Assignment", "Assignment"]
