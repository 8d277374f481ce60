"""The information security manager and the chair walk through the management review (T1–T4)."""

import pytest
from playwright.sync_api import expect

from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, sign_in
from tests.browser.test_personas import EMAILS

pytestmark = pytest.mark.browser


def test_the_ism_sees_the_team_its_meetings_and_signed_minutes(demo, sit_down):
    page = sit_down()
    sign_in(page, demo, EMAILS["ism"], PASSWORD)
    page.goto(f"{demo.url}/team/")
    expect(page.get_by_role("heading", name="At the table")).to_be_visible()
    expect(page.get_by_text("No representative").first).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Meetings", exact=True).last.click()
    accessible(page)
    page.get_by_role("row").filter(has_text="Minutes signed").get_by_role("link").click()
    expect(page.get_by_text("Quorum met")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Minutes", exact=True).first.click()
    expect(page.get_by_role("heading", name="Sign-offs")).to_be_visible()
    page.goto(f"{demo.url}/team/actions/?show=all")
    accessible(page)
    page.goto(f"{demo.url}/team/papers/")
    accessible(page)


def test_a_member_makes_a_calendar_link_on_a_phone(demo, sit_down):
    page = sit_down(viewport={"width": 390, "height": 844})
    sign_in(page, demo, EMAILS["ism"], PASSWORD)
    page.goto(f"{demo.url}/calendar/")
    accessible(page)
    page.get_by_role("button", name="Make a").click()
    expect(page.locator("code.hash")).to_contain_text(".ics")
    accessible(page)
