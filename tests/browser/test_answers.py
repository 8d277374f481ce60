"""A colleague asks whom to tell, on a phone with one thumb; the information security manager answers what nobody could (K4, R6)."""

import re

import pytest
from playwright.sync_api import expect

from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, picture, sign_in
from tests.browser.test_personas import EMAILS, PHONE

pytestmark = pytest.mark.browser
ASKED = "What happened, or what do you need?"
PAGES = ("/levels/", "/processes/", "/processes/1/", "/policies/", "/policies/1/", "/ask/questions/", "/levels/add/")


def test_a_colleague_gets_a_name_and_the_manager_answers_what_was_missing(demo, sit_down):
    colleague, ism = sit_down(**PHONE), sit_down()
    sign_in(colleague, demo, EMAILS["colleague"], PASSWORD)
    asks_whom_to_tell(colleague, demo.url)
    finds_no_answer(colleague)
    colleague.goto(f"{demo.url}/levels/?q=residual")
    expect(colleague.get_by_role("main")).to_contain_text("Medium and below")
    accessible(colleague)
    sign_in(ism, demo, EMAILS["ism"], PASSWORD)
    answers_it(ism, demo.url)
    for path in PAGES:
        ism.goto(f"{demo.url}{path}")
        accessible(ism)


def asks_whom_to_tell(colleague, url: str) -> None:
    colleague.goto(f"{url}/ask/")
    accessible(colleague)
    colleague.get_by_label(ASKED).fill("lapttop stollen")
    answer = colleague.locator("#answers li.answer").first
    expect(answer).to_contain_text("I lost my laptop")
    expect(answer.get_by_role("link", name=re.compile("Write"))).to_have_attribute("href", re.compile("^mailto:"))
    picture(colleague, "ask-phone")


def finds_no_answer(colleague) -> None:
    colleague.get_by_label(ASKED).fill("where do I put my umbrella")
    expect(colleague.get_by_role("heading", name="No answer to that yet")).to_be_visible()
    accessible(colleague)
    colleague.get_by_role("button", name="Note that I found no answer").click()
    expect(colleague.get_by_text("Noted, without your name")).to_be_visible()


def answers_it(ism, url: str) -> None:
    ism.goto(f"{url}/ask/unanswered/")
    accessible(ism)
    ism.get_by_role("row").filter(has_text="umbrella").get_by_role("link", name=re.compile("Write an answer")).click()
    box = ism.get_by_role("combobox", name=re.compile("What answers it"))
    box.fill("Interrupt an operational task")
    box.press("ArrowDown")
    box.press("Enter")
    accessible(ism)
    ism.get_by_role("button", name="Add it").click()
    ism.goto(f"{url}/ask/?q=umbrella")
    expect(ism.locator("#answers li.answer").first).to_contain_text("umbrella")
