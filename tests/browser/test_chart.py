"""The organisation chart in a browser: folded, found, walked by keyboard, and confirmed by who keeps it (R8)."""

import re

import pytest
from playwright.sync_api import expect

from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, picture, sign_in
from tests.browser.test_personas import EMAILS, PHONE

pytestmark = pytest.mark.browser


def test_the_manager_walks_the_chart_and_its_keeper_confirms_it(demo, sit_down):
    ism, keeper = sit_down(), sit_down(**PHONE)
    sign_in(ism, demo, EMAILS["ism"], PASSWORD)
    ism.goto(f"{demo.url}/chart/")
    accessible(ism)
    drawing = ism.locator("[data-view] svg")
    before = drawing.locator(".box").count()
    drawing.get_by_label(re.compile("Hide the .* below Chief operating officer")).click()
    expect(drawing.locator(".fold:focus")).to_have_attribute("aria-label", re.compile("Show the"))
    assert drawing.locator(".box").count() < before
    ism.get_by_label("Find", exact=True).fill("incident")
    expect(drawing.locator(".found")).to_have_count(1)
    drawing.locator(".found").focus()
    ism.keyboard.press("ArrowLeft")
    expect(drawing.locator(".box:focus")).to_contain_text("Information security manager")
    width = drawing.get_attribute("width")
    ism.keyboard.press("+")
    assert drawing.get_attribute("width") != width
    ism.keyboard.press("Enter")
    expect(ism.get_by_role("heading", level=1)).to_have_text("Information security manager")
    picture(ism, "chart")

    sign_in(keeper, demo, EMAILS["chief_operating_officer"], PASSWORD)
    keeper.goto(f"{demo.url}/chart/")
    accessible(keeper)
    assert keeper.locator(".as-list").bounding_box()["y"] < keeper.locator(".chart-panel").bounding_box()["y"]
    keeper.get_by_role("link", name="Look and confirm").click()
    accessible(keeper)
    keeper.get_by_role("button", name="The chart is right").click()
    expect(keeper.get_by_role("heading", level=1)).to_contain_text("Confirmed by Dagfinn Marchetti")
    accessible(keeper)
