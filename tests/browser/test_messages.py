"""The manager sees who has acknowledged a version and who has not, and what a party outside was given (K2)."""

import pytest
from playwright.sync_api import expect

from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, picture, sign_in
from tests.browser.test_personas import EMAILS

pytestmark = pytest.mark.browser


def test_the_ism_sees_how_far_a_campaign_is_and_who_is_missing(demo, sit_down):
    page = sit_down()
    sign_in(page, demo, EMAILS["ism"], PASSWORD)
    page.goto(f"{demo.url}/campaigns/")
    accessible(page)
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="What was asked")).to_be_visible()
    accessible(page)
    picture(page, "campaign")
    page.get_by_role("link", name="Not yet").click()
    expect(page.get_by_role("table", name="People and when they acknowledged")).to_be_visible()
    page.goto(f"{demo.url}/parties/")
    page.get_by_role("link", name="Tessellate Managed Hosting").click()
    expect(page.get_by_role("main")).to_contain_text("In the service portal")
    accessible(page)
