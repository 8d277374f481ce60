"""Reviews in the document: frozen, printed; a register in which nothing was reviewed has no such part (V1, V5, D1)."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence import snapshot
from evidence.document.plan import body
from evidence.document.reading import Snapshot
from evidence.parts import reviews
from ismsroles.core import clock, scope
from tests import factories
from tests.reviews.world import opened, reviewed

pytestmark = pytest.mark.django_db


def printed(content: bytes) -> str:
    return body(Snapshot(content), None)[0]


def test_a_register_in_which_nothing_was_reviewed_freezes_nothing_of_it(cast):
    assert "reviews" not in json.loads(snapshot.build("1.0", "For a test."))


def test_the_last_review_of_each_role_and_the_day_of_the_next_stand_in_the_document(cast):
    reviewed(cast, cast.roles.held)
    content = snapshot.build("1.0", "For a test.")
    rows = {row["title"]: row for row in json.loads(content)["reviews"]["roles"]}
    held, vacant = rows[cast.roles.held.title], rows[cast.roles.vacant.title]
    assert (held["last"], held["by"], held["outcome"]) == (clock.today().isoformat(), "Ismail Keeper", "still right")
    assert vacant["last"] is None and held["next"] > clock.today().isoformat()
    assert "Last reviewed" in printed(content) and "Not yet" in printed(content)


def test_a_review_after_a_change_says_why_and_names_nobody_whom_it_is_about(cast, deliver):
    from roles.actions import people

    people.record_last_day(cast.people.holder, clock.today() + timedelta(days=30), actor=cast.ism)
    deliver()
    (row,) = [row for row in reviews.read(clock.today())["changed"] if row["what"] == str(cast.roles.held)]
    assert (
        row["why"][0] == "Somebody leaves"
        and "Hana" not in str(row)
        and row["by"] == "Ismail Keeper"
        and row["done"] is None
    )


def test_whose_competence_lapsed_is_counted_and_stands_nowhere_by_name(cast):
    opened(cast.held.holder, cast.people.ism, kind="on_change")
    found = reviews.read(clock.today())
    assert found["left"] == 1 and found["changed"] == [] and "Hana" not in str(found)


def test_an_older_document_without_reviews_still_prints(cast):
    reviewed(cast, cast.roles.held)
    content = json.loads(snapshot.build("1.0", "For a test."))
    del content["reviews"]
    assert "Last reviewed" not in printed(json.dumps(content).encode())


def test_many_reviews_ask_no_more_of_the_database(cast, django_assert_num_queries):
    opened(cast.roles.held, cast.people.ism, kind="on_change")
    with scope.opened(), CaptureQueriesContext(connection) as few:
        reviews.read(clock.today())
    for _number in range(20):
        opened(factories.role(), cast.people.ism, kind="on_change")
    with scope.opened(), django_assert_num_queries(len(few)):
        reviews.read(clock.today())
