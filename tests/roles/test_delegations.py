"""Delegation is offered and answered: passed on for a time, never away (coverage A8; design rules 1, 4, 5)."""

from datetime import timedelta

import pytest
from django.core import mail

from ismsroles.core import clock, outbox
from ismsroles.core.errors import Invalid, NotAllowed, Stale
from roles.actions import assignments, separation
from roles.actions.leaving import record_last_day
from roles.holdings import holdings
from roles.models import DelegatedDuty, Delegation
from tests import factories
from tests.roles.delegating import answer, offer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made(cast) -> Delegation:
    return answer(offer(cast), cast.colleague)


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
