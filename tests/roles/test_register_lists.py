"""The lists of roles, people, areas and events: what they show, to whom, and at what cost."""

from datetime import timedelta

import pytest

from ismsroles.core import clock
from roles.models import Responsibility
from tests import factories
from tests.roles.asking import AT_MOST, questions

LISTS = ["/roles/", "/roles/?q=manager", "/people/", "/people/?q=testhouse", "/areas/", "/log/", "/search/?q=er"]


WAITING = {"state": "proposed", "decided_by": None, "decided_by_person": None, "decided_at": None}


def fifty_of_everything(cast) -> None:
    for number in range(50):
        area = factories.area(parent=cast.home)
        person = factories.person(area=area, manager=cast.people.ism)
        role = factories.role(f"Manager {number}", area=area, duties=2, reports_to=cast.roles.ism)
        factories.hold(role, person, approver=cast.top)
        factories.hold(role, cast.people.deputy, approver=cast.top, seat="deputy")


@pytest.mark.parametrize("persona", ["ism", "top", "representative", "auditor"])
def test_a_list_asks_the_database_as_often_for_fifty_rows_as_for_one(as_user, cast, persona):
    factories.hold(cast.roles.vacant, cast.people.outsider, approver=cast.top, **WAITING)
    client = as_user(persona)
    lists = [url for url in LISTS if persona != "representative" or url != "/log/"]
    before = {url: questions(client, url) for url in lists}
    fifty_of_everything(cast)
    assert {url: questions(client, url) for url in lists} == before
    assert max(before.values()) <= AT_MOST, before


def test_the_role_page_asks_as_often_for_fifty_responsibilities_as_for_one(as_user, cast):
    client, role = as_user("ism"), cast.roles.held
    before = questions(client, role.get_absolute_url())
    for number in range(50):
        Responsibility.objects.create(role=role, text=f"Check number {number}", position=number)
    assert questions(client, role.get_absolute_url()) == before


def listed(client, url: str) -> list[str]:
    return [str(row) for row in client.get(url).context["page_obj"]]


def test_vacant_roles_are_those_in_force_that_nobody_holds_today(as_user, cast):
    assert listed(as_user("ism"), "/roles/?show=vacant") == ["Continuity manager"]


def test_a_role_whose_holder_has_left_is_vacant(as_user, cast):
    role = factories.role("Left alone")
    factories.hold(role, cast.people.leaver, approver=cast.top)
    assert "Left alone" in listed(as_user("ism"), "/roles/?show=vacant")


def test_a_role_that_everybody_has_is_never_vacant(as_user, cast):
    factories.role("All staff", kind="everyone")
    assert "All staff" not in listed(as_user("ism"), "/roles/?show=vacant")


def test_a_one_holder_role_without_deputy_is_listed(as_user, cast):
    assert "Incident manager" not in listed(as_user("ism"), "/roles/?show=no-deputy")
    assert "Chief executive" in listed(as_user("ism"), "/roles/?show=no-deputy")


def test_a_responsibility_without_authority_puts_its_role_on_the_list(as_user, cast):
    Responsibility.objects.create(role=cast.roles.vacant, text="Test the plan every year")
    assert listed(as_user("ism"), "/roles/?show=no-authority") == ["Continuity manager"]


def test_the_counts_on_the_chips_are_those_of_the_lists(as_user, cast):
    factories.role("Draft", state="draft")
    client = as_user("ism")
    for chip in client.get("/roles/").context["chips"]:
        assert chip.count == len(listed(client, f"/roles/{chip.url}")), chip.label


def test_staff_do_not_see_drafts(as_user, cast):
    draft = factories.role("Secret plan", state="draft")
    assert "Secret plan" not in listed(as_user("colleague"), "/roles/")
    assert as_user("colleague").get(draft.get_absolute_url()).status_code == 404


def test_staff_see_who_holds_a_role_but_not_who_is_proposed(as_user, cast):
    factories.hold(cast.roles.vacant, cast.people.outsider, approver=cast.top, **WAITING)
    page = as_user("colleague").get("/roles/").content.decode()
    assert "Hana Holder" in page
    assert "Otto Outsider" not in page


def test_a_role_is_found_by_the_name_of_its_holder(as_user, cast):
    assert listed(as_user("colleague"), "/roles/?q=hana") == ["Incident manager"]


def test_the_list_narrows_to_an_area(as_user, cast):
    assert listed(as_user("ism"), f"/roles/?area={cast.home.pk}") == ["Incident manager"]


@pytest.mark.parametrize("url", ["/roles/", "/people/"])
def test_any_order_may_be_asked_for(as_user, url):
    client = as_user("ism")
    for sort in [
        "name",
        "-name",
        "area",
        "-area",
        "state",
        "kind",
        "starts",
        "-ends",
        "password",
        "-",
        "'; DROP TABLE",
    ]:
        assert client.get(url, {"sort": sort}).status_code == 200, sort


NONSENSE = [
    "\x00",
    "9" * 30,
    "-1",
    "<script>alert(1)",
    "%",
    "_",
    "'",
    '"',
    "🔐",
    "\u202e",
    "a" * 5000,
    "{{7*7}}",
    "0001-01-01",
    "9999-12-31",
]
NAMES = ["q", "area", "show", "sort", "page", "kind", "person", "since", "until", "from", "who", "format", "size"]
FILTERED = [
    "/roles/",
    "/people/",
    "/log/",
    "/search/",
    "/people/options/",
    "/roles/export/",
    "/people/export/",
    "/starter/",
]


@pytest.mark.parametrize("url", FILTERED)
def test_a_filter_of_nonsense_is_never_a_fault(as_user, url):
    client = as_user("ism")
    for value in NONSENSE:
        page = client.get(url, dict.fromkeys(NAMES, value))
        assert page.status_code == 200, value
        assert b"<script>alert" not in page.content


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@pytest.mark.parametrize("what", ["roles", "people"])
def test_a_list_can_be_taken_away_as_a_file(as_user, what, file_format):
    answer = as_user("ism").get(f"/{what}/export/?format={file_format}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{file_format}"')


def test_a_name_that_looks_like_a_formula_stays_text_in_the_file(as_user, cast):
    factories.person("=cmd()", email="f@testhouse.example")
    assert ",'=cmd()," in as_user("ism").get("/people/export/").content.decode()


def test_an_export_keeps_the_filter_of_its_page(as_user, cast):
    sheet = as_user("ism").get("/roles/export/?show=vacant").content.decode()
    assert "Continuity manager" in sheet
    assert "Incident manager" not in sheet


def test_a_representative_takes_only_their_own_people_away(as_user, cast):
    sheet = as_user("representative").get("/people/export/").content.decode()
    assert "Hana Holder" in sheet
    assert "Cole Colleague" not in sheet


def test_staff_are_told_that_these_pages_are_not_theirs(as_user):
    client = as_user("colleague")
    for url in ["/people/", "/people/export/", "/log/", "/starter/"]:
        assert client.get(url).status_code == 403, url


def test_a_vacant_role_says_in_the_list_since_when(cast, as_user):
    last = clock.today() - timedelta(days=30)
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top, ends_on=last)
    page = as_user("ism").get("/roles/", {"show": "vacant"}).content.decode()
    first = last + timedelta(days=1)
    assert f"since {first.day} {first:%b %Y}" in page
