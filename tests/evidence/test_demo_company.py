"""The demo organisation obeys the rules that the software itself enforces (design rules 1 to 5; R4, R5, A1 to A7)."""

import re
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from evidence.demo.company import DemoAssignment, company, on
from roles.starter import library

DEMO = company()
PEOPLE, ROLES, ASSIGNMENTS = DEMO.people, DEMO.roles, list(DEMO.assignments.values())
FOREVER = 10_000


def approved(**wanted: str) -> list[DemoAssignment]:
    matches = [each for each in ASSIGNMENTS if each.decision == "approved"]
    return [each for each in matches if all(getattr(each, name) == value for name, value in wanted.items())]


def held(day: int = 0, **wanted: str) -> list[DemoAssignment]:
    return [each for each in approved(**wanted) if each.starts <= day <= last_day(each)]


def last_day(assignment: DemoAssignment) -> int:
    return FOREVER if assignment.ends is None else assignment.ends


def overlap(one: DemoAssignment, other: DemoAssignment) -> bool:
    return one.starts <= last_day(other) and other.starts <= last_day(one)


def test_the_company_has_sixty_people_nine_areas_and_25_roles():
    assert (len(PEOPLE), len(DEMO.areas), len(ROLES)) == (60, 9, 25)


def test_one_area_is_nested_and_one_is_out_of_scope():
    keys = {area.key for area in DEMO.areas}
    assert [area.parent for area in DEMO.areas if area.parent] == ["product"]
    assert [area.key for area in DEMO.areas if not area.in_scope] == ["academy"]
    assert {person.area for person in PEOPLE.values()} == keys


def test_everyone_but_the_chief_executive_has_a_line_manager_and_the_line_ends_with_her():
    assert [person.key for person in PEOPLE.values() if not person.manager] == ["saskia"]
    for person in PEOPLE.values():
        steps = 0
        while person.manager:
            person, steps = PEOPLE[person.manager], steps + 1
            assert steps < 8


def test_addresses_and_payroll_numbers_belong_to_one_person_each():
    for name in ("email", "external_id", "name"):
        assert len({getattr(person, name) for person in PEOPLE.values()}) == 60
    assert all(person.email.isascii() and person.email.endswith(".example") for person in PEOPLE.values())


def test_outsiders_name_their_employer_and_employees_do_not():
    outside = [person for person in PEOPLE.values() if person.kind != "employee"]
    assert {person.kind for person in outside} == {"contractor", "supplier", "consultant"}
    assert len(outside) == 6 and all(person.employer for person in outside)
    assert not any(person.employer for person in PEOPLE.values() if person.kind == "employee")


def test_two_people_have_left_one_leaves_in_20_days_and_one_joins_in_10():
    ends = [person.last_day for person in PEOPLE.values() if person.last_day is not None]
    assert len([day for day in ends if day < 0]) == 2 and 20 in ends
    assert [person.starts for person in PEOPLE.values() if person.starts > 0] == [10]


@pytest.mark.parametrize("script", ["'", "[\u4e00-\u9fff]", "[\u0600-\u06ff]", "[ðßłșğž]", "-"])
def test_names_come_as_people_write_them(script):
    assert any(re.search(script, person.name) for person in PEOPLE.values())


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda assignment: assignment.key)
def test_an_assignment_names_a_role_an_area_and_a_person_of_the_register(assignment):
    assert ROLES[assignment.role].kind != "everyone"
    assert assignment.person in PEOPLE and assignment.proposed_by in PEOPLE
    assert assignment.area in {"", *(area.key for area in DEMO.areas)}
    assert assignment.seat in {"primary", "deputy"} and assignment.starts <= last_day(assignment)


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda assignment: assignment.key)
def test_only_current_people_are_proposed_approved_and_hold_a_role(assignment):
    person = PEOPLE[assignment.person]
    days = {assignment.proposed, assignment.decided or assignment.proposed, assignment.starts}
    assert all(person.is_current(day) for day in days)
    assert person.last_day is None or last_day(assignment) <= person.last_day


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda assignment: assignment.key)
def test_nobody_decides_what_they_proposed_or_what_is_about_themselves(assignment):
    if assignment.decided_by:
        assert assignment.decided_by not in {assignment.proposed_by, assignment.person}
        assert assignment.proposed <= assignment.decided <= assignment.starts


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda assignment: assignment.key)
def test_whoever_decides_holds_a_role_of_top_management_on_that_day(assignment):
    if assignment.decided_by:
        seats = held(assignment.decided, person=assignment.decided_by, seat="primary")
        assert any(ROLES[each.role].persona == "top_management" for each in seats)


def test_there_is_one_founding_appointment_by_the_board():
    (first,) = [each for each in ASSIGNMENTS if each.founding]
    assert (first.role, first.decided_by) == ("chief_executive", "")
    assert first.decided < DEMO.organisation.opened and "board" in first.reference


def test_the_second_approver_is_approved_by_the_first_and_approves_the_ism():
    assert DEMO.assignments["coo"].decided_by == "saskia"
    assert DEMO.assignments["ism"].decided_by == "dagfinn"
    assert [role.key for role in ROLES.values() if role.persona == "ism"] == ["information_security_manager"]


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda assignment: assignment.key)
def test_the_ism_proposes_and_the_administrator_only_while_there_is_none(assignment):
    managers = {each.person for each in held(assignment.proposed, role="information_security_manager", seat="primary")}
    administrators = {login.person for login in DEMO.logins if login.part == "administrator"}
    assert assignment.proposed_by in (managers or administrators)


def test_who_approves_does_so_for_the_whole_organisation():
    assert {role.area for role in ROLES.values() if role.persona == "top_management"} == {""}


def test_a_one_holder_role_has_one_primary_at_a_time():
    for one, other in combinations(approved(seat="primary"), 2):
        if one.role == other.role and ROLES[one.role].kind == "one" and one.area == other.area:
            assert not overlap(one, other), (one.key, other.key)


def test_nobody_sits_twice_in_a_role_or_deputises_for_themselves():
    for one, other in combinations(approved(), 2):
        if (one.role, one.area, one.person) == (other.role, other.area, other.person):
            assert not overlap(one, other), (one.key, other.key)


def test_outsiders_are_entered_as_external_help():
    for each in ASSIGNMENTS:
        assert (each.filled_as == "external") == (PEOPLE[each.person].kind != "employee"), each.key


def test_5_3_a_and_b_were_held_when_version_1_was_frozen_and_are_held_today():
    for day in (DEMO.versions[0].frozen, 0):
        (holder,) = held(day, role="information_security_manager", seat="primary")
        assert {"5.3 a", "5.3 b"} <= set(ROLES[holder.role].clauses)


def test_every_area_in_scope_has_a_representative_and_a_deputy_in_the_review_team():
    for seat in ("primary", "deputy"):
        areas = {each.area for each in held(role="management_review_team", seat=seat)}
        assert areas == {area.key for area in DEMO.areas if area.in_scope}


def test_one_proposal_waits_for_six_days_and_one_since_yesterday():
    assert sorted(each.proposed for each in ASSIGNMENTS if each.decision == "none") == [-6, -1]


def test_one_proposal_was_rejected_with_a_reason():
    (refused,) = [each for each in ASSIGNMENTS if each.decision == "rejected"]
    assert refused.decided_by and refused.decision_reason.endswith(".")


def test_one_active_role_is_vacant_and_one_held_role_has_no_deputy():
    one_holder = [role.key for role in ROLES.values() if role.kind == "one" and role.state == "active"]
    active = [key for key in one_holder if ROLES[key].retired is None]
    assert [key for key in active if not held(role=key, seat="primary")] == ["vulnerability_coordinator"]
    without = [key for key in active if not held(role=key, seat="deputy")]
    assert without == ["vulnerability_coordinator", "awareness_lead"]


def test_who_leaves_in_20_days_holds_a_role_until_then():
    (seat,) = held(person="eero")
    assert (ROLES[seat.role].kind, seat.ends) == ("one", 20)


def test_some_terms_have_ended_and_are_kept_as_history():
    assert len([each for each in approved() if last_day(each) < 0]) >= 4


def test_one_responsibility_has_no_authority_to_carry_it_out():
    bare = [
        (role.key, index)
        for role in ROLES.values()
        for index in set(range(len(role.responsibilities))) - {i for each in role.authorities for i in each.serves}
    ]
    assert bare == [("awareness_lead", 2)]


def test_one_role_is_a_draft_and_one_is_retired_and_holds_nothing():
    assert [role.key for role in ROLES.values() if role.state == "draft"] == ["model_steward"]
    (retired,) = [role for role in ROLES.values() if role.retired is not None]
    assert all(last_day(each) < retired.retired for each in approved(role=retired.key))


def test_reporting_lines_lead_to_the_chief_executive():
    for role in ROLES.values():
        steps = 0
        while role.reports_to:
            role, steps = ROLES[role.reports_to], steps + 1
            assert steps < 8
        assert role.key == "chief_executive"


def test_no_two_roles_of_the_company_share_a_responsibility():
    texts = [text for role in ROLES.values() for text in role.responsibilities]
    alike = [pair for pair in combinations(texts, 2) if SequenceMatcher(None, *pair).quick_ratio() >= 0.85]
    assert [pair for pair in alike if SequenceMatcher(None, *pair).ratio() >= 0.85] == []


def test_own_roles_are_as_complete_as_those_of_the_library():
    for role in ROLES.values():
        assert role.starter in library() or role.starter == ""
        assert len(role.responsibilities) >= 3 and len(role.competences) >= 3
        assert all(each.limit and each.serves for each in role.authorities)


def test_version_1_was_signed_by_two_of_top_management_who_did_not_prepare_it():
    first, draft = DEMO.versions
    assert (first.number, first.state, draft.number, draft.state) == ("1.0", "signed", "1.1", "frozen")
    assert {signer.person for signer in first.signers} == {"saskia", "dagfinn"} and first.prepared_by == "liesbeth"
    assert first.frozen < first.sent < min(signer.signed for signer in first.signers) <= first.published < draft.frozen


def test_every_change_after_version_1_fits_the_register():
    for change in DEMO.changes:
        assert DEMO.versions[0].published < change.day <= 0 and change.reason
        if change.kind == "assignment":
            assert DEMO.assignments[change.assignment].decided == change.day
        if change.kind == "role_added":
            assert ROLES[change.role].added == change.day
        if change.kind == "role_retired":
            assert ROLES[change.role].retired == change.day


def test_a_change_of_wording_or_limit_starts_from_what_stood_there():
    texts = {change.kind: change for change in DEMO.changes if change.was}
    reworded, raised = texts["responsibility_reworded"], texts["limit_raised"]
    assert ROLES[reworded.role].responsibilities[reworded.position] == reworded.was != reworded.now
    assert ROLES[raised.role].authorities[raised.position].limit == raised.was != raised.now


def test_each_part_of_the_demo_has_its_login():
    parts = {login.part: login.person for login in DEMO.logins}
    assert set(parts) == {
        "administrator", "ism", "chief_executive", "chief_operating_officer",
        "representative", "holder", "deputy", "internal_auditor", "colleague",
    }  # fmt: skip
    assert len(set(parts.values())) == 9 and all(PEOPLE[person].is_current(0) for person in parts.values())


def test_the_logins_play_the_parts_they_are_named_for():
    person = {login.part: login.person for login in DEMO.logins}
    assert held(person=person["ism"], role="information_security_manager", seat="primary")
    assert held(person=person["representative"], role="management_review_team", area="customers", seat="primary")
    assert {each.seat for each in held(person=person["holder"])} == {"primary"}
    assert {each.seat for each in held(person=person["deputy"])} == {"deputy"}
    assert not held(person=person["colleague"])


def test_the_auditor_stands_outside_the_register_and_is_let_in_for_some_days():
    assert DEMO.engagement.email not in {person.email for person in PEOPLE.values()}
    assert DEMO.engagement.starts <= 0 < DEMO.engagement.ends


def test_days_become_dates_counted_from_today():
    assert on(-1, date(2028, 3, 1)) == date(2028, 2, 29)
