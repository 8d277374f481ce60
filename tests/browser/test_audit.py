"""The auditor goes from the checklist to the evidence, asks, looks at a past day and takes the pack (D4, D5, D8, D9)."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, picture, sign_in
from tests.browser.test_personas import EMAILS

pytestmark = pytest.mark.browser


def test_an_auditor_works_through_the_checklist_and_is_answered(demo, sit_down):
    auditor, ism = sit_down(), sit_down()
    sign_in(auditor, demo, EMAILS["auditor"], PASSWORD)
    auditor.get_by_role("link", name="Open the checklist").click()
    expect(auditor.get_by_role("heading", name="Clause 5.3: ten items")).to_be_visible()
    accessible(auditor)
    picture(auditor, "audit-checklist")
    auditor.get_by_role("link", name="Role assignment", exact=True).click()
    auditor.get_by_label("Request to the organisation").check()
    auditor.get_by_label("Text").fill("Who stood in last August?")
    auditor.get_by_role("button", name="Write it down").click()
    expect(auditor.get_by_text("Who stood in last August?")).to_be_visible()
    accessible(auditor)

    sign_in(ism, demo, EMAILS["ism"], PASSWORD)
    ism.goto(f"{demo.url}/audit/checklist/assignment/")
    ism.get_by_role("listitem").filter(has_text="last August").get_by_role("link", name="Answer").click()
    ism.get_by_label("Answer").fill("Nobody was away.")
    ism.get_by_role("button", name="Answer").click()
    auditor.reload()
    expect(auditor.get_by_text("Nobody was away.")).to_be_visible()

    for path in ("/audit/interviews/?size=3&seed=walk", "/audit/clauses/", "/audit/compare/"):
        auditor.goto(f"{demo.url}{path}")
        accessible(auditor)
    auditor.goto(f"{demo.url}/audit/past/?on={date.today() - timedelta(days=200)}")  # noqa: DTZ011
    expect(auditor.get_by_text("You see the register as on")).to_be_visible()
    accessible(auditor)


def test_an_auditor_has_the_pack_built_and_takes_it(demo, sit_down):
    auditor = sit_down()
    sign_in(auditor, demo, EMAILS["auditor"], PASSWORD)
    auditor.goto(f"{demo.url}/audit/engagements/1/")
    auditor.get_by_role("link", name="Evidence pack").click()
    accessible(auditor)
    auditor.get_by_role("button", name="Build a pack").click()
    expect(auditor.get_by_role("link", name="Download")).to_be_visible(timeout=60_000)
    accessible(auditor)
    with auditor.expect_download() as taken:
        auditor.get_by_role("link", name="Download").click()
    assert taken.value.suggested_filename.endswith(".zip")


def test_a_new_manager_follows_the_guided_path_to_the_next_thing(demo, sit_down):
    page = sit_down()
    sign_in(page, demo, EMAILS["ism"], PASSWORD)
    page.goto(f"{demo.url}/overview/")
    page.get_by_role("link", name="Ten steps, with the usual traps").click()
    expect(page.get_by_role("heading", name="What would let most checks pass")).to_be_visible()
    accessible(page)
    picture(page, "guided-path")
    page.get_by_label("Next step").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Guided path")
