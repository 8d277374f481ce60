"""Who sets the register up tries to approve themself: by the founding, a second login, another address, raw requests, an exception for
the only approver, and by putting another approver in the place of the one who is there."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from tests.browser.product import Product
from tests.browser.test_first_document import HELEN, HELENS, TARIQ, Walk, come_in, set_up

pytestmark = pytest.mark.browser
TWIN = "tariq.the.second@quillon.example"


def post(page: Page, product: Product, path: str, **answers: str):
    """A raw POST with the person's own cookies and token."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    form = {"csrfmiddlewaretoken": token, **answers}
    return page.request.post(product.url + path, form=form, headers={"Referer": product.url}, max_redirects=0)


def pending(page: Page, product: Product) -> str:
    """The path of the proposal that waits: Tariq's own."""
    page.goto(f"{product.url}/approvals/")
    href = page.locator("main a[href*='/assignments/']").first.get_attribute("href")
    return href.replace("/assignments/", "/approvals/")


def invite(page: Page, product: Product, person: str) -> None:
    page.goto(product.url + person)
    page.get_by_role("button", name=re.compile("Invite|link")).or_(
        page.get_by_role("link", name=re.compile("Invite|link"))
    ).first.click()
    if page.get_by_role("main").get_by_role("button").count():
        page.get_by_role("main").get_by_role("button").first.click()


def test_whoever_sets_it_up_never_comes_to_approve_themself(empty, sit_down):
    tariq = Walk(sit_down(), empty)
    set_up(tariq, approver=TARIQ)
    assert "/setup/" in tariq.page.url and tariq.page.locator("[aria-invalid=true], .banner.stop").count()
    set_up(tariq, decided=f"{date.today() - timedelta(days=7)}")
    page, own = tariq.page, pending(tariq.page, empty)
    page.goto(empty.url + own)
    assert page.get_by_role("button", name=re.compile("^Approve$")).count() == 0
    assert post(page, empty, own, decision="approve", shown="x").status == 403
    assert post(page, empty, "/founding/", role="1", person="1", reference="Mine", board_date="2026-01-01").status in (
        403,
        404,
    )

    # A second login for the same human is somebody without a role; and the same address cannot be used again.
    page.goto(f"{empty.url}/people/add/")
    page.locator("[name=name]").fill("Tariq the Second")
    page.locator("[name=email]").fill(TWIN)
    page.get_by_role("main").get_by_role("button").last.click()
    invite(page, empty, re.sub(r"https?://[^/]+", "", page.url))
    twin = Walk(sit_down(), empty)
    come_in(twin, TWIN, "another long password 7")
    assert twin.page.goto(empty.url + own).status in (403, 404)

    # Writing another address for the approver does not move her login: the invitation still goes to her.
    page.goto(f"{empty.url}/people/?q=Helen")
    page.get_by_role("link", name="Helen Achterberg").first.click()
    helens = re.sub(r"https?://[^/]+", "", page.url)
    page.goto(f"{empty.url}{helens}edit/")
    page.locator("[name=email]").fill("not.helen@quillon.example")
    page.get_by_role("main").get_by_role("button").last.click()
    invite(page, empty, helens)
    assert empty.mailed_link(HELEN) and not empty.links_to("not.helen@quillon.example")

    helen = Walk(sit_down(), empty)
    come_in(helen, HELEN, HELENS)
    helen.page.goto(empty.url + own)
    assert helen.page.get_by_role("button", name=re.compile("^Approve$")).count() == 1

    # An exception for the only approver is for Helen. It opens nothing to whoever records it, and she cannot record one herself.
    today, yesterday = date.today(), date.today() - timedelta(days=1)
    words = {"reason": "We are few.", "control": "Nobody looks.", "board_reference": "Mine"}
    days = {"board_date": f"{today}", "starts_on": f"{today}", "ends_on": f"{today + timedelta(days=90)}"}
    record = "/approvals/exceptions/record/"
    assert post(helen.page, empty, record, **words, **days).status == 403
    page.goto(empty.url + record)
    assert post(page, empty, record, **words, **days).status == 302
    assert post(page, empty, own, decision="approve", shown="x").status == 403

    # Whoever takes the last approver out cannot put another one in: neither themself nor somebody else.
    founding = helen.page.request.get(f"{empty.url}/assignments/").text()
    term = re.search(r'href="(/assignments/\d+/)"', founding)[1]
    assert post(page, empty, f"{term}end/", last_day=f"{yesterday}", reason="Out of the way").status == 302
    page.goto(f"{empty.url}/board-appointment/")
    role = page.locator("[name=role] option").last.get_attribute("value")
    for somebody in (TARIQ, TWIN):
        answer = post(
            page, empty, "/board-appointment/", role=role, person=somebody, board_date=f"{today}", reference="Mine"
        )
        assert answer.status == 403
    assert (
        post(
            twin.page, empty, "/board-appointment/", role=role, person=TWIN, board_date=f"{today}", reference="x"
        ).status
        == 403
    )
    assert post(page, empty, own, decision="approve", shown="x").status == 403
