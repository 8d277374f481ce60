"""The page of the matrix is kept under the state of its tables: nothing old is ever shown, and nobody sees more by it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from ismsroles.core import clock, history, unchanged
from raci import matrix_page
from raci.actions.cells import set_letters
from raci.queries.sheets import Asked
from tests import waiting
from tests.raci import making
from tests.raci.test_publishing import put

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


@pytest.fixture
def row(transactional_db, cast):
    return making.activity("Patching", letters={cast.roles.ism: "A", cast.roles.held: "R"})


def shown(client, path: str = "/matrix/") -> str:
    return client.get(path).content.decode()


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)


def test_every_table_that_the_page_reads_is_among_those_whose_state_is_asked(cast, row):
    put(cast, row.group)
    asked = RequestFactory().get("/matrix/")
    with CaptureQueriesContext(connection) as seen:
        for state in ("", "published"):
            matrix_page._made(asked, Asked(state=state), keeps=True, drafts=True)
    read = {table for query in seen for table in TABLE.findall(query["sql"])}
    assert "raci_allocation" in read and read - {"core_organisation"} <= {
        model._meta.db_table for model in matrix_page.TABLES
    }


def test_the_second_reader_costs_less_and_sees_the_same(cast, row, as_user):
    first, client = queries(as_user("ism"), "/matrix/"), as_user("ism")
    client.get("/matrix/")
    waiting.until_nobody_writes(lambda: queries(client, "/matrix/") < first - 4)
    assert "Patching" in shown(client)


def test_a_saved_letter_a_new_name_a_leaver_and_the_next_day_are_shown_at_once(cast, row, as_user):
    client = as_user("ism")
    assert '<span class="stop">2A</span>' not in shown(client)
    set_letters(row, cast.roles.held, "A", actor=cast.ism)
    assert '<span class="stop">2A</span>' in shown(client)
    cast.people.holder.name = "Hana Renamed"
    history.save(cast.people.holder, actor=cast.ism)
    assert "Hana Renamed" in shown(client)
    cast.people.holder.last_day = clock.today()
    history.save(cast.people.holder, actor=cast.ism)
    assert "Incident manager (vacant)" not in shown(client)
    with clock.at(clock.now() + timedelta(days=1)):
        assert "Incident manager (vacant)" in shown(as_user("ism"))


PAGES = ("/matrix/", "/matrix/?state=published", "/matrix/list/", "/matrix/list/?by=role")
TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value|X-CSRFToken&quot;|X-CSRFToken)[^>]*')


def everything(client) -> list[str]:
    return [TOKENS.sub("", shown(client, page)) for page in PAGES]


def test_after_each_kind_of_change_what_is_kept_says_the_same_as_all_read_anew(cast, row, as_user):
    other = making.activity("Backups", group=row.group, letters={cast.roles.ism: "A", cast.roles.held: "R"})
    client = as_user("ism")
    put(cast, row.group)
    changes = [
        lambda: set_letters(row, cast.roles.held, "RI", actor=cast.ism),
        lambda: set_letters(other, cast.roles.held, "", actor=cast.ism),
        lambda: set_letters(other, cast.roles.vacant, "RC", actor=cast.ism),
        lambda: [set_letters(one, cast.roles.top, "S", actor=cast.ism) for one in (row, other)],
        lambda: history.save(renamed(cast.roles.held), actor=cast.ism),
        lambda: set_letters(row, cast.roles.held, "", actor=cast.ism),
        lambda: put(cast, row.group),
        lambda: set_letters(row, cast.roles.ism, "", actor=cast.ism),
    ]
    for change in changes:
        everything(client)
        change()
        kept = everything(client)
        unchanged.forget()
        assert kept == everything(client)


def renamed(role):
    role.title = "Role of another name"
    return role


def test_after_a_letter_only_its_row_is_read_again(cast, row, as_user):
    client = as_user("ism")
    anew = queries(client, "/matrix/")
    waiting.until_nobody_writes(lambda: _after_a_letter(cast, row, client) <= anew - 4)


def _after_a_letter(cast, row, client) -> int:
    shown(client)
    letters = "S" if row.allocations.get(role=cast.roles.held).letters == "R" else "R"
    set_letters(row, cast.roles.held, letters, actor=cast.ism)
    return queries(client, "/matrix/")


def test_what_is_kept_for_one_is_not_shown_to_another(cast, row, as_user):
    shown(as_user("ism"))
    assert "Patching" not in shown(as_user("colleague"))
    put(cast, row.group)
    for persona, edits in (("colleague", False), ("ism", True), ("auditor", False)):
        found = shown(as_user(persona))
        assert "Patching" in found and ("data-cells" in found) is edits


def test_a_narrowed_matrix_is_never_taken_for_the_whole(cast, row, as_user):
    making.activity("Backups", letters={cast.roles.ism: "A"})
    client = as_user("ism")
    assert "Backups" not in shown(client, "/matrix/?q=patch")
    assert "Backups" in shown(client) and "Backups" in shown(client, "/matrix/?edit=1")
    assert "Backups" not in shown(client, "/matrix/?q=patch")


def test_what_somebody_wrote_into_an_address_is_not_kept_for_others(cast, row, as_user):
    client = as_user("ism")
    assert "state=mine" in shown(client, "/matrix/?state=mine")
    assert "state=mine" not in shown(client)
