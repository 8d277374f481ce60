"""Somebody who joined reads and accepts, answers the questions on a phone, and takes their duties along; the ISM sees who has."""

import pytest
from playwright.sync_api import expect

from evidence.demo.company import company
from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, picture, sign_in
from tests.browser.product import Product

pytestmark = pytest.mark.browser
EMAILS = {login.part: company().people[login.person].email for login in company().logins}


def test_who_joined_accepts_answers_and_takes_their_duties_along(demo: Product, sit_down):
    page = sit_down(viewport={"width": 390, "height": 800})
    sign_in(page, demo, EMAILS["colleague"], PASSWORD)
    page.goto(f"{demo.url}/mine/")
    accessible(page)
    part = page.locator("details", has_text="How we report an incident")
    part.evaluate("one => one.open = true")
    part.get_by_role("button").click()
    expect(page.get_by_text("Kept: you have read and accepted it.")).to_be_visible()
    page.locator("a.button", has_text="Autumn: is it clear?").click()
    page.get_by_role("button", name="Begin").click()
    accessible(page)
    for question in page.get_by_role("radiogroup").all() or page.locator("fieldset").all():
        question.get_by_role("radio").first.check()
    page.get_by_role("button", name="These are my answers").click()
    expect(page.get_by_text("Your answers")).to_be_visible()
    assert page.get_by_role("link", name="Where it stands").count() >= 3
    accessible(page)
    picture(page, "answers")
    page.goto(f"{demo.url}/mine/")
    with page.expect_download() as file:
        page.get_by_role("link", name="As a Word text").click()
    assert file.value.suggested_filename.endswith(".docx")


def test_the_information_security_manager_sees_who_joined_and_who_has_answered(demo: Product, sit_down):
    page = sit_down()
    sign_in(page, demo, EMAILS["ism"], PASSWORD)
    for address in ("induction", "induction/parts", "understanding", "understanding/1", "duties"):
        page.goto(f"{demo.url}/{address}/")
        accessible(page)
    page.get_by_role("link", name="Record a signed list").click()
    accessible(page)
