"""A question before something ends opens as a dialog, by keyboard, the focus kept inside and given back; without script as a page."""

import pytest

from tests.browser.conftest import accessible, picture, sign_in
from tests.browser.test_personas import EMAILS, PASSWORD

pytestmark = pytest.mark.browser


def test_ending_an_assignment_is_asked_in_a_dialog_that_keeps_the_keyboard(demo, sit_down):
    page = sit_down()
    sign_in(page, demo, EMAILS["ism"], PASSWORD)
    page.goto(f"{demo.url}/assignments/")
    page.locator("main tbody a[href^='/assignments/']").first.click()
    link = page.get_by_role("link", name="End it")
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="End this assignment?")
    dialog.wait_for()
    accessible(page)
    picture(page, "dialog")
    for _ in range(12):  # the focus never leaves the dialog for the page below
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert page.evaluate("document.activeElement.textContent.trim()") == "End it"
    link.click()
    dialog.get_by_role("link", name="Cancel").click()
    dialog.wait_for(state="detached")
    link.click()
    dialog.get_by_role("button", name="End the assignment").click()  # without a reason: the page says what is missing
    page.wait_for_url("**/end/")
    assert page.locator("#form-errors").count()


def test_without_script_the_link_leads_to_the_page_that_asks(demo, sit_down):
    page = sit_down(java_script_enabled=False)
    sign_in(page, demo, EMAILS["ism"], PASSWORD)
    page.goto(f"{demo.url}/assignments/")
    page.locator("main tbody a[href^='/assignments/']").first.click()
    page.get_by_role("link", name="End it").click()
    assert page.url.endswith("/end/") and page.get_by_role("heading", name="End this assignment?").count()
