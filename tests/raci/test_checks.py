"""Each rule of the matrix finds what breaks it, on its row, and nothing else (M2, M7)."""

import pytest

from ismsroles.core import clock, findings
from raci.actions.activities import change_limits
from raci.checks import faults, shares
from raci.models import Limits
from raci.queries.picture import picture
from roles.models import AuthorisationLevel, Role
from tests import factories
from tests.raci import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(cast):
    """Two roles that two people hold."""
    return cast.roles.held, cast.roles.ism


def found(rule: str) -> list[str]:
    return [fault.sentence for fault in faults(picture()) if fault.rule == rule]


def test_a_right_row_has_no_fault(cast, held):
    making.activity("Patching", letters={held[0]: "A", held[1]: "R"})
    assert [fault for fault in faults(picture()) if fault.activity] == []


def test_a_row_with_two_accountable_roles_is_found_and_marks_both(cast, held):
    row = making.activity("Patching", letters={held[0]: "RA", held[1]: "A"})
    (fault,) = [fault for fault in faults(picture()) if fault.rule == "M2.accountable"]
    assert fault.sentence == "Patching has 2 accountable roles." and set(fault.roles) == {held[0].pk, held[1].pk}
    assert fault.url.endswith(f"#a{row.pk}") and fault.severity == "stop"


def test_a_row_without_any_letter_lacks_an_a_and_an_r(cast):
    making.activity("Patching")
    assert found("M2.accountable") == ["Patching has no accountable role."]
    assert found("M2.responsible") == ["Patching has no responsible role."]


def test_a_role_without_authority_that_answers_is_found(cast, held):
    making.activity("Patching", letters={factories.role("Toothless", authorities=False): "A", held[0]: "R"})
    assert found("M2.authority") == ["Toothless answers for Patching without any authority."]


def test_who_answers_for_a_decision_needs_an_authorisation_level_of_that_kind(cast, held):
    making.activity("Accepting risks", decides="accept_risk", letters={held[0]: "A", held[1]: "R"})
    said = [f"{held[0]} answers for Accepting risks and may not decide it: accept a residual risk."]
    factories.level(held[0], kind="grant_access")
    factories.level(held[1], kind="accept_risk")
    assert found("M2.authority") == said
    level = factories.level(held[0], kind="accept_risk")
    assert found("M2.authority") == []
    AuthorisationLevel.objects.filter(pk=level.pk).update(state="retired")
    assert found("M2.authority") == said


def test_an_authorisation_level_is_an_authority(cast):
    role = factories.role("Levelled", authorities=False)
    making.activity("Patching", letters={role: "A"})
    assert found("M2.authority") != []
    factories.level(role, kind="grant_access")
    assert found("M2.authority") == []


def test_everybody_cannot_be_accountable(cast, held):
    making.activity("Patching", letters={factories.role("All staff", kind="everyone"): "A", held[0]: "R"})
    assert found("M2.authority") == ["Everybody is accountable for Patching, so nobody is."]


@pytest.mark.parametrize(("letters", "count"), [("A", 1), ("R", 1), ("S", 0), ("I", 0)])
def test_an_a_or_r_of_a_vacant_role_is_found(cast, held, letters, count):
    making.activity("Patching", letters={cast.roles.vacant: letters, held[0]: "RA"})
    assert len(found("M2.vacant")) == count


def test_an_a_of_somebody_who_left_says_who_and_when(cast, held):
    factories.hold(cast.roles.vacant, cast.people.leaver, approver=cast.top)
    making.activity("Patching", letters={cast.roles.vacant: "A", held[0]: "R"})
    (fault,) = [fault for fault in faults(picture()) if fault.rule == "M2.vacant"]
    assert fault.detail.startswith("Lea Leaver held it until") and fault.since == cast.people.leaver.last_day


def test_a_role_that_is_not_in_force_answers_for_nothing(cast, held):
    making.activity("Patching", letters={factories.role("Draft", state="draft"): "A", held[0]: "R"})
    assert found("M2.vacant") == ["Patching depends on Draft, which nobody holds."]


def test_a_role_in_no_activity_is_found_once_there_are_activities(cast, held):
    assert found("M1.unused") == []
    making.activity("Patching", letters=dict.fromkeys(Role.objects.exclude(pk=held[0].pk), "I"))
    assert found("M1.unused") == ["Incident manager takes part in no activity."]


def test_nobody_informed_is_found_only_where_it_is_asked_for(cast, held):
    making.activity("Patching", letters={held[0]: "RA"}, must_inform=True)
    making.activity("Backups", letters={held[0]: "RA"})
    assert found("M2.informed") == ["Nobody is informed of Patching."]


def test_a_and_r_of_one_person_are_found_where_two_are_asked_for(cast, held):
    factories.hold(held[1], cast.people.holder, approver=cast.top, ends_on=None, single_holder=False)
    making.activity("Audit", letters={held[0]: "A", held[1]: "R"}, separate=True)
    making.activity("Backups", letters={held[0]: "RA"})
    assert found("A5.does-and-answers") == ["Hana Holder does Audit and answers for it."]


def test_two_people_for_a_and_r_are_right(cast, held):
    making.activity("Audit", letters={held[0]: "A", held[1]: "R"}, separate=True)
    assert found("A5.does-and-answers") == []


def test_one_person_who_answers_for_more_than_the_limit_is_found(cast, held):
    change_limits(actor=cast.ism, person=2)
    for _number in range(3):
        making.activity(letters={held[0]: "RA"})
    assert found("M7.person") == ["Hana Holder answers for 3 activities."]


def test_one_area_that_answers_for_most_is_found_from_the_share_that_was_set(cast, held):
    other = factories.role("Finance lead", area=cast.elsewhere)
    for number in range(6):
        making.activity(letters={held[0] if number < 4 else other: "RA"})
    assert [(share.name, share.percent) for share in shares(picture())] == [("Operations", 67), ("Finance", 33)]
    assert found("M7.area") == ["Operations answers for 67 per cent of all activities."]
    change_limits(actor=cast.ism, area=70)
    assert found("M7.area") == []


def test_a_role_of_the_whole_organisation_counts_for_the_area_of_its_holders(cast, held):
    making.activity(letters={held[1]: "RA"})
    assert [share.name for share in shares(picture())] == ["Operations"]


def test_limits_have_one_row(cast):
    change_limits(actor=cast.ism, person=3)
    change_limits(actor=cast.ism, person=4)
    assert [limits.person for limits in Limits.objects.all()] == [4] and Limits.history.count() == 2


def test_retired_activities_have_no_faults(cast):
    making.activity("Patching", retired=True)
    making.activity("Backups", group=making.group(retired=True))
    assert faults(picture()) == []


@pytest.mark.parametrize("rows", [1, 30])
def test_all_checks_ask_the_database_four_times_however_many_rows_there_are(
    cast, held, rows, django_assert_num_queries
):
    for _number in range(rows):
        making.activity(letters={held[0]: "A", cast.roles.vacant: "R"}, must_inform=True, separate=True)
    day = clock.today()
    with django_assert_num_queries(4):
        faults(picture(day))


def test_the_faults_of_the_matrix_stand_among_the_findings(cast):
    row = making.activity("Patching")
    (one,) = [one for one in findings.current() if one.rule == "M2.accountable"]
    assert one.url == f"/matrix/?edit=1#a{row.pk}" and one.severity == "stop"
