"""Reporting lines never close a circle: not by a form, an import, the shell or SQL (coverage R8)."""

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ismsroles.core import tidytree
from roles.actions import people, register
from roles.models import Area, Person, Role
from tests import factories

pytestmark = pytest.mark.django_db
LINES = [(Role, "reports_to"), (Person, "manager"), (Area, "parent")]
MAKE = {Role: factories.role, Person: factories.person, Area: factories.area}


def chain(model, field: str, many: int) -> list:
    """Each reports to the one before."""
    rows = [MAKE[model]() for _ in range(many)]
    for above, row in zip(rows, rows[1:], strict=False):
        model.objects.filter(pk=row.pk).update(**{field: above})
    return rows


@pytest.mark.parametrize(("model", "field"), LINES)
def test_sql_cannot_close_a_circle(organisation, model, field):
    first, *_others, last = chain(model, field, 4)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {field}_id = %s WHERE id = %s", [last.pk, first.pk])


@pytest.mark.parametrize(("model", "field"), LINES)
def test_nobody_is_their_own_superior(organisation, model, field):
    row = MAKE[model]()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{field: row})


def test_a_bulk_update_cannot_close_a_circle(organisation):
    first, second = chain(Person, "manager", 2)
    first.manager = second
    with pytest.raises(DatabaseError), transaction.atomic():
        Person.objects.bulk_update([first], ["manager"])


def test_a_line_may_move_within_its_own_branch(organisation):
    top, middle, low = chain(Person, "manager", 3)
    Person.objects.filter(pk=low.pk).update(manager=top)
    Person.objects.filter(pk=middle.pk).update(manager=low)
    assert Person.objects.get(pk=middle.pk).manager_id == low.pk


def test_a_form_says_that_the_roles_would_stand_in_a_circle(cast):
    above, below = chain(Role, "reports_to", 2)
    with pytest.raises(Exception, match="circle"):
        register.change_role(Role.objects.get(pk=above.pk), actor=cast.ism, reports_to=Role.objects.get(pk=below.pk))


def test_a_form_says_that_the_people_would_stand_in_a_circle(cast):
    above, below = chain(Person, "manager", 2)
    with pytest.raises(Exception, match="circle"):
        people.change_person(Person.objects.get(pk=above.pk), actor=cast.ism, manager=Person.objects.get(pk=below.pk))


# The layout --------------------------------------------------------------------------------------------------------------


@settings(max_examples=80)
@given(st.lists(st.integers(-1, 40), max_size=40))
def test_the_layout_holds_everybody_once_and_no_box_stands_on_another(above):
    trees = tidytree.forest({n: None if parent < 0 else parent for n, parent in enumerate(above)})
    found = {}
    for root in trees.roots:
        places, _outline = tidytree.tidy(root, lambda key: trees.children.get(key, ()), lambda key: 4, gap=1)
        columns = {}
        for column, middle in places.values():
            columns.setdefault(column, []).append(middle)
        for middles in columns.values():
            assert all(b - a >= 5 - 1e-9 for a, b in zip(sorted(middles), sorted(middles)[1:], strict=False))
        assert not found.keys() & places.keys()
        found |= places
    assert set(found) == set(range(len(above)))


def test_a_chain_of_five_thousand_can_be_laid_out():
    trees = tidytree.forest({n: n - 1 if n else None for n in range(5000)})
    places, _outline = tidytree.tidy(0, lambda key: trees.children.get(key, ()), lambda key: 4, gap=1)
    assert places[4999] == (4999, 0.0)
