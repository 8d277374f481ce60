"""What comes after an approval, walked by those it concerns: a letter answered on a phone, a delegation, an absence, the terms."""

import time

import pytest
from playwright.sync_api import Page

from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, picture, sign_in
from tests.browser.product import Product

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}}


def come(page: Page, product: Product, name: str, path: str = "/mine/") -> None:
    sign_in(page, product, f"{name}@orrinsby.example", PASSWORD)
    page.goto(product.url + path)


def test_an_appointed_person_reads_the_letter_and_accepts_with_one_thumb(demo, sit_down):
    page = sit_down(**PHONE)
    come(page, demo, "kwabena.asare")
    page.get_by_role("link", name="Read and answer").click()
    for _attempt in range(40):  # the worker makes the PDF
        if page.get_by_role("button", name="Accept").count():
            break
        time.sleep(1)
        page.reload()
    accessible(page)
    picture(page, "letter-phone")
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("Accepted. Thank you.").wait_for()


def test_a_holder_delegates_and_records_a_check(demo, sit_down):
    page = sit_down()
    come(page, demo, "ruoxi.wang")
    page.get_by_role("link", name="Delegate some of it").first.click()
    accessible(page)
    picture(page, "delegate")
    page.goto(f"{demo.url}/delegations/")
    accessible(page)
    page.get_by_role("link", name="Secure development lead").first.click()
    page.get_by_role("link", name="Record a check").click()
    page.get_by_label("What you looked at").fill("Five reviews of November, read with the authors.")
    page.get_by_label("Done as agreed").check()
    page.get_by_role("button", name="Record it").click()
    page.get_by_text("The check is recorded.").wait_for()
    accessible(page)
    picture(page, "delegation")


def test_the_ism_sees_who_is_away_who_acts_and_what_ends(demo, sit_down):
    page = sit_down()
    come(page, demo, "liesbeth.okafor", "/absences/")
    assert page.get_by_text("Jadranka").count()
    accessible(page)
    for path, name in (
        ("/assignments/timeline/", "terms"),
        ("/letters/", "letters"),
        ("/letters/texts/primary/", "letter-text"),
    ):
        page.goto(demo.url + path)
        accessible(page)
        picture(page, name)
