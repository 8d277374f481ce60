"""What an auditor finds, and that nothing there can be changed (coverage D4, A3)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db
PAGES = ("audit", "document", "findings", "overview", "engagements")
SEES = {
    "administrator": 200, "ism": 200, "top": 200, "auditor": 200, "representative": 403, "holder": 403, "deputy": 403,
    "colleague": 403, "leaver": 302, "anonymous": 302,
}  # fmt: skip


@pytest.mark.parametrize("persona", SEES)
def test_the_audit_page_is_for_those_who_keep_approve_audit_or_run_the_register(as_user, persona):
    assert as_user(persona).get(reverse("audit")).status_code == SEES[persona]


@pytest.mark.parametrize("persona", SEES)
def test_findings_and_overview_are_for_the_same_people(as_user, persona):
    for name in ("findings", "overview"):
        assert as_user(persona).get(reverse(name)).status_code == SEES[persona]


def test_an_auditor_sees_who_approved_which_assignment(as_user):
    page = as_user("auditor").get(reverse("audit")).content.decode()
    for words in ("Hana Holder", "Incident manager", "Tora Top", "Board minutes 7", "Proposer"):
        assert words in page


def test_an_auditor_sees_the_last_day_of_their_access(cast, as_user):
    page = as_user("auditor").get(reverse("audit")).content.decode()
    assert "Your access ends after" in page and str(cast.engagement.ends_on.year) in page


def test_an_auditor_finds_the_signed_version_and_downloads_it(signed, as_user):
    browser = as_user("auditor")
    address = reverse("version-pdf", args=[signed.pk])
    assert address in browser.get(reverse("audit")).content.decode()
    assert browser.get(address).content == bytes(signed.final.content)


def test_no_page_offers_an_auditor_anything_that_changes(signed, cast, as_user):
    browser = as_user("auditor")
    addresses = [reverse(name) for name in PAGES] + [signed.get_absolute_url(), cast.engagement.get_absolute_url()]
    for address in addresses:
        main = re.search(r"<main.*</main>", browser.get(address).content.decode(), re.S)[0]
        assert 'method="post"' not in main, address


@pytest.mark.parametrize("persona", ["auditor", "top", "administrator", "ism"])
@pytest.mark.parametrize("page", ["overview", "findings"])
def test_no_finding_leads_to_a_page_that_refuses_the_reader(cast, as_user, persona, page):
    browser = as_user(persona)
    main = re.search(r"<main.*</main>", browser.get(reverse(page)).content.decode(), re.S)[0]
    links = {link for link in re.findall(r'href="(/[^"]*)"', main) if "export" not in link}
    assert {link: status for link in links if (status := browser.get(link).status_code) != 200} == {}


def test_what_changes_is_refused_to_an_auditor(signed, cast, as_user):
    browser = as_user("auditor")
    one, audit = [signed.pk], [cast.engagement.pk]
    forbidden = [("version-prepare", []), ("version-send", one), ("version-sign", one), ("version-refuse", one),
                 ("version-recall", one), ("version-again", one), ("engagement-add", []), ("engagement-edit", audit),
                 ("engagement-end", audit), ("engagement-auditor", audit)]  # fmt: skip
    assert {browser.post(reverse(name, args=args)).status_code for name, args in forbidden} == {403}


def _queries(browser, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["overview", "findings", "audit", "engagements"])
def test_a_page_costs_the_same_with_few_and_with_fifty_rows(cast, as_user, name):
    browser, address = as_user("auditor"), reverse(name)
    for number in (50, 51):  # alike, so that what compares words has something to compare
        factories.hold(factories.role(f"Role {number}"), factories.person(), approver=cast.top)
    browser.get(address)
    few = _queries(browser, address)
    for number in range(50):
        factories.hold(factories.role(f"Role {number}"), factories.person(), approver=cast.top)
        factories.audit(cast.auditor)
    assert _queries(browser, address) == few


def test_the_list_of_audits_costs_twelve_queries_at_most(cast, as_user):
    assert _queries(as_user("ism"), reverse("engagements")) <= 12


def test_the_findings_can_be_narrowed_and_nonsense_is_no_fault(as_user):
    browser = as_user("ism")
    page = browser.get(reverse("findings"), {"severity": "stop", "q": "continuity"}).content.decode()
    assert "Continuity manager" in page and "has no deputy" not in page
    for query in ({"severity": "x"}, {"page": "99"}, {"page": "x"}, {"rule": "\x00"}, {"q": "%_'\"<b>"}):
        assert browser.get(reverse("findings"), query).status_code == 200


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_findings_can_be_taken_along(as_user, form):
    answer = as_user("auditor").get(reverse("findings-export", args=[form]))
    assert answer.status_code == 200 and f".{form}" in answer["Content-Disposition"]


def test_another_form_of_export_does_not_exist(as_user):
    assert as_user("auditor").get(reverse("findings-export", args=["exe"])).status_code == 404


def test_an_empty_register_says_what_to_do_next(organisation):
    from django.test import Client

    browser = Client()
    browser.force_login(
        factories.user("Ada", administrator=True), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    for name in PAGES:
        assert browser.get(reverse(name)).status_code == 200
