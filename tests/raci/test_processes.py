"""A process of the matrix may be one of the register: its published letters then say who takes part in it (R7, M1)."""

import pytest

from ismsroles.core import clock, findings, scope
from ismsroles.core.errors import Invalid
from raci.actions import activities
from raci.actions.starter import adopt_activities
from raci.models import ActivityGroup
from raci.starter import processes
from roles.models import Process
from tests.raci import making
from tests.raci.test_publishing import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    return Process.objects.create(name="Access management", purpose="Grant and end access by need.")


@pytest.fixture
def row(cast, register):
    group = activities.add_group(actor=cast.ism, process=register, name="")
    return making.activity("Access reviews", group=group, letters={cast.roles.held: "RA", cast.roles.top: "I"})


def said(rule: str) -> list[str]:
    with scope.opened():
        return [finding.sentence for finding in findings.current(clock.today()) if finding.rule == rule]


def test_a_process_of_the_register_is_not_typed_twice(cast, row):
    assert row.group.name == "Access management"


def test_a_process_of_the_matrix_has_a_name_or_is_one_of_the_register(cast, as_user):
    with pytest.raises(Invalid):
        activities.add_group(actor=cast.ism, name="", process=None)
    assert as_user("ism").post("/matrix/processes/add/", {"name": "", "process": ""}).status_code == 422


def test_who_takes_part_follows_from_the_published_letters(cast, row, register, as_user):
    page = f"/processes/{register.pk}/"
    assert "Answers for" not in as_user("colleague").get(page).content.decode()
    put(cast, row.group)
    shown = as_user("colleague").get(page).content.decode()
    assert "Answers for: Access reviews. Carries out: Access reviews." in shown and "In the matrix" in shown
    assert "Chief executive" not in shown.split("<main")[1], "who is only told takes no part"
    assert "Incident manager" in as_user("colleague").get("/processes/?q=incident").content.decode()
    assert "Access management" in as_user("colleague").get(f"/roles/{cast.roles.held.pk}/").content.decode()


def test_what_is_typed_for_a_role_and_what_follows_stand_in_one_line(cast, row, register, as_user):
    register.parts.create(role=cast.roles.held, does="Signs the list off.")
    put(cast, row.group)
    shown = as_user("ism").get(f"/processes/{register.pk}/").content.decode()
    assert "Signs the list off." in shown and shown.count('role="rowheader"') == 1 and "Answers for" in shown


def test_a_process_whose_letters_are_published_is_not_without_a_role(cast, row, register):
    assert said("R7") == ["No role takes part in the process “Access management”."]
    put(cast, row.group)
    assert said("R7") == [] and said("R7.vacant") == []


def test_a_process_carried_by_vacant_roles_only_is_found(cast, register):
    group = activities.add_group(actor=cast.ism, process=register, name="Access")
    making.activity("Access reviews", group=group, letters={cast.roles.vacant: "RA"})
    put(cast, group)
    assert len(said("R7.vacant")) == 1


def test_starter_activities_stand_under_the_process_of_the_register(cast):
    for key, name in (("access", "Access management"), ("risk", "Risk assessment and treatment")):
        Process.objects.create(name=name, starter_key=key)
    adopt_activities([each.key for process in processes() for each in process.activities], actor=cast.ism)
    linked = ActivityGroup.objects.exclude(process=None).values_list("name", "process__name")
    assert ("Access", "Access management") in linked and ("Risk", "Risk assessment and treatment") in linked
