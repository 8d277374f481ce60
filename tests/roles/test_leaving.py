"""Leaving and staying: what happens in the same transaction, who is told, what comes back (A6; rule 5)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ismsroles.core import accounts, clock, scope
from ismsroles.core.errors import WrongState
from ismsroles.core.models import AuditEvent, Invitation
from ismsroles.notices.models import Message
from roles import leaving
from roles.actions import assignments, people
from roles.models import Assignment
from roles.queries.people import representatives_of
from tests import factories

DAY = timedelta(days=1)


def leave(cast, person, days: int = 10):
    return people.record_last_day(person, clock.today() + days * DAY, actor=cast.ism, reason="New job")


def stay(cast, person):
    return people.record_last_day(person, None, actor=cast.ism, reason="A mistake")


def again(row):
    return type(row).objects.get(pk=row.pk)


def told(person) -> list[Message]:
    return list(Message.objects.filter(address=person.email, code__startswith="leaving"))


def forty_holdings(cast):
    """One person with forty holdings: seats, deputy seats with a holder, proposals; each role with a deputy of its own."""
    person = factories.person("Max Many", login=True, manager=cast.people.colleague)
    for number in range(40):
        role = factories.role(kind="one", duties=0)
        if number % 4 == 3:
            assignments.propose_assignment(role=role, person=person, actor=cast.ism, starts_on=clock.today())
            continue
        other = factories.person()
        mine, theirs = ("deputy", "primary") if number % 4 == 2 else ("primary", "deputy")
        factories.hold(role, person, approver=cast.top, seat=mine)
        factories.hold(role, other, approver=cast.top, seat=theirs)
    factories.assign_perm("represent_area", person.user, cast.home)
    accounts.invite(person.user, actor=cast.ism)
    return person


@pytest.mark.parametrize("days", [-1, 0, 30])
def test_somebody_with_forty_holdings_leaves_in_one_transaction_and_at_most_25_queries(cast, days):
    person = forty_holdings(cast)
    with scope.opened(), CaptureQueriesContext(connection) as asked:
        leave(cast, person, days)
    said = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(said) <= 25, "\n".join(sql[:90] for sql in said)
    assert not Assignment.objects.filter(person=person, state="proposed").exists()
    assert set(Assignment.objects.filter(person=person, state="approved").values_list("ends_on", flat=True)) == {
        clock.today() + days * DAY
    }


def test_each_of_those_concerned_gets_one_message(cast):
    person = forty_holdings(cast)
    leave(cast, person)
    deputies = [
        a.person for a in Assignment.objects.filter(seat="deputy").exclude(person=person) if "Person" in str(a.person)
    ]
    assert len(deputies) == 20
    for reader in [person, cast.people.colleague, cast.people.ism, *deputies]:
        assert len(told(reader)) == 1, reader


def test_the_deputy_is_told_what_they_stand_in_for_and_from_when(cast):
    leave(cast, cast.people.holder, 3)
    said = " ".join(told(cast.people.deputy)[0].lines)
    assert "Incident manager" in said
    assert str((clock.today() + 4 * DAY).day) in said


def test_whoever_fails_while_somebody_leaves_undoes_it_all(cast, monkeypatch):
    def fails(people, *, actor, reason):
        raise WrongState("No.")

    monkeypatch.setattr(leaving, "_on_leaving", [*leaving._on_leaving, fails])
    with pytest.raises(WrongState):
        leave(cast, cast.people.holder)
    assert again(cast.people.holder).last_day is None
    assert again(cast.held.holder).ends_on is None


def test_a_proposal_that_fits_into_the_time_left_waits_on(cast):
    made = assignments.propose_assignment(
        role=cast.roles.vacant,
        person=cast.people.holder,
        actor=cast.ism,
        starts_on=clock.today(),
        ends_on=clock.today() + 5 * DAY,
    )
    person = leave(cast, cast.people.holder, 10)
    assert again(made).state == "proposed"
    assert any(outcome.is_open for outcome in person.outcomes)
    leave(cast, cast.people.holder, 4)
    assert again(made).state == "withdrawn"


def test_who_stays_after_all_gets_back_what_was_approved(cast):
    end = clock.today() + 200 * DAY
    seat = factories.hold(cast.roles.vacant, cast.people.holder, approver=cast.top, ends_on=end)
    leave(cast, cast.people.holder)
    person = stay(cast, cast.people.holder)
    assert (again(cast.held.holder).ends_on, again(seat).ends_on) == (None, end)
    assert [outcome.is_open for outcome in person.outcomes] == [False, False]
    assert AuditEvent.objects.filter(code="assignment.restored").count() == 2


def test_a_later_last_day_moves_the_ends_with_it_and_never_beyond_what_was_approved(cast):
    end = clock.today() + 20 * DAY
    seat = factories.hold(cast.roles.vacant, cast.people.holder, approver=cast.top, ends_on=end)
    for days, expected in [(10, 10), (15, 15), (5, 5), (90, 20)]:
        leave(cast, cast.people.holder, days)
        assert again(seat).ends_on == clock.today() + expected * DAY
    assert not again(seat).cut_by_leaving


def test_a_role_that_somebody_else_has_taken_is_not_restored_and_it_is_said(cast):
    leave(cast, cast.people.holder, 10)
    factories.hold(cast.roles.held, cast.people.colleague, approver=cast.top, starts_on=clock.today() + 11 * DAY)
    person = stay(cast, cast.people.holder)
    assert again(cast.held.holder).ends_on == clock.today() + 10 * DAY
    assert person.outcomes[0].is_open
    assert "Cole Colleague" in person.outcomes[0].sentence


def test_days_on_which_nobody_held_the_role_stay_in_the_record(cast):
    leave(cast, cast.people.holder, 0)
    with clock.at(clock.now() + 3 * DAY):
        person = stay(cast, cast.people.holder)
    assert again(cast.held.holder).ends_on is not None
    assert "Not restored" in person.outcomes[0].sentence


def test_what_was_ended_for_another_reason_stays_ended(cast):
    assignments.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today() + 2 * DAY, reason="Moves on")
    leave(cast, cast.people.holder)
    stay(cast, cast.people.holder)
    assert again(cast.held.holder).ends_on == clock.today() + 2 * DAY


def test_the_database_gives_back_no_longer_term_than_was_approved(cast):
    seat = factories.hold(cast.roles.vacant, cast.people.holder, approver=cast.top, ends_on=clock.today() + 20 * DAY)
    leave(cast, cast.people.holder)
    rows = Assignment.objects.filter(pk=seat.pk)
    for values in ({"ends_on": None}, {"ends_on": clock.today() + 21 * DAY}, {"approved_end": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**values)


def test_areas_are_looked_after_by_nobody_who_has_left(cast):
    leave(cast, cast.people.representative, -1)
    assert not cast.representative.has_perm("represent_area", cast.home)
    stay(cast, cast.people.representative)
    assert not representatives_of(cast.home).exists()


def test_a_grant_left_over_from_before_does_not_come_back_with_the_person(cast):
    leave(cast, cast.people.representative, 0)
    with clock.at(clock.now() + 2 * DAY):
        assert not representatives_of(cast.home).exists()
        stay(cast, cast.people.representative)
        assert not representatives_of(cast.home).exists()
    assert AuditEvent.objects.filter(code="person.representative_ended").exists()


def test_an_invitation_is_open_no_longer_than_its_person_is_here(cast):
    accounts.invite(cast.colleague, actor=cast.ism)
    accounts.invite(cast.holder, actor=cast.ism)
    leave(cast, cast.people.colleague, -1)
    leave(cast, cast.people.holder, 1)
    open_now = Invitation.objects.filter(expires_at__gt=clock.now())
    assert [one.user for one in open_now] == [cast.holder]
    assert not open_now.filter(expires_at__gt=clock.now() + 2 * DAY).exists()


def test_leaving_leaves_one_event_for_each_thing_that_ends(cast):
    leave(cast, forty_holdings(cast))
    codes = list(AuditEvent.objects.values_list("code", flat=True))
    assert (codes.count("person.leaves"), codes.count("assignment.ended"), codes.count("assignment.withdrawn")) == (
        1,
        30,
        10,
    )
