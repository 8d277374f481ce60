"""A representative closes a gap of her area; others' areas do not exist for her; staff see their own page."""

import re

import pytest

from evidence.demo.company import company
from evidence.demo.loading import PASSWORD
from tests.browser.conftest import accessible, picture, sign_in
from tests.browser.product import Product

pytestmark = pytest.mark.browser
EMAILS = {login.part: company().people[login.person].email for login in company().logins}


def test_a_representative_assesses_plans_and_sees_only_her_own_people(demo: Product, sit_down):
    page = sit_down()
    sign_in(page, demo, EMAILS["representative"], PASSWORD)
    page.goto(f"{demo.url}/competence/")
    accessible(page)
    picture(page, "competence")
    assert (
        page.get_by_role("link", name="Katarzyna Wójcikowska").count()
        and not page.get_by_text("Gerrit Zijlstra").count()
    )
    page.get_by_role("link", name="Katarzyna Wójcikowska").first.click()
    accessible(page)
    page.get_by_role("link", name=re.compile("^Assess")).first.click()
    page.get_by_label("Level").first.wait_for()
    accessible(page)
    page.goto(f"{demo.url}/training/")
    accessible(page)
    assert page.goto(f"{demo.url}/competence/people/1/").status == 404


def test_staff_read_their_own_page_and_counts(demo: Product, sit_down):
    page = sit_down(viewport={"width": 390, "height": 800})
    sign_in(page, demo, EMAILS["holder"], PASSWORD)
    page.goto(f"{demo.url}/competence/mine/")
    assert page.get_by_role("heading", name="My competence").count() == 1
    accessible(page)
    page.goto(f"{demo.url}/competence/")
    assert not page.get_by_role("table").count()
    accessible(page)
