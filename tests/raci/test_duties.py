"""Whoever answers for an activity or does it carries its duties, and segregation of duties sees them (A5)."""

import pytest

from raci.actions.activities import change_activity
from roles.duties import duties
from roles.models import DutyTag
from tests.raci import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def tag(cast) -> DutyTag:
    return DutyTag.objects.create(key="watches", name="watches", meaning="Looks at what others do.")


def carried(tag: DutyTag) -> set[int]:
    return {duty.role for duty in duties() if duty.tag == tag.pk}


@pytest.mark.parametrize(
    ("letters", "carries"), [("A", True), ("R", True), ("RA", True), ("S", False), ("C", False), ("I", False)]
)
def test_a_and_r_give_the_duty_and_the_other_letters_do_not(cast, tag, letters, carries):
    making.activity("Logging", duties=["watches"], letters={cast.roles.held: letters})
    assert carried(tag) == ({cast.roles.held.pk} if carries else set())


def test_an_activity_that_is_not_marked_or_retired_gives_no_duty(cast, tag):
    making.activity(letters={cast.roles.held: "RA"})
    making.activity(duties=["watches"], retired=True, letters={cast.roles.held: "RA"})
    making.activity(duties=["gone"], letters={cast.roles.held: "RA"})
    assert carried(tag) == set()


def test_an_activity_is_marked_in_its_form(cast, as_user, tag):
    row = making.activity("Logging", letters={cast.roles.held: "A"})
    client, path = as_user("ism"), f"/matrix/activities/{row.pk}/edit/"
    sent = {"title": "Logging", "group": row.group_id, "seen": client.get(path).context["form"]["seen"].value()}
    assert client.post(path, sent | {"duties": ["nonsense"]}).status_code == 422
    assert client.post(path, sent | {"duties": ["watches"]}).status_code == 302
    assert carried(tag) == {cast.roles.held.pk}
    change_activity(row, actor=cast.ism, duties=[])
    assert carried(tag) == set()
