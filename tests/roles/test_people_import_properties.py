"""Whatever stands in a list: planning answers, importing keeps the register sound, importing again changes nothing."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ismsroles.core import clock, exports, tabular
from roles import imports
from roles.models import Person
from tests import factories

pytestmark = pytest.mark.django_db
HEADERS = ["Id", "Name", "E-mail", "Kind", "Area", "Manager", "Start", "End"]
NAMES = ["Ann Lee", "Lee, Ann", "ann lee", "Bo", "Şahin", "=cmd", "李", "", "x" * 201]
ADDRESSES = ["", "a@x.example", "A@X.example", "b@x.example", "nonsense", "top@x.example"]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2", "3", "77"]),
        st.sampled_from(NAMES),
        st.sampled_from(ADDRESSES),
        st.sampled_from(["", "Extern", "CDI", "???"]),
        st.sampled_from(["", "IT", " it ", "Sales"]),
        st.sampled_from(["", "1", "2", "Bo", "a@x.example", "Top", "Nobody"]),
        st.sampled_from(["", "2020-01-02", "31/02/2020", "1.5.26"]),
        st.sampled_from(["", "2019-01-01", "2031-12-31", "12/31/2030"]),
    ),
    max_size=8,
)
ANSWERS = st.dictionaries(
    st.sampled_from([str(n) for n in range(2, 10)]), st.sampled_from(["same", "new", "skip", "?"])
)


def plan(rows, answers=None):
    table = tabular.read(exports.csv_bytes(HEADERS, rows), "x", known=imports.KNOWN)
    mapping = imports.guess_mapping(table.headers, table.rows)
    return imports.plan(table, mapping, today=clock.today(), decisions=answers)


def reports_to_themself(person, above):
    seen = set()
    while person in above and person not in seen:
        seen.add(person)
        person = above[person]
    return person in seen


def _identified(row, done):
    """Taken in, and recognisable the next time by number or address."""
    return done.kind in ("new", "changed", "leaves", "unchanged") and (row[0] or row[2])


@pytest.fixture
def register(cast):
    top = factories.person("Top", email="top@x.example", external_id="77")
    factories.person("Ann Lee", email="ann.lee@x.example", manager=top)
    factories.person("Bo", email="b@x.example", external_id="2", manager=top)
    return cast


@settings(max_examples=60)
@given(ROWS, ANSWERS)
def test_any_list_leaves_a_sound_register_and_has_no_effect_the_second_time(register, rows, answers):
    with transaction.atomic():
        planned = plan(rows, answers)
        assert {row.kind for row in planned.rows if row.problems} <= {"refused", "skipped"}
        before = Person.objects.count()
        result = imports.apply(planned, actor=register.ism)
        assert Person.objects.count() == before + result.new
        above = dict(Person.objects.exclude(manager=None).values_list("pk", "manager_id"))
        assert not any(reports_to_themself(person, above) for person in above)
        sure = [row for row, done in zip(filter(any, rows), planned.rows, strict=True) if _identified(row, done)]
        assert set(plan(sure).counts) <= {"unchanged"}
        transaction.set_rollback(True)
