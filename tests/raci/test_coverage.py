"""What must have an owner, each with its owner or its gap; the pitfalls are watched (M6, D7)."""

import pytest

from ismsroles.core import clock
from raci.actions.activities import add_activity, add_group
from raci.actions.cells import set_letters
from raci.models import Asset, Risk
from raci.queries import coverage, pitfalls
from tests import factories
from tests.roles.asking import AT_MOST, questions

pytestmark = pytest.mark.django_db


def line(title: str, what: str):
    (chapter,) = [one for one in coverage.chapters(clock.today()) if one.title == title]
    return next(one for one in chapter.lines if one.what == what)


def test_a_kind_of_asset_is_a_gap_until_each_has_an_owner(cast):
    assert line("Assets", "Cloud service (SaaS)").state == "warn"
    one = Asset.objects.create(name="CRM", kind="cloud")
    assert (
        line("Assets", "Cloud service (SaaS)").state == "stop" and "CRM" in line("Assets", "Cloud service (SaaS)").who
    )
    Asset.objects.filter(pk=one.pk).update(owner_role=cast.roles.held)
    assert line("Assets", "Cloud service (SaaS)").state == "good"


def test_an_asset_of_a_vacant_role_is_a_gap(cast):
    Asset.objects.create(name="CRM", kind="cloud", owner_role=cast.roles.vacant)
    assert line("Assets", "Cloud service (SaaS)").state == "stop"


def test_a_process_is_covered_when_each_activity_has_one_held_accountable_role(cast):
    group = add_group(actor=cast.ism, name="Backup")
    activity = add_activity(actor=cast.ism, group=group, title="Test the restore")
    assert line("Security processes", "Backup").state == "stop"
    set_letters(activity, cast.roles.vacant, "A", actor=cast.ism)
    assert line("Security processes", "Backup").state == "stop"
    set_letters(activity, cast.roles.vacant, "", actor=cast.ism)
    set_letters(activity, cast.roles.held, "RA", actor=cast.ism)
    assert (
        line("Security processes", "Backup").state == "good"
        and line("Security processes", "Backup").who == "Incident manager"
    )
    set_letters(activity, cast.roles.top, "A", actor=cast.ism)
    assert line("Security processes", "Backup").state == "stop"


def test_duties_of_everybody_are_looked_for(cast):
    assert line("All personnel", "Duties of everybody").state == "stop"
    factories.role("All staff", kind="everyone")
    assert line("All personnel", "Duties of everybody").state == "good"


def test_a_risk_without_owner_is_a_gap_and_a_pitfall(cast):
    Risk.objects.create(reference="R-1", title="Flood")
    assert line("Risk management and acceptance", "Owners of risks").state == "stop"
    found = {str(one.title): len(one.found) for one in pitfalls.pitfalls(clock.today())}
    assert found["Risks without owner"] == 1 and found["Cloud services without owner"] == 0


def test_a_cloud_service_without_owner_is_a_pitfall(cast, as_user):
    Asset.objects.create(name="CRM", kind="cloud")
    page = as_user("auditor").get("/coverage/").content.decode()
    assert "CRM (cloud service (SaaS)) has no owner." in page and "Named but never trained" in page


def test_the_page_asks_as_often_for_fifty_assets_as_for_one(cast, as_user):
    Asset.objects.create(name="A", owner_role=cast.roles.held)
    Risk.objects.create(reference="R", title="R", owner_role=cast.roles.held)
    before = questions(as_user("ism"), "/coverage/")
    for number in range(50):
        Asset.objects.create(name=f"A{number}", kind="cloud")
        Risk.objects.create(reference=f"R{number}", title="R")
    assert questions(as_user("ism"), "/coverage/") == before
    assert before <= AT_MOST * 3, before
