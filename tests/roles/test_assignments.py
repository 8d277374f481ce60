"""Proposing, withdrawing and ending (coverage A2, A3; design rules 1, 3, 4)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from ismsroles.core import clock, guards
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint
from ismsroles.notices.models import Message
from roles.actions import assignments as actions
from roles.actions.people import record_last_day
from roles.models import Assignment
from roles.shown import shown
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def propose(cast, person=None, role=None, actor=None, **terms) -> Assignment:
    terms = {"starts_on": clock.today(), "reason": "Knows the work", **terms}
    person, role = person or cast.people.colleague, role or cast.roles.vacant
    return actions.propose_assignment(role=role, person=person, actor=actor or cast.ism, **terms)


def last_event() -> AuditEvent:
    return AuditEvent.objects.first()


def test_a_proposal_is_not_in_force(cast):
    made = propose(cast)
    assert made.state == "proposed" and not made.is_current(clock.today())


def test_a_proposal_leaves_one_event_and_one_history_row(cast):
    made = propose(cast)
    assert last_event().sentence == "Ismail Keeper proposed Cole Colleague as holder of Continuity manager."
    assert made.history.get().history_change_reason == "Knows the work"


def test_holder_and_deputy_are_proposed_together_and_decided_each_on_its_own(cast):
    made = propose(cast, deputy=cast.people.deputy)
    together = Assignment.objects.filter(proposal=made.proposal)
    assert {(a.person.name, a.seat, a.state) for a in together} == {
        ("Cole Colleague", "primary", "proposed"),
        ("Dov Deputy", "deputy", "proposed"),
    }


def test_a_person_is_never_their_own_deputy(cast):
    with pytest.raises(Invalid, match="never the holder") as refused:
        propose(cast, deputy=cast.people.colleague)
    assert refused.value.field == "deputy" and not Assignment.objects.pending().exists()


def test_a_deputy_of_somebody_from_outside_is_external_help(cast):
    propose(cast, deputy=cast.people.outsider)
    assert Assignment.objects.get(seat="deputy", state="proposed").filled_as == "external"


def test_what_stands_in_the_way_of_the_deputy_is_said_at_the_deputy(cast):
    with pytest.raises(Invalid) as refused:
        propose(cast, deputy=cast.people.leaver)
    assert refused.value.field == "deputy"


@pytest.mark.parametrize("actor", ["holder", "deputy", "colleague", "auditor", "leaver", "top", "administrator"])
def test_who_does_not_keep_the_register_cannot_propose(cast, actor):
    with pytest.raises(NotAllowed):
        propose(cast, actor=getattr(cast, actor))


def test_a_representative_proposes_people_of_their_own_area_only(cast):
    assert propose(cast, person=cast.people.holder, actor=cast.representative)
    with pytest.raises(NotAllowed):
        propose(cast, person=cast.people.colleague, actor=cast.representative)


def test_the_administrator_proposes_only_while_nobody_is_information_security_manager(cast):
    actions.end_assignment(cast.held.ism, actor=cast.ism, last_day=clock.today() - DAY, reason="Over")
    assert propose(cast, actor=cast.administrator)


@pytest.mark.parametrize("last", [-1, 0])
def test_only_somebody_who_is_here_can_be_proposed(cast, last):
    person = factories.person(last_day=clock.today() + last * DAY)
    if last < 0:
        with pytest.raises(Invalid, match="not with the organisation"):
            propose(cast, person=person)
    else:
        assert propose(cast, person=person, ends_on=clock.today())


def test_nobody_is_proposed_beyond_their_last_day(cast):
    person = factories.person(last_day=clock.today() + 30 * DAY)
    with pytest.raises(Invalid, match="leaves on"):
        propose(cast, person=person)


def test_nobody_is_proposed_from_before_they_came(cast):
    person = factories.person(starts_on=clock.today())
    with pytest.raises(Invalid, match="not there yet"):
        propose(cast, person=person, starts_on=clock.today() - DAY)


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_a_role_that_is_not_in_force_cannot_be_held(cast, state):
    with pytest.raises(Invalid, match="not in force"):
        propose(cast, role=factories.role(state=state))


def test_what_everybody_holds_needs_no_assignment(cast):
    with pytest.raises(Invalid, match="Everybody holds"):
        propose(cast, role=factories.role(kind="everyone"))


def test_a_term_that_is_over_cannot_be_proposed(cast):
    with pytest.raises(Invalid, match="over already"):
        propose(cast, starts_on=clock.today() - 2 * DAY, ends_on=clock.today() - DAY)


def test_the_last_day_is_not_before_the_first(cast):
    with pytest.raises(Invalid, match="before the first"):
        propose(cast, starts_on=clock.today() + DAY, ends_on=clock.today())


def test_the_same_person_is_not_proposed_twice(cast):
    propose(cast)
    with pytest.raises(Invalid, match="proposed for Continuity manager already"):
        propose(cast)


def test_a_deputy_whose_term_begins_later_is_not_proposed_as_the_holder(cast):
    factories.hold(
        cast.roles.vacant, cast.people.deputy, approver=cast.top, seat="deputy", starts_on=clock.today() + 9 * DAY
    )
    with pytest.raises(Invalid, match="never the holder"):
        propose(cast, person=cast.people.deputy)


def test_a_deputy_who_becomes_the_holder_is_deputy_until_the_day_before(cast):
    first = clock.today() + 9 * DAY
    made = propose(cast, role=cast.roles.held, person=cast.people.deputy, starts_on=first)
    assert cast.held.deputy.ends_on is None
    actions.approve_assignment(made, actor=cast.top, seen_hash=fingerprint(shown(made)))
    cast.held.deputy.refresh_from_db()
    assert (cast.held.deputy.ends_on, cast.held.deputy.end_reason) == (first - DAY, "Becomes the holder.")


def test_a_holder_who_follows_later_sets_the_end_of_what_can_be_proposed(cast):
    factories.hold(cast.roles.vacant, cast.people.outsider, approver=cast.top, starts_on=clock.today() + 10 * DAY)
    with pytest.raises(Invalid, match="Otto Outsider holds"):
        propose(cast)
    assert propose(cast, ends_on=clock.today() + 9 * DAY)


def test_nothing_but_the_terms_of_a_proposal_can_be_given(cast):
    for name in ("state", "decided_by", "is_founding", "single_holder", "proposed_by", "seen_hash"):
        with pytest.raises(TypeError):
            propose(cast, **{name: "approved"})


def test_many_are_proposed_or_none(cast):
    roles = [factories.role("First"), factories.role("Second")]
    people = {roles[0].pk: cast.people.colleague, roles[1].pk: cast.people.leaver}
    with pytest.raises(Invalid) as refused:
        actions.propose_many(roles=roles, person_for=people, actor=cast.ism, starts_on=clock.today(), reason="All")
    assert refused.value.field == f"person_{roles[1].pk}" and not Assignment.objects.pending().exists()


def test_many_are_proposed_at_once(cast):
    roles = [factories.role(f"Role of many {number}") for number in range(20)]
    people = {role.pk: cast.people.colleague for role in roles}
    made = actions.propose_many(roles=roles, person_for=people, actor=cast.ism, starts_on=clock.today(), reason="All")
    assert len(made) == Assignment.objects.pending().count() == 20


def test_an_approver_gets_one_mail_a_day_however_much_is_proposed(cast):
    test_many_are_proposed_at_once(cast)
    assert Message.objects.filter(address=cast.top.email).count() == 1


# Withdrawing and ending ------------------------------------------------------------------------------------------------


def test_the_proposer_takes_a_proposal_back(cast):
    made = propose(cast, person=cast.people.holder, actor=cast.representative)
    assert actions.withdraw_assignment(made, actor=cast.representative, reason="Changed my mind").state == "withdrawn"


def test_nobody_else_takes_a_proposal_back(cast):
    made = propose(cast)
    with pytest.raises(NotAllowed):
        actions.withdraw_assignment(made, actor=cast.top)


def test_an_end_counts_its_last_day(cast):
    actions.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today(), reason="Moves on")
    made = Assignment.objects.get(pk=cast.held.holder.pk)
    assert made.is_current(clock.today()) and not made.is_current(clock.today() + DAY)


def test_an_end_needs_a_reason(cast):
    with pytest.raises(Invalid, match="Say why"):
        actions.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today(), reason="  ")


def test_the_past_is_not_rewritten_by_an_end(cast):
    with pytest.raises(Invalid, match="Choose yesterday"):
        actions.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today() - 2 * DAY, reason="Long gone")


def test_what_is_over_cannot_be_ended_again(cast):
    actions.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today() - DAY, reason="Moves on")
    with pytest.raises(WrongState, match="ended on"):
        actions.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today(), reason="Again")


def test_a_longer_term_is_proposed_anew(cast):
    actions.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today(), reason="Moves on")
    with pytest.raises(Invalid, match="propose it anew"):
        actions.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today() + DAY, reason="Longer")


@pytest.mark.parametrize("actor", ["holder", "deputy", "representative", "top", "auditor", "administrator"])
def test_only_who_keeps_the_register_ends_an_assignment(cast, actor):
    with pytest.raises(NotAllowed):
        actions.end_assignment(cast.held.holder, actor=getattr(cast, actor), last_day=clock.today(), reason="Out")


def test_who_loses_a_role_is_told(cast, next_morning, mailoutbox):
    actions.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today(), reason="Moves on")
    next_morning()
    assert [mail.to for mail in mailoutbox] == [[cast.people.holder.email]] and "Moves on" in mailoutbox[0].body


# Leaving (rule 5, case 9) ----------------------------------------------------------------------------------------------


def test_leaving_ends_all_that_is_held_and_withdraws_what_waits_in_one_go(cast):
    waiting, today = propose(cast, person=cast.people.holder), clock.today()
    record_last_day(cast.people.holder, today, actor=cast.ism)
    held, waiting = Assignment.objects.get(pk=cast.held.holder.pk), Assignment.objects.get(pk=waiting.pk)
    assert (held.ends_on, waiting.state) == (today, "withdrawn")


def test_when_leaving_fails_half_way_nothing_of_it_is_kept(cast):
    fault = guards.Guard("a_fault", "core_auditevent", "INSERT", "NEW.code = 'assignment.ended'", "the disk is full")
    with connection.cursor() as cursor:
        getattr(guards, f"_on_{connection.vendor}")(cursor, fault)
    with pytest.raises(DatabaseError), transaction.atomic():
        record_last_day(cast.people.holder, clock.today(), actor=cast.ism)
    cast.people.holder.refresh_from_db()
    assert cast.people.holder.last_day is None and Assignment.objects.get(pk=cast.held.holder.pk).ends_on is None


def test_somebody_signed_in_is_out_at_the_next_request_after_leaving(cast, as_user):
    browser = as_user("holder")
    assert browser.get("/mine/").status_code == 200
    record_last_day(cast.people.holder, clock.today() - DAY, actor=cast.ism)
    assert "/account/login/" in browser.get("/mine/").url


def test_on_the_last_day_one_still_comes_in(cast, as_user):
    record_last_day(cast.people.holder, clock.today(), actor=cast.ism)
    assert as_user("holder").get("/mine/").status_code == 200


def test_who_has_left_can_do_nothing_with_an_old_session_by_post_either(cast, as_user):
    browser = as_user("ism")
    record_last_day(cast.people.ism, clock.today() - DAY, actor=cast.ism)
    browser.post(
        f"/assignments/{cast.held.holder.pk}/end/", {"last_day": clock.today().isoformat(), "reason": "Revenge"}
    )
    assert Assignment.objects.get(pk=cast.held.holder.pk).ends_on is None
