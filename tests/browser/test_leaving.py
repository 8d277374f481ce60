"""Somebody leaves: what becomes uncovered, the last day, the handover, the approval; and a list of everybody (A6, A9)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import accessible
from tests.browser.test_register_walk import Desk

pytestmark = pytest.mark.browser


def test_the_security_manager_sees_what_would_be_uncovered_records_the_last_day_and_hands_over(demo, sit_down):
    ism = Desk(sit_down(), demo, "ism")
    ism.page.goto(f"{ism.url}/people/single-points/")
    accessible(ism.page)
    ism.page.goto(f"{ism.url}/people/?q=Petra")
    ism.page.locator("main tbody th a").first.click()
    person = re.search(r"/people/\d+/", ism.path)[0]
    ism.press("What if they leave")
    accessible(ism.page)
    ism.reads("would be vacant; .* would stand in")
    ism.page.goto(f"{ism.url}{person}leave/")
    ism.page.locator("main [name=last_day]").fill("2031-01-31")
    ism.page.locator("main button[type=submit]").last.click()
    ism.page.goto(f"{ism.url}{person}handover/")
    accessible(ism.page)
    expect(ism.page.locator("main [name=starts_on]")).to_have_value("2031-02-01")
    # Whoever is near at hand lacks a competence that this role must have: decided on later.
    ism.page.get_by_role("combobox", name="Successor as holder of Third-party supplier manager").fill("")
    ism.form("", reason="Knows the work")
    ism.reads("successors? (is|are) proposed|Waiting")
    ism.page.goto(f"{ism.url}{person}stay/")
    ism.page.locator("main button[type=submit]").last.click()
    ism.reads("Restored as it was approved")


def test_a_list_of_everybody_asks_about_who_is_missing(demo, sit_down, tmp_path):
    ism = Desk(sit_down(), demo, "ism")
    (tmp_path / "all.csv").write_text(
        "Name;E-mail\nLiesbeth Okafor-Janssen;liesbeth.okafor@orrinsby.example\n", encoding="utf-8"
    )
    ism.page.goto(f"{ism.url}/people/import/")
    ism.page.locator("main [name=file]").set_input_files(tmp_path / "all.csv")
    ism.page.get_by_label(re.compile("^Everybody")).check()
    ism.page.locator("main button.main").click()
    ism.reads("current people are missing from this list")
    accessible(ism.page)
    first = ism.page.locator("main [name=leaver]").first
    first.check()
    ism.page.locator("main input[type=date]").first.fill("2031-01-31")
    ism.page.get_by_role("button", name="Take over ticks and last days").click()
    expect(ism.page.locator("main [name=leaver]").first).to_be_checked()
    ism.reads("Access ends after that day")
    ism.page.get_by_role("button", name="Throw the file away").click()
