"""The information security manager keeps the register by hand, and top management answers, in the browser (R1–R3, A1–A3)."""

import re

import pytest
from playwright.sync_api import Page, expect

from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, sign_in
from tests.browser.product import Product
from tests.browser.test_first_document import confirm_password
from tests.browser.test_personas import EMAILS

pytestmark = pytest.mark.browser
MUST = "Check the night shift's access list every month"


class Desk:
    """Somebody at a browser who fills in forms."""

    def __init__(self, page: Page, product: Product, part: str) -> None:
        self.page, self.url = page, product.url
        sign_in(page, product, EMAILS[part], PASSWORD)

    def form(self, path: str, **answers: str) -> None:
        """Open a form, write the answers, look at it with axe, send it by its main button."""
        if path:
            self.page.goto(self.url + path)
        for name, text in answers.items():
            field = self.page.locator(f"main [name={name}]").first
            (field.select_option if field.evaluate("one => one.tagName") == "SELECT" else field.fill)(text)
        accessible(self.page)
        self.page.locator("main button.main").last.click()
        self.page.wait_for_load_state()

    def press(self, name: str) -> None:
        self.page.get_by_role("link", name=re.compile(name)).or_(
            self.page.get_by_role("button", name=re.compile(name))
        ).first.click()
        self.page.wait_for_load_state()

    def reads(self, text: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(re.compile(text))

    @property
    def path(self) -> str:
        return re.sub(r"https?://[^/]+", "", self.page.url)


def test_a_role_is_written_put_in_force_proposed_rejected_and_proposed_again(demo, sit_down):
    ism, top = Desk(sit_down(), demo, "ism"), Desk(sit_down(), demo, "chief_executive")
    ism.form("/areas/add/", name="Night shift")
    ism.form("/people/add/", name="Zahra Nightingale-O'Hara", email="zahra@orrinsby.example", job_title="Shift lead")
    ism.form("/roles/add/", title="Night shift security lead", purpose="Keeps the night safe.")
    role = re.search(r"/roles/\d+/", ism.path)[0]
    ism.form(f"{role}responsibilities/add/", text=MUST)
    ism.page.goto(f"{ism.url}{role}authorities/add/")
    ism.page.get_by_label(MUST).check()
    ism.form("", text="Lock any account", limit_kind="level", limit="Until the next morning")
    ism.page.goto(ism.url + role)
    ism.press("in force")
    ism.page.locator("main button[type=submit]").last.click()
    ism.page.goto(ism.url + role)
    ism.reads("Until the next morning")

    propose(ism, role, person="Zahra Nightingale-O'Hara", deputy="Jörg Weißenfels", reason="Leads the shift.")
    decide(top, "Zahra", "reject", "First the training in March.")
    ism.page.goto(f"{ism.url}/assignments/?show=refused")
    ism.page.goto(ism.url + role)
    propose(ism, role, person="Zahra Nightingale-O'Hara", reason="The training is done.")
    decide(top, "Zahra", "approve")
    decide(top, "Jörg", "approve")
    ism.page.goto(ism.url + role)
    for text in ("Zahra Nightingale-O'Hara", "Jörg Weißenfels", "In force"):
        ism.reads(text)
    ism.page.goto(f"{ism.url}/log/?q=Zahra")
    for text in ("proposed Zahra", "rejected Zahra", "First the training in March", "approved Zahra"):
        ism.reads(text)


def propose(desk: Desk, role: str, **answers: str) -> None:
    number = re.search(r"\d+", role)[0]
    desk.page.goto(f"{desk.url}/assignments/propose/?role={number}")
    for name in ("person", "deputy"):
        if text := answers.pop(name, ""):
            box = desk.page.get_by_role("combobox", name=re.compile(f"^{name}", re.IGNORECASE))
            box.fill(text)
            box.press("Tab")
    desk.form("", **answers)
    assert "/propose" not in desk.path, desk.page.get_by_role("main").inner_text()


def decide(desk: Desk, person: str, decision: str, reason: str = "") -> None:
    desk.page.goto(f"{desk.url}/approvals/")
    desk.page.locator("main li, main tr").filter(has_text=person).get_by_role("link").first.click()
    accessible(desk.page)
    if decision == "reject":
        desk.page.get_by_text("Reject…").click()
        desk.page.locator("main [name=reason]").fill(reason)
    desk.page.locator(f"main button[value={decision}]").click()
    desk.page.wait_for_load_state()
    if "reauthenticate" in desk.page.url:
        confirm_password(desk.page, PASSWORD)
