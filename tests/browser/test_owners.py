"""The information security manager looks after owners and takes a matrix in; staff read what is published (M1, M4–M6, K1)."""

import pytest
from playwright.sync_api import expect

from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, sign_in
from tests.browser.test_personas import EMAILS

pytestmark = pytest.mark.browser
MATRIX = b"Aufgabe;Incident manager;Zoo keeper\nFeed the animals;V;M\nCount the animals;E;I\n;;\nV = Verantwortlich;;\nM = Mitwirkung;;\n"


def test_the_ism_finds_what_has_no_owner_and_why_an_acceptance_is_not_in_order(demo, sit_down):
    page = sit_down()
    sign_in(page, demo, EMAILS["ism"], PASSWORD)
    page.goto(f"{demo.url}/coverage/")
    accessible(page)
    page.get_by_role("link", name="Whiteboard in the cloud").click()
    expect(page.get_by_text("Nobody answers for it.")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Name an owner").click()
    expect(page.get_by_role("combobox", name="Owner: or one person")).to_be_visible()
    accessible(page)
    page.goto(f"{demo.url}/risks/")
    accessible(page)
    page.get_by_role("link", name="A connector passes on wrong results").click()
    expect(page.get_by_role("main")).to_contain_text("without being its owner")
    accessible(page)


def test_a_matrix_in_german_is_read_and_thrown_away(demo, sit_down):
    page = sit_down()
    sign_in(page, demo, EMAILS["ism"], PASSWORD)
    page.goto(f"{demo.url}/matrix/import/")
    accessible(page)
    page.locator("input[type=file]").set_input_files([{"name": "tiere.csv", "mimeType": "text/csv", "buffer": MATRIX}])
    page.get_by_role("button", name="Read the list").click()
    expect(page.get_by_label("Zoo keeper")).to_have_value("skip")
    expect(page.get_by_label("V means")).to_have_value("R")
    page.get_by_label("Zoo keeper").select_option("new")
    page.get_by_role("button", name="Take over the answers").click()
    expect(page.get_by_role("row", name="Feed the animals Zoo keeper")).to_contain_text("S")
    accessible(page)
    page.get_by_role("button", name="Throw the file away").click()
    expect(page.get_by_text("Nothing was changed.")).to_be_visible()


def test_staff_read_the_published_matrix_on_a_phone(demo, sit_down):
    page = sit_down(viewport={"width": 390, "height": 844})
    sign_in(page, demo, EMAILS["holder"], PASSWORD)
    page.goto(f"{demo.url}/published/")
    expect(page.get_by_role("heading", name="Activities and roles")).to_be_visible()
    accessible(page)
    page.goto(f"{demo.url}/mine/")
    accessible(page)
    page.goto(f"{demo.url}/assets/")
    accessible(page)
