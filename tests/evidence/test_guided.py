"""The ten steps of a new information security manager, worked out from the register (D6), and the watched pitfalls (D7)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.guided.counting import things
from evidence.guided.measuring import path
from evidence.guided.steps import STEPS
from evidence.workspace.items import gaps, items
from ismsroles.core import clock, findings, scope
from raci.models import Asset, Risk
from raci.queries.pitfalls import PITFALLS, among, pitfalls
from roles.models import Process, ProcessPart
from tests import factories

pytestmark = pytest.mark.django_db


def today(day=None):
    scope.forget()
    return path(day or clock.today(), findings.current())


def check_of(title: str):
    return next(one for one in today().checks if str(one.check.title) == title)


def test_there_are_the_ten_steps_of_the_guidance_each_with_its_trap(db):
    assert [step.key for step in STEPS] == [
        "roles", "responsibilities", "authorities", "documented", "communication", "competence", "processes", "reviews", "performance",
        "chart",
    ]  # fmt: skip
    assert all(str(step.trap) and str(step.helps) and step.checks for step in STEPS)


def test_every_rule_that_a_check_names_is_registered(db):
    known = [rule.id for rule in findings.rules()]
    named = [(check, one) for step in STEPS for check in step.checks for one in check.rules]
    assert [one for check, one in named if not any(check.names(rule) for rule in known)] == []
    assert [one for _check, one in named if not one.endswith(".") and one not in known] == []


def test_in_an_empty_register_no_step_is_done_and_people_come_first(organisation):
    found = today()
    assert found.steps_done == 0 and found.next.step.key == "roles"
    assert str(found.next.next.action) == "Import people" and found.next.next.url == "/people/import/"


def test_every_open_check_has_a_button_and_every_passed_one_has_none(cast):
    found = today()
    assert found.passed and all(bool(one.url) is bool(one.action) is not one.passed for one in found.checks)


def test_a_check_passes_by_what_the_register_says_and_fails_again_with_it(cast):
    title = "Every process has roles that take part"
    assert str(check_of(title).sentence) == "Not begun"
    process = Process.objects.create(name="Patching")
    assert check_of(title).missing == 1 and "Patching" in check_of(title).sentence
    ProcessPart.objects.create(process=process, role=cast.roles.held, does="Patches")
    assert check_of(title).passed
    Process.objects.create(name="Backup")
    assert not check_of(title).passed


def test_a_gap_in_performance_without_action_keeps_the_step_open(cast):
    from competence.models import Expectation

    for role in (cast.roles.top, cast.roles.ism, cast.roles.held):
        Expectation.objects.create(role=role, text="Answers within a day")
    one = check_of("Every role says what is expected of its holder")
    assert (one.missing, str(one.sentence)) == (1, "1 is missing")
    Expectation.objects.create(role=cast.roles.vacant, text="Answers within a day")
    assert check_of("Every role says what is expected of its holder").passed


def test_readiness_is_how_many_checks_pass_of_how_many(cast, as_user):
    page, found = as_user("ism").get("/overview/path/").content.decode(), today()
    assert f"{found.passed} <small>of {found.total}" in page and "%" not in page.split("<main")[1]


def test_what_would_raise_it_most_comes_first(cast):
    raises = today().raises
    assert 1 <= len(raises) <= 3 and [one.gain for one in raises] == sorted((one.gain for one in raises), reverse=True)
    assert raises[0].gain > 1  # several checks wait for the same place


@pytest.mark.parametrize(("who", "answer"), [("ism", 200), ("top", 403), ("auditor", 403), ("holder", 403)])
def test_the_path_is_for_who_keeps_the_register(as_user, who, answer):
    assert as_user(who).get("/overview/path/").status_code == answer


def test_the_overview_leads_the_manager_to_the_path_and_nobody_else(cast, as_user):
    assert "/overview/path/" in as_user("ism").get("/overview/").content.decode()
    assert "/overview/path/" not in as_user("auditor").get("/overview/").content.decode()


def test_the_path_asks_one_question_beside_the_findings(cast):
    found, day = findings.current(), clock.today()
    with CaptureQueriesContext(connection) as captured:
        path(day, found)
    assert len(captured) == 1
    assert all(check.needs in things(day) for step in STEPS for check in step.checks)


BREAKS = {
    "pit-saas": lambda cast: Asset.objects.create(name="Payroll cloud", kind="cloud"),
    "pit-risks": lambda cast: Risk.objects.create(reference="R-9", title="Flood", level=2),
    "pit-written": lambda cast: factories.role("Unwritten", duties=0),
}


@pytest.mark.parametrize("key", BREAKS)
def test_a_pitfall_is_counted_the_same_on_overview_coverage_and_checklist(cast, as_user, key):
    BREAKS[key](cast)
    scope.forget()
    found = findings.current()
    counted = {one.key: len(one.found) for one in among(found)}
    assert counted[key] >= 1
    assert counted == {one.key: len(one.found) for one in pitfalls(clock.today())}
    assert counted == {one.key: len(gaps(items()[one.key], found)) for one in PITFALLS}
    shown = {one.key: len(one.found) for one, _worst in as_user("ism").get("/overview/").context["pitfalls"]}
    assert shown == counted


def test_a_pitfall_on_the_overview_leads_to_where_it_is_mended(cast, as_user):
    asset = Asset.objects.create(name="Payroll cloud", kind="cloud")
    page = as_user("ism").get("/overview/").content.decode()
    assert "Payroll cloud" in page and f"/assets/{asset.pk}/" in page
