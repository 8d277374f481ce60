"""The starter list of activities fits every size of organisation (M3)."""

import pytest

from raci.actions.starter import adopt_activities
from raci.models import Activity, Allocation
from raci.starter import allocation, processes
from roles import duties
from roles.actions.starter import adopt_roles
from roles.models import DutyTag
from roles.starter import for_size, guidance, library, separation

pytestmark = pytest.mark.django_db
ALL = [each for process in processes() for each in process.activities]
ASKED = """access_provisioning access_removal access_reviews vulnerability_management patching incident_handling logging backup_checks
change_control risk_assessment risk_acceptance supplier_due_diligence awareness_training physical_checks asset_inventory policy_review
internal_audit management_review continuity_tests""".split()  # noqa: SIM905


def test_the_list_has_what_the_guidance_names():
    assert set(ASKED) <= {each.key for each in ALL}


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.key)
def test_each_starter_activity_names_one_accountable_and_some_responsible_role_of_the_library(each):
    assert sum("A" in letters for letters in each.letters.values()) == 1
    assert any("R" in letters for letters in each.letters.values()) and set(each.letters) <= set(library())


@pytest.mark.parametrize("size", ["small", "medium", "large"])
def test_in_every_size_of_organisation_each_activity_has_one_a_and_an_r(size):
    present = {role.key for role in for_size(size)}
    for each in ALL:
        cells = allocation(each, present, size).values()
        assert sum("A" in letters for letters in cells) == 1 and any("R" in letters for letters in cells), each.key


def test_whoever_answers_for_a_starter_decision_has_a_starter_level_for_it():
    levels = {(level.role, level.kind) for level in guidance.levels()}
    deciding = [each for each in ALL if each.decides]
    assert {each.decides for each in deciding} >= {"accept_risk", "grant_access", "sign_off_access", "approve_supplier"}
    for each in deciding:
        answers = next(role for role, letters in each.letters.items() if "A" in letters)
        assert (answers, each.decides) in levels, each.key


def test_starter_activities_carry_duties_that_no_role_unites(cast):
    adopt_roles(list(library()), actor=cast.ism, size="large")
    adopt_activities([each.key for each in ALL], actor=cast.ism)
    assert {duty for each in ALL for duty in each.duties} <= {tag.key for tag in DutyTag.objects.all()}
    carried: dict[int, set[str]] = {}
    keys = dict(DutyTag.objects.values_list("pk", "key"))
    for duty in duties.duties():
        carried.setdefault(duty.role, set()).add(keys[duty.tag])
    blocking = [set(rule.tags) for rule in separation.rules() if rule.tags and rule.effect == "block"]
    assert {"audits", "operates"} in blocking
    assert not [(role, rule) for role, own in carried.items() for rule in blocking if rule <= own]


def test_adopting_twice_changes_nothing(cast):
    adopt_roles([role.key for role in for_size("small")], actor=cast.ism, size="small")
    made = adopt_activities(ASKED, actor=cast.ism)
    assert len(made) == len(ASKED) and Allocation.objects.with_letter("A").count() == len(ASKED)
    assert adopt_activities(ASKED, actor=cast.ism) == [] and Activity.objects.count() == len(ASKED)


def test_adopting_more_activities_costs_no_more_statements(cast, django_assert_max_num_queries):
    adopt_roles([role.key for role in for_size("small")], actor=cast.ism, size="small")
    with django_assert_max_num_queries(46):
        adopt_activities([each.key for each in ALL], actor=cast.ism)
