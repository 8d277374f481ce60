"""The information security manager edits the matrix by keyboard alone; somebody else was first; the line is cut; a phone reads it."""

import re

import pytest
from playwright.sync_api import Page, expect

from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, picture, sign_in
from tests.browser.test_personas import EMAILS

pytestmark = pytest.mark.browser


def opened(page: Page, demo, part: str = "ism", path: str = "/matrix/") -> Page:
    sign_in(page, demo, EMAILS[part], PASSWORD)
    page.goto(demo.url + path)
    return page


def said(page: Page, text: str) -> None:
    expect(page.locator("[data-says]")).to_contain_text(re.compile(text))


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') || ''")


def saved(page: Page) -> None:
    expect(page.locator("[data-matrix] td.saving")).to_have_count(0)
    expect(page.locator("[data-matrix] td.unsaved")).to_have_count(0)


def reach(page: Page, selector: str) -> None:
    """Tab until the element has the focus, as somebody without a mouse would."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached by Tab")


def test_the_matrix_is_edited_by_keyboard_alone(demo, sit_down):
    page = opened(sit_down(), demo, path="/matrix/?q=Internal+audit")
    accessible(page)
    reach(page, "[data-edit]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-matrix]")).to_have_attribute("aria-readonly", "false")
    assert focused(page).startswith("Internal audit: ")
    accessible(page)
    page.keyboard.press("End")
    before = focused(page)
    page.keyboard.press("s")
    said(page, "is .*supporting.*Saved")
    saved(page)
    page.keyboard.press("c")
    said(page, "supporting and consulted")
    saved(page)
    page.keyboard.press("Delete")
    said(page, "not involved")
    saved(page)
    for _gesture in range(3):
        page.keyboard.press("Control+z")
        saved(page)
    said(page, "Taken back")
    assert focused(page) == before
    for words in ("is folded", "is open"):
        page.keyboard.press("-")
        said(page, words)
    page.reload()
    page.keyboard.press("Escape")
    picture(page, "matrix")


def test_who_comes_second_is_told_and_a_cut_line_loses_nothing(demo, sit_down):
    first, second = (opened(sit_down(), demo, path="/matrix/?edit=1&q=Screening") for _person in range(2))
    for page in (first, second):
        page.keyboard.press("End")
    first.keyboard.press("i")
    said(first, "Saved")
    second.keyboard.press("c")
    said(second, "somebody changed .* first. It is informed now")
    second.keyboard.press("Control+z")
    said(second, "nothing to take back")
    second.context.set_offline(True)
    second.keyboard.press("Delete")
    said(second, "Not saved")
    expect(second.locator("td.unsaved")).to_have_count(1)
    second.context.set_offline(False)
    saved(second)
    first.reload()
    first.keyboard.press("End")
    assert "not involved" in focused(first)


def test_a_block_is_pasted_and_rows_and_roles_are_moved_by_keyboard(demo, sit_down):
    page = opened(sit_down(), demo, path="/matrix/?edit=1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=demo.url)
    row = page.locator("tr[data-a]").filter(has_text="Watch over model drift")
    row.locator("td").nth(3).click()
    page.evaluate("navigator.clipboard.writeText('c\\tA/R\\n')")
    page.keyboard.press("Control+v")
    said(page, "2 cells pasted|Saved")
    saved(page)
    expect(row.locator("td").nth(4)).to_have_text("R/A")
    page.keyboard.press("Control+z")
    saved(page)
    expect(row.locator("td").nth(4)).to_have_text("")
    page.keyboard.press("Alt+ArrowUp")
    said(page, "moved to place 1")
    page.keyboard.press("Alt+ArrowRight")
    said(page, "moved to place")
    page.reload()
    titles = page.locator("tr[data-a] .activity").all_inner_texts()
    assert titles.index("Watch over model drift") < titles.index("Release of a scheduling model")


@pytest.mark.parametrize("by", ["activity", "role"])
def test_on_a_phone_the_matrix_is_a_list(demo, sit_down, by):
    page = opened(sit_down(viewport={"width": 390, "height": 844}), demo, "colleague")
    page.locator(".only-phone").scroll_into_view_if_needed()
    card = page.locator(".activity-card").first
    if by == "role":
        page.get_by_role("link", name="By role").click()
    card.locator("summary").click()
    expect(card.locator("dl")).to_be_visible()
    accessible(page)


def test_the_other_pages_of_the_matrix_are_accessible(demo, sit_down):
    page = opened(sit_down(), demo)
    activity = page.locator("tr[data-a] a").first.get_attribute("href")
    for path in (
        "/matrix/balance/",
        "/matrix/publish/",
        "/matrix/processes/",
        "/matrix/pdf/",
        activity,
        f"{activity}letters/",
    ):
        page.goto(demo.url + path)
        accessible(page)
