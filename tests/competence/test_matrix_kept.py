"""The table of people and skills is kept under the state of its tables, for those who see everybody; nothing old is shown."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from competence import matrix_page
from ismsroles.core import clock, history
from tests.competence import world

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# Who sees everybody sees every area, with a grant or without; the exception says who decides, nothing that the table shows.
GRANTS = {"roles_areauserobjectpermission", "roles_approverexception"}


@pytest.fixture
def skill(transactional_db, cast):
    made = world.skill("Log reading")
    world.need(cast.roles.held, made, 3)
    return made


def shown(client, path: str = "/competence/") -> str:
    return client.get(path).content.decode()


def test_every_table_that_the_table_reads_is_among_those_whose_state_is_asked(cast, skill):
    asked = RequestFactory().get("/competence/")
    asked.user = cast.ism
    matrix_page.sees_everybody(cast.ism)
    world.plan(cast.people.holder, skill, cast.people.ism)
    with CaptureQueriesContext(connection) as seen:
        matrix_page._made(asked)
    read = {table for query in seen for table in TABLE.findall(query["sql"])}
    own = {table for table in read if table.startswith(("competence_", "roles_"))}
    assert "competence_assessment" in own and own - GRANTS <= {model._meta.db_table for model in matrix_page.TABLES}


def test_an_assessment_a_plan_and_the_day_it_expires_are_shown_at_once(cast, skill, as_user):
    client = as_user("ism")
    assert "? not seen" in shown(client) and "· planned" not in shown(client)
    history.save(world.plan(cast.people.holder, skill, cast.people.ism), actor=cast.ism)
    assert "· planned" in shown(client)
    for person in (cast.people.holder, cast.people.deputy):
        world.shows(person, skill, 3, valid_until=clock.today())
    assert "? not seen" not in shown(client)
    with clock.at(clock.now() + timedelta(days=1)):
        assert "expired" in shown(as_user("ism"))


def test_who_sees_some_people_never_gets_the_table_of_everybody(cast, skill, as_user):
    cast.people.holder.manager = cast.people.colleague
    history.save(cast.people.holder, actor=cast.ism)
    assert "Dov Deputy" in shown(as_user("ism"))
    found = shown(as_user("colleague"))
    assert "Hana Holder" in found and "Dov Deputy" not in found
    assert "Dov Deputy" in shown(as_user("auditor"))


def test_the_narrowed_table_is_never_taken_for_the_whole(cast, skill, as_user):
    client = as_user("ism")
    assert "Dov Deputy" not in shown(client, "/competence/?q=hana")
    assert "Dov Deputy" in shown(client)
    assert "Dov Deputy" not in shown(client, "/competence/?q=hana")
