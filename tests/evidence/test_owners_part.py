"""Owners in the document: frozen, printed, compared; documents from before have none (M4, D1)."""

import json

import pytest

from evidence import snapshot
from evidence.document.plan import body
from evidence.document.reading import Snapshot
from evidence.parts import owners
from ismsroles.core import clock
from raci.models import Asset, Risk

pytestmark = pytest.mark.django_db


def frozen() -> bytes:
    return snapshot.build("1.0", "For a test.")


def printed(content: bytes) -> str:
    return body(Snapshot(content), None)[0]


def test_a_register_without_assets_freezes_nothing_of_them(cast):
    assert "owners" not in json.loads(frozen())


def test_owners_stand_in_the_document_and_so_does_their_lack(cast):
    Asset.objects.create(name="CRM", kind="cloud")
    Asset.objects.create(name="Payroll", kind="data_set", owner_role=cast.roles.held)
    Risk.objects.create(reference="R-1", title="A secret title", owner_person=cast.people.holder)
    html = printed(frozen())
    assert (
        "CRM" in html
        and "No owner" in html
        and "Hana Holder" in html
        and "R-1" in html
        and "A secret title" not in html
    )


def test_an_older_document_without_owners_still_prints(cast):
    Asset.objects.create(name="CRM", kind="cloud")
    content = json.loads(frozen())
    del content["owners"]
    assert "Cloud service (SaaS)</h2>" not in printed(json.dumps(content).encode())


def test_another_owner_is_a_change_since_the_last_version(cast):
    one = Asset.objects.create(name="CRM", kind="cloud")
    before = owners.read(clock.today())
    Asset.objects.filter(pk=one.pk).update(owner_role=cast.roles.held)
    Asset.objects.create(name="New")
    found = {(row["kind"], row["what"]): row["detail"] for row in owners.changes(before, owners.read(clock.today()))}
    assert found == {("changed", "CRM"): "Owner: nobody → Incident manager.", ("added", "New"): "Owner: nobody."}


def test_many_assets_are_counted_by_owner(cast, monkeypatch):
    monkeypatch.setattr(owners, "ONE_BY_ONE", 2)
    for number in range(3):
        Asset.objects.create(name=f"A{number}", owner_role=cast.roles.held)
    assert owners.read(clock.today())["counted"] == [{"kind": "information", "owner": "Incident manager", "count": 3}]
    assert "Assets by owner" in printed(frozen())
