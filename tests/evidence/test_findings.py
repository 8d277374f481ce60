"""Each rule finds what breaks it, and nothing else (coverage R2, R3, R5, A3, A6, A7, D2, D3)."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.ages import by_age
from ismsroles.core import clock, events, findings, scope
from ismsroles.core.findings import Finding
from roles.models import Assignment, Authority, AuthorityServes, Person, Responsibility, Role
from tests import factories

pytestmark = pytest.mark.django_db


def found(rule: str) -> list[str]:
    return [one.sentence for one in findings.current() if one.rule == rule]


def _day(days: int):
    return clock.today() + timedelta(days=days)


def test_a_role_without_a_responsibility_is_found(cast):
    factories.role("Empty", duties=0)
    assert found("R2") == ["Empty has no responsibility written down."]


def test_a_role_without_any_authority_is_found(cast):
    factories.role("Toothless", authorities=False)
    assert found("R3.none") == ["Toothless has responsibilities, but no authority to carry them out."]


def test_a_responsibility_that_no_authority_serves_is_found(cast):
    Responsibility.objects.create(role=cast.roles.held, text="Learn from it", position=9)
    assert found("R3") == ["Incident manager: 1 of 3 responsibilities has no authority to carry it out."]


def test_an_authority_that_serves_nothing_is_found(cast):
    Authority.objects.create(role=cast.roles.held, text="Spend money", position=9)
    assert found("R3.serves") == ["Incident manager: 1 authority serves no responsibility."]


def test_what_everybody_must_do_needs_no_authority_and_is_never_vacant(cast):
    factories.role("All staff", kind="everyone", authorities=False)
    said = " ".join(one.sentence for one in findings.current())
    assert "All staff" not in said


def test_conformity_and_reporting_without_a_holder_are_found(cast):
    assert found("R5") == []
    Role.objects.filter(pk=cast.roles.ism.pk).update(clauses=[])
    assert len(found("R5")) == 2


def test_a_vacant_role_is_found_with_the_day_since_when_and_why(cast):
    factories.hold(cast.roles.vacant, cast.people.leaver, approver=cast.top, ends_on=cast.people.leaver.last_day)
    (one,) = [one for one in findings.current() if one.rule == "A6.vacant"]
    assert one.since == clock.today() and one.age == 0 and one.detail.startswith("Lea Leaver left on")


def test_a_vacant_role_for_which_somebody_is_proposed_is_mended_at_the_proposal(cast):
    waiting = Assignment.objects.create(
        role=cast.roles.vacant, person=cast.people.colleague, single_holder=True, starts_on=clock.today(),
        proposed_by=cast.ism, proposed_by_person=cast.people.ism, proposed_at=clock.now(), reason="Fits.",
    )  # fmt: skip
    (one,) = [one for one in findings.current() if one.rule == "A6.vacant"]
    assert (one.url, one.action) == (waiting.get_absolute_url(), "Open the proposal")


def test_a_vacant_role_whose_deputy_stands_in_weighs_less(cast):
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top, seat="deputy")
    assert found("A6.vacant") == []
    assert found("A6.stands-in") == ["Continuity manager is vacant; Cole Colleague stands in."]


def test_who_left_and_is_still_entered_is_found(cast):
    factories.hold(cast.roles.vacant, cast.people.leaver, approver=cast.top)
    assert "is still entered for Continuity manager" in found("A6")[0]


@pytest.mark.parametrize(("days", "count"), [(0, 1), (30, 0), (29, 1), (200, 0)])
def test_a_role_that_becomes_vacant_within_thirty_days_is_found(cast, days, count):
    Person.objects.filter(pk=cast.people.holder.pk).update(last_day=_day(days))
    assert len(found("A6.leaving")) == count


def test_a_role_with_an_approved_successor_does_not_become_vacant(cast):
    Assignment.objects.filter(pk=cast.held.holder.pk).update(ends_on=_day(10))
    factories.hold(cast.roles.held, cast.people.colleague, approver=cast.top, starts_on=_day(11))
    assert found("A6.leaving") == []


def test_a_successor_who_comes_too_late_leaves_a_gap(cast):
    Assignment.objects.filter(pk=cast.held.holder.pk).update(ends_on=_day(10))
    factories.hold(cast.roles.held, cast.people.colleague, approver=cast.top, starts_on=_day(13))
    assert len(found("A6.leaving")) == 1


def test_a_role_with_one_holder_and_no_deputy_is_found(cast):
    assert "Incident manager has no deputy." not in found("A7")
    Assignment.objects.filter(pk=cast.held.deputy.pk).update(ends_on=_day(-1))
    assert "Incident manager has no deputy." in found("A7")


@pytest.mark.parametrize(("days", "count"), [(5, 0), (6, 1)])
def test_a_proposal_that_waits_for_more_than_five_days_is_found(cast, days, count):
    waiting = {"state": "proposed", "approver": cast.top}
    factories.hold(cast.roles.vacant, cast.people.colleague, proposed_at=clock.now() - timedelta(days=days), **waiting)
    assert len(found("A3")) == count


def test_a_founding_appointment_that_stands_alone_is_found_until_there_is_a_second_approver(cast):
    assert len(found("A3.one-approver")) == 1
    second = factories.role("Finance director", persona="top_management")
    factories.hold(second, cast.people.colleague, approver=cast.top)
    assert found("A3.one-approver") == []


@pytest.mark.parametrize(("days", "count"), [(89, 1), (91, 0)])
def test_a_new_login_of_an_approver_is_found_for_ninety_days(cast, days, count):
    with clock.at(clock.now() - timedelta(days=days)):
        events.record(
            "approver.login_linked", actor=cast.administrator, subject=cast.people.top, email="t@x.example", role="CEO"
        )
    assert len(found("A3.login")) == count


def test_every_finding_says_where_it_is_mended(cast):
    Assignment.objects.filter(pk=cast.held.holder.pk).update(ends_on=_day(3))
    assert all(one.url and one.action and one.clause for one in findings.current())


def test_the_worst_come_first_and_then_the_oldest(cast):
    order = [one.severity for one in findings.current()]
    assert order == sorted(order, key=["stop", "warn", "note"].index)


def _queries() -> int:
    with CaptureQueriesContext(connection) as captured, scope.opened():
        findings.current()
    return len(captured)


def test_looking_for_all_of_it_costs_the_same_with_four_roles_and_with_forty(cast):
    for number in range(36, 40):  # alike already, so that overlaps are looked up both times
        factories.role(f"Role {number}", duties=2)
    few = _queries()
    for number in range(36):
        held = factories.role(f"Role {number}", duties=2)
        AuthorityServes.objects.filter(authority__role=held).first().delete()
        factories.hold(held, factories.person(), approver=cast.top, ends_on=_day(5))
    assert _queries() == few <= 80


def test_findings_can_be_printed_as_json(cast, capsys):
    from django.core.management import call_command

    with pytest.raises(SystemExit) as ended:
        call_command("findings", "--format", "json")
    told = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1 and {"A6.vacant", "D3.missing"} <= {one["rule"] for one in told["findings"]}


def test_the_overview_counts_findings_by_severity_and_age(cast):
    old, new = clock.today() - timedelta(days=31), clock.today() - timedelta(days=7)
    rows = [Finding("R", severity, "5.3", "x", "", "", since=day) for severity, day in
            [("stop", old), ("stop", new), ("stop", None), ("warn", clock.today() - timedelta(days=30))]]  # fmt: skip
    counted = {severity: [count.number for count in counts] for severity, _name, _all, counts in by_age(rows)}
    assert counted == {"stop": [1, 0, 1, 1], "warn": [0, 1, 0, 0], "note": [0, 0, 0, 0]}


def test_the_list_is_narrowed_by_severity_rule_and_age(cast, as_user):
    client = as_user("ism")
    everything = client.get("/findings/").context["page_obj"].paginator.count
    unknown = client.get("/findings/?age=unknown").context["page_obj"].object_list
    narrowed = client.get("/findings/?age=week&severity=stop&rule=A6.vacant").context["page_obj"].object_list
    assert 0 < len(unknown) < everything
    assert {(row.severity, row.rule) for row in narrowed} <= {("stop", "A6.vacant")}
    assert client.get("/findings/?age=nonsense").context["page_obj"].paginator.count == everything


def test_every_count_leads_to_the_findings_it_counts(cast, as_user):
    client = as_user("ism")
    for _severity, _name, _all, counts in client.get("/overview/").context["by_age"]:
        for count in counts:
            assert client.get(count.url).context["page_obj"].paginator.count == count.number
