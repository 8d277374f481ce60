"""How a delegation ends, and what comes back when somebody stays after all (coverage A8; design rules 4, 5, 7)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ismsroles.core import clock
from ismsroles.core.errors import InUse, Invalid, NotAllowed
from ismsroles.core.models import AuditEvent
from roles.actions import assignments, register
from roles.actions.leaving import record_last_day
from roles.models import DelegatedDuty, Delegation
from tests import factories
from tests.roles.delegating import answer, answer_direct, end, offer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made(cast) -> Delegation:
    return answer(offer(cast), cast.colleague)


@pytest.mark.parametrize("actor", ["holder", "ism"])
def test_the_holder_and_the_ism_end_it(cast, made, actor):
    assert end(made, getattr(cast, actor)).ends_on == clock.today()


@pytest.mark.parametrize("actor", ["colleague", "deputy", "top", "auditor"])
def test_nobody_else_ends_it(cast, made, actor):
    with pytest.raises(NotAllowed):
        end(made, getattr(cast, actor))


def test_an_offer_is_taken_back_and_not_ended(cast):
    assert end(offer(cast), cast.holder).state == "withdrawn"


def test_what_has_not_begun_is_withdrawn(cast):
    made = answer(offer(cast, starts_on=clock.today() + 5 * DAY), cast.colleague)
    assert end(made, cast.holder).state == "withdrawn"


def test_a_delegation_is_never_made_longer(cast, made):
    with pytest.raises(Invalid):
        end(made, cast.holder, last_day=made.ends_on + DAY)


def test_it_ends_with_the_holders_assignment(cast, made):
    assignments.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today() + 3 * DAY, reason="x")
    assert Delegation.objects.get(pk=made.pk).ends_on == clock.today() + 3 * DAY


@pytest.mark.parametrize("who", ["holder", "colleague"])
def test_it_ends_when_holder_or_delegate_leaves(cast, made, who):
    record_last_day(getattr(cast.people, who), clock.today() + 4 * DAY, actor=cast.ism)
    assert Delegation.objects.get(pk=made.pk).ends_on == clock.today() + 4 * DAY
    assert AuditEvent.objects.filter(code="delegation.ended").count() == 1


def test_who_has_left_counts_for_nothing_even_if_no_action_ran(cast, made):
    type(cast.people.colleague).objects.filter(pk=cast.people.colleague.pk).update(last_day=clock.today() - DAY)
    assert not Delegation.objects.current(clock.today()).exists()


def test_leaving_with_many_delegations_asks_as_many_questions_as_with_one(cast, django_assert_max_num_queries):
    def asked(number: int) -> int:
        leaver = factories.person(f"Leaver {number}")
        for _turn in range(number):
            held = factories.hold(factories.role(), cast.people.holder, approver=cast.top)
            answer_direct(offer(cast, assignment=held, delegate=leaver))
        with django_assert_max_num_queries(60) as found:
            record_last_day(leaver, clock.today() + DAY, actor=cast.ism)
        return len(found)

    assert asked(1) == asked(12)


def test_what_is_delegated_is_neither_removed_nor_moved_meanwhile(cast, made):
    duty = cast.roles.held.responsibilities.first()
    with pytest.raises(InUse):
        register.remove_responsibility(duty, actor=cast.ism)
    with pytest.raises(InUse):
        register.move_responsibility(duty, cast.roles.vacant, actor=cast.ism)


def test_what_was_delegated_stays_written_when_the_responsibility_is_removed_later(cast, made):
    duty = cast.roles.held.responsibilities.first()
    with clock.at(clock.now() + 90 * DAY):
        register.remove_responsibility(duty, actor=cast.ism)
        kept = DelegatedDuty.objects.get()
        assert kept.responsibility is None and kept.text == duty.text


@pytest.mark.parametrize("who", ["holder", "colleague"])
def test_what_a_leaving_cut_short_comes_back_when_they_stay(cast, made, who):
    agreed = made.ends_on
    record_last_day(getattr(cast.people, who), clock.today() + 9 * DAY, actor=cast.ism)
    made.refresh_from_db()
    assert made.ends_on == clock.today() + 9 * DAY
    stayed = record_last_day(getattr(cast.people, who), None, actor=cast.ism)
    made.refresh_from_db()
    assert made.ends_on == agreed and DelegatedDuty.objects.get(delegation=made).ends_on == agreed
    assert any("Delegation restored" in one.sentence for one in stayed.outcomes)


def test_it_comes_back_as_far_as_the_other_one_stays(cast, made):
    record_last_day(cast.people.holder, clock.today() + 20 * DAY, actor=cast.ism)
    record_last_day(cast.people.colleague, clock.today() + 9 * DAY, actor=cast.ism)
    record_last_day(cast.people.colleague, None, actor=cast.ism)
    made.refresh_from_db()
    assert made.ends_on == clock.today() + 20 * DAY


def test_what_somebody_else_carries_out_meanwhile_does_not_come_back(cast, made):
    record_last_day(cast.people.colleague, clock.today() + 9 * DAY, actor=cast.ism)
    answer(offer(cast, delegate=cast.people.top, starts_on=clock.today() + 10 * DAY), cast.top)
    stayed = record_last_day(cast.people.colleague, None, actor=cast.ism)
    made.refresh_from_db()
    assert made.ends_on == clock.today() + 9 * DAY
    assert any("Not restored: the delegation" in one.sentence for one in stayed.outcomes)


def test_no_delegation_grows_beyond_what_was_agreed_whoever_writes(cast, made):
    record_last_day(cast.people.colleague, clock.today() + 9 * DAY, actor=cast.ism)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=made.pk).update(ends_on=clock.today() + 90 * DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        DelegatedDuty.objects.filter(delegation=made).update(ends_on=clock.today() + 50 * DAY)


def test_the_handover_shows_what_was_passed_on(cast, made, as_user):
    record_last_day(cast.people.holder, clock.today() + 9 * DAY, actor=cast.ism)
    page = as_user("ism").get(f"/people/{cast.people.holder.pk}/handover/").content.decode()
    assert "Passed on to Cole Colleague" in page


def test_who_asks_whom_to_tell_reads_who_carries_it_out_and_who_answers(cast, made, as_user):
    cast.people.colleague.phone = "+44 20 7946 0958"
    cast.people.colleague.save()
    page = as_user("colleague").get("/ask/", {"q": "check thing 0 incident"}).content.decode()
    assert "Delegated to <bdi>Cole Colleague</bdi> until" in page and "<bdi>Hana Holder</bdi> answers for it." in page
    assert 'href="tel:+442079460958"' in page
