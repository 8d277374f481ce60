"""Terms over time: what ends soon, what is vacant since when, who follows (coverage A7; design rule 4)."""

from datetime import timedelta

import pytest

from ismsroles.core import clock
from roles.actions import assignments
from roles.queries import timeline
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def line(role) -> timeline.Line:
    return next(one for one in timeline.lines(clock.today()) if one.held.role == role)


@pytest.mark.parametrize(
    ("days", "tone"), [(None, "good"), (91, "good"), (90, "warn"), (31, "warn"), (30, "stop"), (0, "stop")]
)
def test_green_amber_red_by_the_days_that_are_left(days, tone):
    assert timeline.tone(days) == tone


def test_a_term_that_ends_says_how_many_days_are_left(cast):
    assignments.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today() + 10 * DAY, reason="x")
    assert (line(cast.roles.held).days_left, line(cast.roles.held).tone) == (10, "stop")


def test_with_an_approved_successor_nothing_ends(cast):
    assignments.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today() + 10 * DAY, reason="x")
    factories.hold(cast.roles.held, cast.people.colleague, approver=cast.top, starts_on=clock.today() + 11 * DAY)
    found = line(cast.roles.held)
    assert (found.last_day, found.tone, [a.person for a in found.successors]) == (None, "good", [cast.people.colleague])


def test_a_vacant_role_stands_on_top_with_since_when(cast):
    held = factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top)
    assignments.end_assignment(held, actor=cast.ism, last_day=clock.today() - DAY, reason="x")
    first = timeline.lines(clock.today())[0]
    assert (first.held.role, first.tone, first.vacant_since) == (cast.roles.vacant, "gap", clock.today())
    assert first.bars[0].tone == "gap" and first.bars[0].x >= timeline.today_at() - 1


def test_the_page_draws_and_says_the_same(cast, as_user, django_assert_max_num_queries):
    browser = as_user("colleague")
    page = browser.get("/assignments/timeline/").content.decode()
    assert page.count('<svg class="terms"') == 4 and "Vacant" in page
    with django_assert_max_num_queries(80) as before:
        browser.get("/assignments/timeline/")
    for _number in range(20):
        factories.hold(factories.role(), factories.person(), approver=cast.top)
    with django_assert_max_num_queries(len(before)):
        browser.get("/assignments/timeline/")


def test_the_role_page_has_its_own_line(cast, as_user):
    assert (
        as_user("colleague").get(cast.roles.held.get_absolute_url()).content.decode().count('<svg class="terms"') == 2
    )
