"""What each persona finds in the demo organisation, in a real browser; axe looks at every page, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from evidence.demo.company import company
from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, picture, sign_in
from tests.browser.product import Product

pytestmark = pytest.mark.browser
TOLD = company()
EMAILS = {login.part: TOLD.people[login.person].email for login in TOLD.logins} | {"auditor": TOLD.engagement.email}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
PAGES = {
    "ism": ["/overview/", "/roles/", "/roles/5/", "/people/", "/people/20/", "/areas/", "/starter/", "/assignments/",
            "/assignments/propose/", "/assignments/propose/many/", "/findings/", "/document/", "/document/1/", "/document/prepare/",
            "/log/", "/organisation/", "/people/import/", "/audit/engagements/", "/search/?q=incident",
            "/roles/5/edit/", "/roles/5/history/"],
    "chief_executive": ["/approvals/", "/mine/", "/document/"],
    "holder": ["/mine/", "/roles/", "/document/"],
    "auditor": ["/audit/", "/document/", "/assignments/", "/roles/", "/people/", "/log/", "/findings/"],
}  # fmt: skip


@pytest.fixture
def seated(sit_down, demo):
    """`seated("ism")` is that persona, signed in."""

    def sit(part: str, **options) -> Page:
        page = sit_down(**options)
        sign_in(page, demo, EMAILS[part], PASSWORD)
        return page

    return sit


@pytest.mark.parametrize("part", PAGES)
def test_every_page_of_a_persona_is_accessible_in_light_and_dark(seated, demo: Product, part: str):
    page = seated(part)
    for path in PAGES[part]:
        answer = page.goto(demo.url + path)
        assert answer.status == 200, path
        accessible(page)


@pytest.mark.parametrize("part", PAGES)
def test_no_page_scrolls_sideways_on_a_phone(seated, demo: Product, part: str):
    page = seated(part, **PHONE)
    for path in PAGES[part]:
        page.goto(demo.url + path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        picture(page, f"phone-{part}-{path.strip('/').replace('/', '-')[:30]}")
        assert wide <= 1, f"{path} is {wide} px too wide"


@pytest.mark.parametrize(
    ("part", "start"), [("ism", "/overview/"), ("administrator", "/overview/"), ("chief_executive", "/approvals/"), ("holder", "/mine/"),
                        ("colleague", "/mine/"), ("auditor", "/audit/")],
)  # fmt: skip
def test_each_persona_starts_where_their_work_is(seated, part: str, start: str):
    assert re.search(f"{start}$", seated(part).url)


def test_an_auditor_reads_who_approved_what_and_downloads_the_signed_document(seated, demo: Product):
    page = seated("auditor")
    expect(page.get_by_role("main")).to_contain_text(TOLD.people["dagfinn"].name)
    page.goto(f"{demo.url}/document/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download").first.click()
    assert waiting.value.suggested_filename.endswith(".pdf")


@pytest.mark.parametrize("path", PAGES["auditor"] + ["/roles/5/", "/people/20/", "/document/1/", "/assignments/5/"])
def test_an_auditor_finds_nothing_that_can_be_changed(seated, demo: Product, path: str):
    page = seated("auditor")
    page.goto(demo.url + path)
    forms = page.locator("form[method=post]").evaluate_all("all => all.map(form => form.getAttribute('action') || '')")
    assert [action for action in forms if "logout" not in action] == []


def test_staff_see_their_duties_their_deputy_and_everybody_elses_roles(seated):
    main = seated("holder").get_by_role("main")
    for text in ("Secure development lead", TOLD.people["caoimhe"].name, "Chief operating officer", "Threat"):
        expect(main).to_contain_text(re.compile(text, re.IGNORECASE))


def test_the_manager_cannot_approve_what_they_proposed(seated, demo: Product):
    page = seated("ism")
    page.goto(f"{demo.url}/approvals/")
    waiting = page.locator("main a[href*='/assignments/']").first.get_attribute("href")
    page.goto(demo.url + waiting.replace("/assignments/", "/approvals/"))
    expect(page.get_by_text("This is not yours to decide.")).to_be_visible()
    assert page.get_by_role("button", name=re.compile("^Approve$")).count() == 0


def test_the_administrator_neither_approves_nor_founds_again(seated, demo: Product):
    page = seated("administrator")
    assert page.goto(f"{demo.url}/founding/").status in (403, 404)
    page.goto(f"{demo.url}/approvals/")
    assert page.get_by_role("button", name=re.compile("^Approve$")).count() == 0


def test_a_person_cannot_be_given_a_second_login(seated, demo: Product):
    page = seated("administrator")
    page.goto(f"{demo.url}/people/add/")
    assert page.get_by_role("heading", level=1).inner_text()
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    answer = page.request.post(f"{demo.url}/people/1/login/", form={"csrfmiddlewaretoken": token, "email": "second@example.org"},
                               headers={"Referer": demo.url})  # fmt: skip
    assert answer.status in (200, 302, 403, 409, 422)
    page.goto(f"{demo.url}/people/1/")
    expect(page.get_by_role("main")).to_contain_text(TOLD.people["saskia"].email)


def test_the_theme_chosen_by_a_person_stays(seated, demo: Product):
    page = seated("colleague")
    page.get_by_role("button", name=re.compile("Colours")).click()
    chosen = page.evaluate("document.documentElement.dataset.theme")
    page.goto(f"{demo.url}/roles/")
    assert page.evaluate("document.documentElement.dataset.theme") == chosen


def test_the_pages_work_without_scripts(seated, demo: Product):
    page = seated("ism", java_script_enabled=False)
    page.goto(f"{demo.url}/roles/?q=incident")
    expect(page.get_by_role("main")).to_contain_text("Incident manager")
    page.goto(f"{demo.url}/assignments/propose/?role=5")
    expect(page.get_by_role("button", name="Send for approval")).to_be_visible()
