"""What a person holds is asked once, for whatever kind of holding there is."""

from datetime import timedelta

import pytest

from ismsroles.core import clock
from roles.holdings import _providers, holdings, roles_held
from tests.access_world import furnish

pytestmark = pytest.mark.django_db


def test_a_holding_counts_on_its_days_and_not_after(cast):
    day = clock.today()
    cast.held.holder.__class__.objects.filter(pk=cast.held.holder.pk).update(ends_on=day)
    person = [cast.people.holder.pk]
    assert [held.pk for held in holdings(person, day, day)] == [cast.held.holder.pk]
    assert holdings(person, day + timedelta(days=1), None) == []


def test_everybodys_holdings_take_as_many_queries_as_one_persons(cast, django_assert_num_queries):
    day = clock.today()
    with django_assert_num_queries(len(_providers)):
        found = holdings(None, day, None)
    assert {(held.person, held.how) for held in found} >= {
        (cast.people.holder.pk, "holder"),
        (cast.people.deputy.pk, "deputy"),
    }


def test_what_carries_a_role_and_no_other_kind_is_asked_where_duties_are_kept_apart(cast):
    furnish(cast)
    every = holdings(None, clock.today(), None)
    assert {held for held in every if held.role is not None} == set(roles_held(None, clock.today(), None)) < set(every)
