"""What a reviewer who distrusts everything tried: far-off days, moved scopes, second logins, SQL round the triggers."""

from datetime import date, timedelta
from threading import Event
from time import sleep

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from evidence.actions import engagements
from ismsroles.core import clock, events
from ismsroles.core.access import may
from ismsroles.core.errors import Invalid, NotAllowed, Refusal
from ismsroles.core.models import Organisation, OutboxMessage
from ismsroles.core.shown import fingerprint
from roles.actions import assignments as actions
from roles.actions import people, register
from roles.models import Assignment, Role
from roles.policy.waiting import awaiting
from roles.queries.assignments import who_may_decide
from roles.shown import shown
from tests import factories
from tests.roles.test_approvals_parallel import approval, at_once

pytestmark = pytest.mark.django_db


def propose(cast, person, **terms):
    terms = {"role": cast.roles.vacant, "starts_on": clock.today(), "reason": "Knows it", "actor": cast.ism, **terms}
    return actions.propose_assignment(person=person, **terms)


# Days at the edge of the calendar ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", [{"starts_on": date.min}, {"ends_on": date.max}])
def test_a_term_that_no_organisation_means_is_refused_at_its_day(cast, term):
    cast.people.outsider.starts_on = None
    cast.people.outsider.save()
    with pytest.raises(Invalid, match="outside 1900 to 2200") as refused:
        propose(cast, cast.people.outsider, **term)
    assert refused.value.field == next(iter(term))


def test_a_last_day_without_a_day_after_it_is_refused(cast):
    """HR systems write 9999-12-31 for "no end": the overview would fail on the day after."""
    with pytest.raises(Invalid, match="outside 1900 to 2200"):
        people.record_last_day(cast.people.holder, date.max, actor=cast.ism)


def test_a_first_day_before_any_organisation_is_refused(cast):
    with pytest.raises(Invalid):
        people.add_person(actor=cast.ism, name="Fay First", starts_on=date.min)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9999-12-30", "yesterday"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_log_takes_any_day_in_any_zone(cast, as_user, day, zone):
    Organisation.objects.update(time_zone=zone)
    for name in ("since", "until"):
        assert as_user("ism").get(reverse("log"), {name: day}).status_code == 200


# Who decides where ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def local(cast):
    """An approver for Operations only."""
    person = factories.person("Lou Local", login=True)
    role = factories.role("Site director", persona="top_management", area=cast.home)
    factories.hold(role, person, approver=cast.top)
    return person.user


def approve(made, actor):
    return actions.approve_assignment(made, actor=actor, seen_hash=fingerprint(shown(made)))


def test_moving_a_role_into_an_area_gives_its_proposals_to_nobody_else(cast, local):
    """A role without an area, put into Operations while its proposal waits, is still for who decides everywhere."""
    made = propose(cast, cast.people.outsider)
    register.change_role(cast.roles.vacant, actor=cast.ism, area=cast.home)
    made = Assignment.objects.get(pk=made.pk)
    with pytest.raises(NotAllowed):
        approve(made, local)
    assert who_may_decide(made) == [cast.people.top]
    assert made not in awaiting(local)


def test_taking_a_role_out_of_its_area_widens_no_approvers_scope(cast, local):
    role = Role.objects.get(title="Site director")
    register.change_role(role, actor=cast.ism, area=None)
    with pytest.raises(NotAllowed):
        approve(propose(cast, cast.people.outsider), local)


def test_who_decides_for_one_area_makes_nobody_information_security_manager(cast, local):
    """That access reaches the whole register, whatever area the role is held for."""
    role = factories.role("Deputy manager of the ISMS", persona="ism", area=cast.home)
    made = propose(cast, cast.people.outsider, role=role)
    with pytest.raises(NotAllowed):
        approve(made, local)
    assert who_may_decide(made) == [cast.people.top]


def test_a_role_of_one_area_is_not_proposed_for_another(cast):
    with pytest.raises(Invalid) as refused:
        propose(cast, cast.people.outsider, role=factories.role(area=cast.home), area=cast.elsewhere)
    assert refused.value.field == "area"


def test_a_role_of_an_area_may_be_proposed_for_a_part_of_it(cast):
    part = factories.area("Workshop", parent=cast.home)
    made = propose(cast, cast.people.outsider, role=factories.role(area=cast.home), area=part)
    assert made.area == part


# One person, two logins -----------------------------------------------------------------------------------------------------


def test_what_another_login_with_the_approvers_address_proposed_is_not_theirs_to_decide(cast):
    """The approver's page says another address than their login: a second login with it is them all the same (case 6)."""
    second = factories.user("Tora again", email="tora@elsewhere.example", administrator=True)
    people.change_person(cast.people.top, actor=cast.ism, email="Tora@Elsewhere.example")
    made = Assignment.objects.create(
        role=cast.roles.vacant, person=cast.people.outsider, single_holder=True, starts_on=clock.today(),
        proposed_by=second, proposed_at=clock.now(),
    )  # fmt: skip
    assert not may(cast.top, "roles.assignment.approve", made)
    assert made not in awaiting(cast.top) and who_may_decide(made) == []


# SQL round the triggers -----------------------------------------------------------------------------------------------------


def refused(sql: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only: its own word for delete and insert")
@pytest.mark.parametrize("table", ["core_auditevent", "roles_historicalperson", "roles_assignment", "core_user"])
def test_what_is_kept_cannot_be_replaced_under_its_own_number(cast, table):
    """INSERT OR REPLACE deletes the row that is in the way without asking the trigger that refuses deletion."""
    events.record("login.signed_in", actor=cast.ism, subject=cast.ism)
    people.add_person(actor=cast.ism, name="Hal History")
    refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    refused(f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only: SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["core_auditevent", "roles_historicalperson", "roles_assignment", "core_user"])
def test_what_is_kept_cannot_be_emptied_at_a_stroke(cast, table):
    """TRUNCATE asks no trigger that looks at rows."""
    connection.check_constraints()  # nothing of the test itself stands in the way
    refused(f"TRUNCATE {table} CASCADE")


def test_the_history_of_audits_is_kept(cast):
    """Who could look at everything, and when, is evidence like any other (rule 9)."""
    engagements.change(cast.engagement, actor=cast.ism, firm="Checkers Ltd")
    refused("UPDATE evidence_historicalengagement SET firm = 'Nobody'")
    refused("DELETE FROM evidence_historicalengagement")
    refused("DELETE FROM evidence_engagement")


# Two at once ----------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only: SQLite has one writer at a time")
def test_two_successors_approved_at_once_end_the_predecessor_once(cast):
    """The second approval waits for the first and is refused with a sentence; it fails in no trigger."""
    factories.hold(cast.roles.vacant, cast.people.holder, approver=cast.top)
    first = propose(cast, cast.people.outsider, starts_on=clock.today() + timedelta(days=5))
    second = propose(cast, cast.people.colleague, starts_on=clock.today() + timedelta(days=9))
    decided, approve_first, approve_second = Event(), approval(first, cast.top), approval(second, cast.top)

    def slowly():
        with transaction.atomic():
            approve_first()
            decided.set()
            sleep(0.5)

    outcomes = at_once(slowly, lambda: decided.wait(10) and approve_second())
    assert isinstance(outcomes[1], Refusal)
    assert Assignment.objects.approved().filter(role=cast.roles.vacant, seat="primary", ends_on=None).count() == 1


# What is left lying about ---------------------------------------------------------------------------------------------------


def test_a_link_that_was_mailed_stands_nowhere_in_the_database(cast, deliver):
    """Of an invitation only the digest is kept: the delivered mail does not lie in the outbox (design §5)."""
    people.give_login(cast.people.outsider, actor=cast.ism)
    assert "/invitation/" in str(OutboxMessage.objects.values_list("payload", flat=True))
    deliver()
    assert "/invitation/" not in str(OutboxMessage.objects.values_list("payload", flat=True))
    assert OutboxMessage.objects.filter(delivered_at=None).count() == 0
