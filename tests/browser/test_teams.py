"""A team that holds a role: looked after by the information security manager, decided on by top management, reached by anybody (A2)."""

import re

import pytest
from playwright.sync_api import expect

from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, picture
from tests.browser.test_first_document import confirm_password
from tests.browser.test_register_walk import Desk

pytestmark = pytest.mark.browser


def test_who_joined_a_team_is_decided_on_with_it_and_leaves_it(demo, sit_down):
    ism, top = Desk(sit_down(), demo, "ism"), Desk(sit_down(), demo, "chief_executive")
    ism.page.goto(f"{ism.url}/teams/")
    accessible(ism.page)
    ism.press("On-call team")
    picture(ism.page, "team")
    accessible(ism.page)
    ism.reads("Holder, answers for it")
    ism.press("Propose for a role")
    accessible(ism.page)
    ism.page.go_back()
    ism.press("Add a member or name the lead")
    accessible(ism.page)
    ism.page.go_back()

    waits = ism.page.get_by_role("link", name=re.compile("See the proposal"))
    top.page.goto(top.url + "/approvals/")
    top.page.get_by_role("listitem").filter(has_text="Bảo").get_by_role("link").first.click()
    top.press("Decide on all of them at once")
    accessible(top.page)
    picture(top.page, "team-decide")
    # Who joined lacks what the role must have: nothing stops the rejection, and the reason goes back.
    top.page.locator("details.reject summary").click()
    top.page.locator("main [name=reason]").fill("Train first, then propose again.")
    top.page.get_by_role("button", name="Reject with this reason").click()
    if top.page.locator("[name=password]").count():
        confirm_password(top.page, PASSWORD)
    expect(top.page.get_by_role("main")).not_to_contain_text("Reject with this reason")
    ism.page.reload()
    expect(waits).to_have_count(0)
    ism.page.get_by_role("row").filter(has_text="Bảo").get_by_role("link", name=re.compile("^Leaves")).click()
    ism.page.locator("main [name=reason]").fill("Another team.")
    accessible(ism.page)
    ism.page.locator("main button[type=submit]").last.click()
    ism.page.wait_for_load_state()
    ism.page.goto(f"{ism.url}/teams/")
    ism.press("On-call team")
    ism.reads("Left|to ")


def test_a_colleague_reads_on_a_phone_who_is_on_the_team(demo, sit_down):
    staff = Desk(sit_down(viewport={"width": 390, "height": 844}), demo, "colleague")
    staff.page.goto(f"{staff.url}/teams/")
    accessible(staff.page)
    staff.press("On-call team")
    accessible(staff.page)
    picture(staff.page, "team-phone")
    staff.reads("Lead")
    assert not staff.page.get_by_role("link", name=re.compile("Add a member")).count()
