"""Eight sweeps at once, and the same change told by two: no review twice (rule 11; case 25). Joining and finishing lose nothing."""

from datetime import timedelta

import pytest

from ismsroles.core import clock, scope
from ismsroles.core.models import AuditEvent, OutboxMessage
from ismsroles.notices.models import Message
from reviews import changes, sweep
from reviews.models import Review, Trigger
from roles.actions import register
from roles.models import Role
from tests import factories
from tests.reviews.world import finished
from tests.roles.test_approvals_parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def swept(days: int):
    def run():
        with scope.opened():
            return sweep.run_due(clock.now() + timedelta(days=days))

    return run


def test_eight_sweeps_at_once_open_each_review_once(cast):
    for _number in range(30):
        factories.role()
    ran = at_once(*[swept(340)] * 8)
    keys = list(Review.objects.values_list("subject_kind", "subject_id", "period"))
    assert len(keys) == len(set(keys)) == sum(each.opened for each in ran)
    assert {pk for kind, pk, _period in keys if kind == "role"} == set(
        Role.objects.active().values_list("pk", flat=True)
    )
    assert AuditEvent.objects.filter(code="review.opened").count() == len(keys)
    told = Message.objects.filter(code__startswith="review.").values_list("code", "address", "params", "about")
    assert len(told) == len({str(one) for one in told})


def test_one_change_told_by_eight_workers_counts_once(cast):
    register.change_role(cast.roles.held, actor=cast.ism, purpose="Another purpose that can be tested.")
    payload = OutboxMessage.objects.get(kind="reviews.changed").payload
    at_once(*[lambda: changes.after_change(payload)] * 8)
    assert Review.objects.filter(kind="on_change").count() == Trigger.objects.count() == 1


def test_a_change_beside_the_finishing_of_a_review_is_in_one_of_them(cast):
    register.change_role(cast.roles.held, actor=cast.ism, purpose="Another purpose that can be tested.")
    changes.after_change(OutboxMessage.objects.get(kind="reviews.changed").payload)
    review = Review.objects.get(kind="on_change")
    Review.objects.filter(pk=review.pk).update(reviewer=cast.people.ism)
    register.change_role(cast.roles.held, actor=cast.ism, purpose="Yet another purpose that can be tested.")
    payload = OutboxMessage.objects.filter(kind="reviews.changed").order_by("-pk").first().payload
    at_once(lambda: finished(review, cast.ism), lambda: changes.after_change(payload))
    last = Trigger.objects.order_by("-pk").first()
    review.refresh_from_db()
    assert last.review is not None and (last.review == review or review.state == "done")
