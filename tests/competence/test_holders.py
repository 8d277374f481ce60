"""Who counts for the needs of a role: the same people as the register's holdings say, in one query (C1)."""

import pytest
from django.db.models import Value

from competence.queries.holders import holders
from competence.queries.picture import gaps
from ismsroles.core import clock
from roles import holdings as registry
from roles.holdings import holdings
from roles.models import Person
from tests import factories
from tests.access_world import furnish
from tests.competence import world

pytestmark = pytest.mark.django_db


def test_it_says_the_same_as_the_register_does_of_everybody_who_acts_in_a_role(cast):
    furnish(cast)
    day = clock.today()
    said = {(held.person, held.role) for held in holdings(None, day, day) if held.role is not None}
    assert holders(day) == said


def test_everybody_is_asked_at_once(cast, django_assert_num_queries):
    day = clock.today()
    with django_assert_num_queries(1):
        holders(day)


def test_a_role_that_everybody_holds_asks_everybody_who_is_there(cast):
    everyone = factories.role("All staff", kind="everyone", authorities=False)
    world.need(everyone, world.skill(), 1)
    people = {one.person for one in gaps(clock.today())}
    assert cast.people.outsider.pk in people and cast.people.leaver.pk not in people and len(people) == 7


def test_who_acts_through_another_kind_of_holding_is_asked_by_itself(cast, monkeypatch):
    """A management review team, say: an upper app registers its pairs, and nothing else has to know."""
    team = factories.role("Management review team", kind="body")
    rows = Person.objects.filter(pk=cast.people.colleague.pk).order_by().annotate(role_id=Value(team.pk))
    more = (lambda day: rows.values_list("pk", "role_id"), "pk")
    monkeypatch.setattr(registry, "_acting", [*registry._acting, more])
    world.need(team, world.skill(), 2)
    assert (cast.people.colleague.pk, team.pk) in {(one.person, one.need.role) for one in gaps(clock.today())}
