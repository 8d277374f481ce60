"""The map of clauses in the document and in the pack (D9)."""

import json

import pytest

from evidence import snapshot
from evidence.document.plan import body
from evidence.document.reading import Snapshot
from evidence.pack import chapters
from evidence.workspace.clauses import clause_map
from ismsroles.core import clock, findings
from roles.models import Role

pytestmark = pytest.mark.django_db


def frozen() -> dict:
    return json.loads(snapshot.build("1.0", "For a test."))


def printed(content: dict) -> str:
    return body(Snapshot(json.dumps(content).encode()), None)[0]


def test_the_document_says_which_roles_serve_a_clause_where_the_evidence_is_and_what_is_open(cast):
    content = frozen()
    row = next(one for one in content["clause_map"] if one["code"] == "5.3 a")
    assert row["roles"] == [cast.roles.ism.pk] and row["evidence"] == ["Role assignment"]
    html = printed(content)
    assert (
        "Map of clauses" in html and f'<a href="#role-{cast.roles.ism.pk}">Information security manager</a> (1)' in html
    )
    points = sum(point["clause"] == "5.3" for point in content["open_points"])
    assert points and f"<td>{points}</td>" in html


def test_the_same_snapshot_prints_the_same_map_whatever_was_changed_since(cast):
    content = frozen()
    before = printed(content)
    Role.objects.filter(pk=cast.roles.ism.pk).update(clauses=[], title="Other")
    assert printed(content) == before


def test_a_register_that_names_no_clause_has_no_map_and_older_documents_print_as_ever(cast):
    content = frozen()
    del content["clause_map"]
    assert "Map of clauses" not in printed(content)
    Role.objects.update(clauses=[])
    assert "clause_map" not in frozen()


def test_the_pack_has_the_map_both_ways(cast):
    files = dict(chapters._clauses(clause_map(clock.today(), findings.current())))
    there, back = (json.loads(files[name]) for name in ("clauses.json", "clauses-of-roles.json"))
    row = next(one for one in there if one["clause"] == "5.3 b")
    assert row["roles"] == "Information security manager" and row["responsibilities"] == 1
    assert {"5.1"} == {one["clause"] for one in back if one["role"] == "Chief executive"}
    assert any("vacant" in one["findings"] for one in there)
