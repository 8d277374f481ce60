"""What is wrong about reviews is found, with the way to mend it (V1–V3)."""

from datetime import timedelta

import pytest

from ismsroles.core import clock, findings
from reviews.models import FollowUp
from tests import factories
from tests.reviews.world import opened, reviewed

pytestmark = pytest.mark.django_db


def found(rule: str) -> list[findings.Finding]:
    return [one for one in findings.current() if one.rule == rule]


def test_an_overdue_review_is_found_until_it_is_done(cast):
    review = opened(cast.roles.held, cast.people.ism, due_on=clock.today() - timedelta(days=3))
    one = found("V1.overdue")[0]
    assert "Incident manager" in one.sentence and "Ismail Keeper" in one.sentence and one.age == 3
    assert one.url == review.get_absolute_url()


def test_many_overdue_reviews_are_one_finding(cast):
    for _number in range(13):
        opened(factories.role(), cast.people.ism, due_on=clock.today() - timedelta(days=3))
    assert [one.sentence for one in found("V1.overdue")] == ["13 reviews are overdue."]


def test_a_review_that_is_due_today_is_not_overdue(cast):
    opened(cast.roles.held, cast.people.ism, due_on=clock.today())
    assert found("V1.overdue") == []


def test_a_review_that_nobody_may_do_is_found(cast):
    opened(cast.roles.held, None)
    assert len(found("V1.nobody")) == 1


def test_a_follow_up_that_is_late_is_found(cast):
    reviewed(cast, cast.roles.held, verdict="change")
    with clock.at(clock.now() + timedelta(days=31)):
        assert len(found("V3.follow_up")) == 1
    assert FollowUp.objects.count() == 1
