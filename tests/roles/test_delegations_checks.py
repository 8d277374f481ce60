"""The holder checks what they delegated; what is not done as agreed is a finding (coverage A8)."""

from datetime import timedelta

import pytest

from ismsroles.core import clock, findings
from ismsroles.core.errors import Invalid, NotAllowed
from roles.models import Delegation
from tests.roles.delegating import answer, check, offer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made(cast) -> Delegation:
    return answer(offer(cast), cast.colleague)


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
