"""The published matrix stands in the document, and what was approved is what is printed (design rules 6 and 10)."""

import json
import re

import pytest

from evidence import readiness, snapshot
from evidence.document import plan
from evidence.document.reading import Snapshot
from evidence.parts import matrix
from raci.actions.cells import set_letters
from tests import factories
from tests.raci import making
from tests.raci.test_publishing import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    made = making.activity("Access reviews", letters={cast.roles.held: "RA", cast.roles.top: "I"})
    put(cast)
    return made


def built() -> dict:
    return json.loads(snapshot.build("1.0", "First."))


def printed(content: dict | bytes) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    html, _charts = plan.body(Snapshot(raw), None)
    return re.sub(r"<[^>]+>", " ", html)


def test_the_snapshot_carries_what_is_published_and_not_the_draft(cast, row):
    set_letters(row, cast.roles.top, "C", actor=cast.ism)
    (process,) = built()["rasci"]["processes"]
    letters = {str(cast.roles.held.pk): "RA", str(cast.roles.top.pk): "I"}
    assert process["activities"] == [{"id": row.pk, "title": "Access reviews", "note": "", "letters": letters}]


def test_without_a_publication_the_document_has_no_matrix(cast):
    making.activity("Access reviews", letters={cast.roles.held: "RA"})
    assert "rasci" not in built() and "R responsible" not in printed(snapshot.build("1.0", "First."))


def test_the_section_prints_each_activity_with_its_letters(cast, row):
    words = " ".join(printed(snapshot.build("1.0", "First.")).split())
    assert "Who does what" in words and "Access reviews" in words and "R/A" in words


def test_a_snapshot_without_a_matrix_still_reads_as_ever(cast, row):
    old = built()
    del old["rasci"]
    assert "Access reviews" not in printed(old)


def test_more_roles_than_fit_beside_each_other_are_split_into_parts_of_the_same_size(cast):
    roles = [factories.role() for _number in range(20)]
    making.activity("Wide", letters={role: "A" if n == 0 else "I" for n, role in enumerate(roles)})
    put(cast)
    content = Snapshot(snapshot.build("1.0", "First."))
    sheets = matrix.rows(content.row["rasci"], content)["rasci_sheets"]
    assert [len(sheet.roles) for sheet in sheets] == [10, 10]


@pytest.mark.parametrize(("count", "grid"), [(48, True), (49, False)])
def test_a_matrix_of_more_than_48_roles_is_printed_as_a_list(cast, count, grid):
    value = {
        "roles": [{"id": n, "title": f"Role {n}"} for n in range(count)],
        "processes": [{"id": 1, "name": "P", "published_on": "2026-01-01", "published_by": "I",
                       "activities": [{"id": 1, "title": "T", "note": "", "letters": {"0": "RA", "1": "I"}}]}],
    }  # fmt: skip
    found = matrix.rows(value, Snapshot(snapshot.build("1.0", "First.")))
    assert bool(found["rasci_sheets"]) is grid and bool(found["rasci_list"]) is not grid


def test_what_changed_between_two_versions_is_told(cast, row):
    was = built()["rasci"]
    set_letters(row, cast.roles.top, "C", actor=cast.ism)
    making.activity("Backups", group=row.group, letters={cast.roles.held: "A"})
    put(cast, row.group)
    now = built()["rasci"]
    assert [(each["kind"], each["what"], each["detail"]) for each in matrix.changes(was, now)] == [
        ("changed", "Access reviews", "Chief executive: I → C."),
        ("added", "Backups", "New activity. Accountable: Incident manager."),
    ]
    assert [each["kind"] for each in matrix.changes(now, was)] == ["changed", "removed"]
    assert [each["detail"] for each in matrix.changes(None, was)] == ["It has 1 activity."]
    assert list(matrix.changes(None, None)) == [] and list(matrix.changes(was, was)) == []


def test_nothing_is_frozen_while_a_row_to_be_published_lacks_exactly_one_accountable_role(cast, row):
    assert readiness.blockers(snapshot.build("1.0", "First.")) == []
    set_letters(row, cast.roles.top, "A", actor=cast.ism)
    (blocker,) = readiness.blockers(snapshot.build("1.0", "First."))
    assert blocker.sentence == "Access reviews has 2 accountable roles." and f"#a{row.pk}" in blocker.url


def test_a_process_that_was_never_published_may_still_be_wrong(cast, row):
    making.activity("Drafted")
    assert readiness.blockers(snapshot.build("1.0", "First.")) == []


def test_a_character_that_no_font_has_is_found_in_the_matrix_too(cast):
    making.activity("Odd \U0001fae8", letters={cast.roles.held: "RA"})
    put(cast)
    said = [blocker.sentence for blocker in readiness.blockers(snapshot.build("1.0", "First."))]
    assert any(sentence.startswith("Who does what cannot be printed") for sentence in said)
