"""Delegation: passed on for a time, never away; the holder checks (coverage A8; design rules 1, 4, 5)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from ismsroles.core import clock, findings, outbox
from ismsroles.core.errors import InUse, Invalid, NotAllowed, Stale, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint
from roles.actions import assignments, delegations, register, separation
from roles.actions.leaving import record_last_day
from roles.holdings import holdings
from roles.models import DelegatedDuty, Delegation, DelegationCheck
from roles.queries import delegations as queries
from roles.states import DELEGATION
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def offer(cast, **values) -> Delegation:
    """Hana asks Cole to carry out the first of her responsibilities for 60 days, looked at every month."""
    held = values.pop("assignment", cast.held.holder)
    today = clock.today()
    terms = {"delegate": cast.people.colleague, "responsibilities": [held.role.responsibilities.first()], "actor": cast.holder,
             "starts_on": today, "ends_on": today + 60 * DAY, "every": 1, "unit": "month"}  # fmt: skip
    return delegations.offer_delegation(held, **terms | values)


def answer(made, actor, verb="accept", **values) -> Delegation:
    act = {"accept": delegations.accept_delegation, "decline": delegations.decline_delegation}[verb]
    seen = values.pop("seen", fingerprint(queries.shown(made)))
    return act(made, actor=actor, seen_hash=seen, reason=values.get("reason", "No time"))


def check(made, actor, **values) -> DelegationCheck:
    terms = {"on": clock.today(), "looked_at": "The list of October", "result": "ok"}
    return delegations.record_check(made, actor=actor, **terms | values)


def end(made, actor, **values) -> Delegation:
    return delegations.end_delegation(made, actor=actor, **{"last_day": clock.today(), "reason": "Back again"} | values)


@pytest.fixture
def made(cast) -> Delegation:
    return answer(offer(cast), cast.colleague)


# Offering ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", ["ism", "top", "administrator", "representative", "deputy", "auditor", "colleague"])
def test_nobody_but_the_holder_delegates(cast, actor):
    with pytest.raises(NotAllowed):
        offer(cast, actor=getattr(cast, actor))


def test_a_delegate_cannot_delegate_onward(cast, made):
    with pytest.raises(NotAllowed):
        offer(cast, actor=cast.colleague, delegate=cast.people.outsider)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (lambda c: {"delegate": c.people.holder}, "delegate"),
        (lambda c: {"delegate": c.people.leaver}, "delegate"),
        (lambda c: {"responsibilities": []}, "responsibilities"),
        (lambda c: {"responsibilities": c.roles.vacant.responsibilities.all()}, "responsibilities"),
        (lambda c: {"starts_on": clock.today() - DAY}, "starts_on"),
        (lambda c: {"ends_on": clock.today() - DAY, "starts_on": clock.today()}, None),
        (lambda c: {"every": 0}, "every"),
        (lambda c: {"every": 400}, "every"),
        (lambda c: {"unit": "year"}, "unit"),
    ],
)
def test_what_cannot_be_delegated_is_refused_where_it_stands(cast, wrong, field):
    with pytest.raises(Invalid) as refused:
        offer(cast, **wrong(cast))
    assert refused.value.field == field and not Delegation.objects.exists()


def test_nothing_is_delegated_beyond_the_holders_or_the_delegates_last_day(cast):
    record_last_day(cast.people.colleague, clock.today() + 10 * DAY, actor=cast.ism)
    with pytest.raises(Invalid, match="leaves"):
        offer(cast)
    assignments.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today() + 5 * DAY, reason="x")
    with pytest.raises(Invalid, match="You hold"):
        offer(cast, delegate=cast.people.deputy)


def test_who_holds_the_role_too_needs_no_delegation(cast):
    shared = factories.role("Shared", kind="many")
    mine = factories.hold(shared, cast.people.holder, approver=cast.top)
    factories.hold(shared, cast.people.colleague, approver=cast.top)
    with pytest.raises(Invalid, match="answers for it anyway"):
        offer(cast, assignment=mine)


def test_a_responsibility_is_delegated_to_one_person_at_a_time(cast, made):
    with pytest.raises(Invalid, match="already"):
        offer(cast, delegate=cast.people.deputy)
    assert offer(cast, delegate=cast.people.deputy, starts_on=made.ends_on + DAY, ends_on=made.ends_on + 9 * DAY)


def test_the_delegate_is_asked_by_mail(cast):
    offer(cast)
    outbox.deliver_due()
    assert any(one.to == [cast.people.colleague.email] and "take something over" in one.subject for one in mail.outbox)


def kept_apart(cast, effect: str) -> None:
    """What Hana holds is kept apart from what Cole holds."""
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top)
    roles = [cast.roles.held, cast.roles.vacant]
    separation.add_rule(actor=cast.ism, effect=effect, why="Nobody judges their own work.", roles=roles)


def test_what_is_kept_apart_is_not_united_by_a_delegation(cast):
    kept_apart(cast, "block")
    with pytest.raises(Invalid, match="Nobody judges") as refused:
        offer(cast)
    assert refused.value.field == "delegate"


def test_a_warning_rule_asks_for_a_note_and_a_new_rule_is_judged_when_it_is_accepted(cast):
    made = offer(cast)
    kept_apart(cast, "warn")
    with pytest.raises(Invalid) as refused:
        offer(cast, responsibilities=[cast.roles.held.responsibilities.last()])
    assert refused.value.field == "note"
    with pytest.raises(Invalid):
        answer(made, cast.colleague)


# Answering -----------------------------------------------------------------------------------------------------------------


def test_nothing_is_delegated_before_the_delegate_accepts(cast):
    made = offer(cast)
    before = holdings([cast.people.colleague.pk], clock.today(), None)
    answer(made, cast.colleague)
    after = holdings([cast.people.colleague.pk], clock.today(), None)
    assert before == [] and [(held.kind, held.how, held.responsibilities) for held in after] == [
        ("delegation", "delegate", frozenset(DelegatedDuty.objects.values_list("responsibility", flat=True)))
    ]


@pytest.mark.parametrize("actor", ["holder", "ism", "top", "deputy"])
def test_nobody_answers_for_the_delegate(cast, actor):
    made = offer(cast)
    with pytest.raises(NotAllowed):
        answer(made, getattr(cast, actor))


def test_what_was_not_shown_is_not_answered(cast):
    with pytest.raises(Stale):
        answer(offer(cast), cast.colleague, seen="0" * 64)


def test_declining_frees_the_responsibility_and_needs_a_reason(cast):
    made = offer(cast)
    with pytest.raises(Invalid):
        answer(made, cast.colleague, "decline", reason=" ")
    answer(made, cast.colleague, "decline")
    assert offer(cast, delegate=cast.people.deputy).state == "offered"


# Checking ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", ["colleague", "ism", "deputy", "top"])
def test_nobody_checks_for_the_holder(cast, made, actor):
    with pytest.raises(NotAllowed):
        check(made, getattr(cast, actor))


def test_what_is_not_as_agreed_says_what_follows(cast, made):
    with pytest.raises(Invalid) as refused:
        check(made, cast.holder, result="not_ok")
    assert refused.value.field == "follow_up"


@pytest.mark.parametrize("days", [-1, 1])
def test_a_check_was_neither_before_the_delegation_nor_in_the_future(cast, made, days):
    with pytest.raises(Invalid):
        check(made, cast.holder, on=clock.today() + days * DAY)


def test_an_overdue_check_is_a_finding_until_it_is_recorded(cast, made):
    found = lambda: [f.rule for f in findings.current() if f.rule == "A8"]  # noqa: E731
    due = made.due_after(None)
    with clock.at(clock.now() + (due - clock.today()) * 1):
        on_the_day = found()
    with clock.at(clock.now() + (due - clock.today()) + DAY):
        late = found()
        check(made, cast.holder)
        assert (on_the_day, late, found()) == ([], ["A8"], [])


def test_what_was_not_as_agreed_stays_a_finding_until_a_later_check(cast, made):
    check(made, cast.holder, result="not_ok", follow_up="Done again by Friday")
    before = [f.detail for f in findings.current() if f.rule == "A8.not-ok"]
    check(made, cast.holder)
    assert before == ["Done again by Friday"] and not [f for f in findings.current() if f.rule == "A8.not-ok"]


def test_an_offer_that_nobody_answers_is_a_finding_after_a_week(cast):
    offer(cast)
    with clock.at(clock.now() + 9 * DAY):
        assert [f.rule for f in findings.current() if f.rule.startswith("A8")] == ["A8.offered"]


# Ending --------------------------------------------------------------------------------------------------------------------


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


def answer_direct(made: Delegation) -> None:
    values = {
        "answered_by": made.delegated_by,
        "answered_by_person": made.delegate,
        "answered_at": clock.now(),
        "seen_hash": "x",
    }
    Delegation.objects.filter(pk=made.pk).update(state="accepted", **values)


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


# States and database ---------------------------------------------------------------------------------------------------------


NO = None
WRITTEN = {
    ("offered", "accept"): "accepted", ("offered", "decline"): "declined", ("offered", "end"): "withdrawn", ("offered", "check"): NO,
    ("accepted", "accept"): NO, ("accepted", "decline"): NO, ("accepted", "end"): "accepted", ("accepted", "check"): "accepted",
    ("declined", "accept"): NO, ("declined", "decline"): NO, ("declined", "end"): NO, ("declined", "check"): NO,
    ("withdrawn", "accept"): NO, ("withdrawn", "decline"): NO, ("withdrawn", "end"): NO, ("withdrawn", "check"): NO,
}  # fmt: skip


@pytest.mark.parametrize(("pair", "after"), WRITTEN.items(), ids=map(" ".join, WRITTEN))
def test_a_delegation_moves_only_as_written(cast, pair, after):
    made = offer(cast)
    {"accepted": lambda: answer(made, cast.colleague), "declined": lambda: answer(made, cast.colleague, "decline"),
     "withdrawn": lambda: end(made, cast.holder), "offered": lambda: None}[pair[0]]()  # fmt: skip
    made = Delegation.objects.get(pk=made.pk)
    act = {"check": lambda: check(made, cast.holder), "end": lambda: end(made, cast.holder)}.get(
        pair[1], lambda: answer(made, cast.colleague, pair[1])
    )
    if after is NO:
        with pytest.raises(WrongState):
            act()
    else:
        act()
    assert Delegation.objects.get(pk=made.pk).state == after or after is NO
    assert DELEGATION.states == {"offered", "accepted", "declined", "withdrawn"}


WRONG = [
    "UPDATE roles_delegation SET delegate_id = holder_id",
    "UPDATE roles_delegation SET delegate_id = {top}",
    "UPDATE roles_delegation SET ends_on = '2099-01-01'",
    "UPDATE roles_delegation SET state = 'offered'",
    "UPDATE roles_delegation SET answered_by_person_id = holder_id",
    "UPDATE roles_delegation SET every = 0",
    "UPDATE roles_delegatedduty SET ends_on = '2099-01-01'",
    "UPDATE roles_delegationcheck SET result = 'ok'",
    "DELETE FROM roles_delegationcheck",
    "DELETE FROM roles_delegation",
    'INSERT INTO roles_delegationcheck (delegation_id, "on", looked_at, result, follow_up, checked_by_id, checked_by_person_id, '
    'delegate_id, recorded_at) SELECT delegation_id, "on", looked_at, result, follow_up, checked_by_id, delegate_id, delegate_id, '
    "recorded_at FROM roles_delegationcheck",
]


@pytest.mark.parametrize("statement", WRONG)
def test_the_database_keeps_what_was_agreed_and_checked(cast, made, statement):
    check(made, cast.holder, result="not_ok", follow_up="x")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(top=cast.people.top.pk))


def test_the_database_refuses_a_second_delegate_for_the_same_time(cast, made):
    other = DelegatedDuty.objects.get()
    second = offer(cast, delegate=cast.people.deputy, responsibilities=[cast.roles.held.responsibilities.last()])
    other.pk, other.delegation = None, second
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


# Where it is seen ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("holder", "/mine/"),
        ("colleague", "/mine/"),
        ("auditor", "role"),
        ("ism", "person"),
        ("deputy", "/delegations/"),
    ],
)
def test_who_answers_and_who_does_it_is_seen_everywhere(cast, as_user, made, who, page):
    url = {"role": cast.roles.held.get_absolute_url(), "person": cast.people.colleague.get_absolute_url()}.get(
        page, page
    )
    text = as_user(who).get(url).content.decode()
    assert made.get_absolute_url() in text and ("Cole Colleague" in text or "Hana Holder" in text)


def test_the_list_and_the_role_ask_as_many_questions_for_many_as_for_one(
    cast, as_user, made, django_assert_max_num_queries
):
    browser = as_user("ism")

    def asked() -> list[int]:
        counts = []
        for url in ("/delegations/", cast.roles.held.get_absolute_url()):
            browser.get(url)
            with django_assert_max_num_queries(80) as found:
                assert browser.get(url).status_code == 200
            counts.append(len(found))
        return counts

    before = asked()
    for number in range(15):
        held = factories.hold(factories.role(), cast.people.holder, approver=cast.top)
        answer_direct(offer(cast, assignment=held, delegate=factories.person(f"Delegate {number}")))
    assert asked() == before


def test_a_form_sets_nothing_but_what_it_asks(cast, as_user):
    duty = cast.roles.held.responsibilities.first()
    answers = {"responsibilities": [duty.pk], "delegate": cast.people.colleague.email, "starts_on": clock.today().isoformat(),
               "ends_on": clock.today().isoformat(), "every": "1", "unit": "week", "state": "accepted",
               "holder": cast.people.top.pk}  # fmt: skip
    assert as_user("holder").post(f"/assignments/{cast.held.holder.pk}/delegate/", answers).status_code == 302
    made = Delegation.objects.get()
    assert (made.state, made.holder) == ("offered", cast.people.holder)


# Staying after all ---------------------------------------------------------------------------------------------------------


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
