"""A conflict of interest meets the information security manager while choosing, and top management in the inbox (A5)."""

import re

import pytest
from playwright.sync_api import Page, expect

from evidence.demo.company import company
from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, picture, sign_in
from tests.browser.product import Product

pytestmark = pytest.mark.browser
EMAILS = {login.part: company().people[login.person].email for login in company().logins}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def seated(sit_down, demo: Product, part: str, **options) -> Page:
    page = sit_down(**options)
    sign_in(page, demo, EMAILS[part], PASSWORD)
    return page


def to_role(page: Page, demo: Product, title: str) -> str:
    """The number of a role."""
    page.goto(f"{demo.url}/roles/?q={title}")
    link = page.get_by_role("main").get_by_role("link", name=title, exact=True).first
    return re.search(r"/roles/(\d+)/", link.get_attribute("href"))[1]


def test_a_conflict_is_seen_while_choosing_and_leads_to_an_exception(sit_down, demo):
    page = seated(sit_down, demo, "ism")
    role = to_role(page, demo, "Data owner")
    page.goto(f"{demo.url}/assignments/propose/?role={role}")
    field = page.get_by_role("combobox", name=re.compile("^Person"))
    field.press_sequentially("moira fitz")
    option = page.get_by_role("option", name=re.compile("Moira Fitzgibbon-Sarr"))
    expect(option).to_contain_text("conflicts with Process owner, human resources")
    picture(page, "picker")
    accessible(page)
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value(re.compile("^Moira Fitzgibbon-Sarr <"))
    expect(page.locator("#checked")).to_contain_text("Who requests does not approve")
    page.locator("#checked").get_by_role("link", name="Ask for an exception").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask for an exception")
    expect(page.locator("#id_person")).to_have_value(re.compile("^Moira"))
    accessible(page)


def test_the_same_choice_without_script(sit_down, demo):
    page = seated(sit_down, demo, "ism", java_script_enabled=False)
    role = to_role(page, demo, "Data owner")
    page.goto(f"{demo.url}/assignments/propose/?role={role}")
    page.get_by_role("link", name="Search and compare people").click()
    page.get_by_label("Part of a name").fill("moira")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("conflicts with Process owner, human resources")).to_be_visible()
    page.get_by_role("link", name="Choose Moira Fitzgibbon-Sarr").click()
    expect(page.locator("#id_person")).to_have_value(re.compile("^Moira"))


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_every_page_of_separation_is_accessible_and_fits(sit_down, demo, options):
    page = seated(sit_down, demo, "ism", **options)
    paths = [
        "/separation/", "/separation/matrix/", "/separation/matrix/?every=1", "/separation/duties/",
        "/separation/exceptions/?show=all", "/separation/rules/1/", "/separation/rules/add/", "/separation/exceptions/1/",
        "/roles/overlaps/",
    ]  # fmt: skip
    for path in paths:
        assert page.goto(demo.url + path).status == 200, path
        if not options:
            accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        picture(page, f"separation-{len(options)}-{re.sub(r'[^a-z0-9]+', '-', path)}")
        assert wide <= 1, f"{path} is {wide} px too wide"


def test_the_picture_keeps_its_headings_in_sight_and_leads_to_the_rule(sit_down, demo):
    page = seated(sit_down, demo, "ism")
    page.goto(f"{demo.url}/separation/matrix/?every=1")
    box = page.get_by_role("region", name=re.compile("Roles × roles"))
    box.evaluate("box => box.scrollTo(300, 300)")
    top, heads = box.bounding_box(), page.locator(".apart-table thead th").nth(10).bounding_box()
    assert abs(heads["y"] - top["y"]) < 3
    page.goto(f"{demo.url}/separation/matrix/")
    page.locator("a.apart").first.click()
    expect(page.get_by_role("heading", name="Who unites both")).to_be_visible()


def test_top_management_finds_the_exception_in_the_inbox(sit_down, demo):
    page = seated(sit_down, demo, "chief_executive")
    page.goto(f"{demo.url}/approvals/")
    page.get_by_role("link", name=re.compile("Exception for Jadranka")).click()
    expect(page.get_by_text("compares the log of administrator accounts")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
    picture(page, "exception-decide")
    accessible(page)


def test_two_alike_responsibilities_stand_side_by_side(sit_down, demo):
    page = seated(sit_down, demo, "ism")
    page.goto(f"{demo.url}/roles/overlaps/")
    page.get_by_role("link", name=re.compile("Resolve")).first.click()
    expect(page.get_by_role("heading", name="Merge them into one")).to_be_visible()
    picture(page, "overlap")
    accessible(page)
