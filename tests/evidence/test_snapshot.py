"""The register as it is frozen (coverage D1, D3)."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence import snapshot
from evidence.changes import changes_between
from ismsroles.core import clock, events
from ismsroles.core.shown import canonical
from roles.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
TOP = {
    "schema", "organisation", "document", "history", "changes", "founding", "clause_53", "roles", "approvals", "clause_map", "open_points",
    "new_logins", "signers",
}  # fmt: skip


def _content() -> dict:
    return json.loads(snapshot.build("1.0", "First"))


def _role(content: dict, role: Role) -> dict:
    return next(row for row in content["roles"] if row["id"] == role.pk)


def test_it_has_every_part_and_is_canonical(cast):
    raw = snapshot.build("1.0", "First")
    assert set(json.loads(raw)) == TOP and canonical(json.loads(raw)) == raw


def test_the_same_register_at_the_same_moment_gives_the_same_bytes(cast):
    with clock.at(clock.now()):
        assert snapshot.build("1.0", "First") == snapshot.build("1.0", "First")


def test_a_role_is_written_with_what_it_must_and_may(cast):
    row = _role(_content(), cast.roles.held)
    assert len(row["responsibilities"]) == len(row["authorities"]) == 2
    assert row["authorities"][0]["serves"] == [row["responsibilities"][0]["id"]]
    assert row["area"] == "Operations" and row["kind"] == "one"


def test_holders_and_deputies_are_named_with_who_approved_them(cast):
    row = _role(_content(), cast.roles.held)
    assert [seat["name"] for seat in row["holders"]] == ["Hana Holder"]
    assert [seat["name"] for seat in row["deputies"]] == ["Dov Deputy"]
    assert row["holders"][0]["approved_by"] == "Tora Top" and row["vacant_since"] is None


def test_who_is_from_outside_is_printed_with_their_employer(cast):
    factories.hold(cast.roles.vacant, cast.people.outsider, approver=cast.top, filled_as="external")
    assert _role(_content(), cast.roles.vacant)["holders"][0]["outside"] == "Advice Ltd"


def test_a_vacant_role_says_since_when(cast):
    ended = clock.today() - timedelta(days=9)
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top, ends_on=ended)
    assert _role(_content(), cast.roles.vacant)["vacant_since"] == (ended + timedelta(days=1)).isoformat()


def test_who_has_left_holds_nothing(cast):
    factories.hold(cast.roles.vacant, cast.people.leaver, approver=cast.top)
    assert _role(_content(), cast.roles.vacant)["holders"] == []


def test_who_is_only_proposed_is_not_in_it(cast):
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top, state="proposed")
    assert _role(_content(), cast.roles.vacant)["holders"] == []


def test_drafts_and_retired_roles_are_not_in_it(cast):
    factories.role("Only a draft", state="draft")
    assert "Only a draft" not in {row["title"] for row in _content()["roles"]}


def test_superiors_come_before_those_who_report_to_them(cast):
    Role.objects.filter(pk=cast.roles.held.pk).update(reports_to=cast.roles.vacant)
    Role.objects.filter(pk=cast.roles.vacant.pk).update(reports_to=cast.roles.top)
    order = [row["id"] for row in _content()["roles"]]
    assert order.index(cast.roles.top.pk) < order.index(cast.roles.vacant.pk) < order.index(cast.roles.held.pk)


def test_conformity_and_reporting_name_who_holds_them(cast):
    rows = _content()["clause_53"]
    assert [row["clause"] for row in rows] == ["5.3 a", "5.3 b"]
    assert all(row["held_by"][0]["person"] == "Ismail Keeper" for row in rows)


def test_the_founding_appointment_is_always_printed(cast):
    founding = _content()["founding"]
    assert founding["person"] == "Tora Top" and founding["reference"] == "Board minutes 7"


def test_the_findings_are_printed_as_open_points_but_not_those_about_the_document_itself(cast):
    texts = " ".join(point["text"] for point in _content()["open_points"])
    assert "Continuity manager has been vacant" in texts and "No version of the roles document" not in texts


def test_new_logins_of_approvers_are_printed(cast):
    words = {"email": "t@x.example", "role": "Chief executive"}
    events.record("approver.login_linked", actor=cast.administrator, subject=cast.people.top, **words)
    assert "Tora Top" in _content()["new_logins"][0]["text"]


def test_the_owner_is_the_information_security_manager(cast):
    assert _content()["document"]["owner"] == "Ismail Keeper, Information security manager"


@pytest.mark.parametrize(
    ("day", "year_after"),
    [
        (date(2026, 11, 22), date(2027, 11, 22)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_the_next_review_is_due_a_year_later_and_never_after_that(day, year_after):
    assert snapshot.a_year_after(day) == year_after


def _queries() -> int:
    with CaptureQueriesContext(connection) as captured:
        snapshot.build("1.0", "First")
    return len(captured)


def test_it_costs_the_same_number_of_queries_with_four_roles_and_with_forty(cast):
    for number in range(36, 40):  # alike already, so that overlaps are looked up both times
        factories.role(f"Role {number}", duties=2)
    few = _queries()
    for number in range(36):
        role = factories.role(f"Role {number}", duties=2, reports_to=cast.roles.top)
        factories.hold(role, factories.person(area=cast.home), approver=cast.top)
    assert _queries() == few <= 90  # every subject of the findings and parts has its own


def test_nothing_has_changed_between_a_register_and_itself(cast):
    assert changes_between(_content(), _content()) == []


def test_each_change_of_the_register_is_named(cast):
    before = _content()
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top)
    Role.objects.filter(pk=cast.roles.held.pk).update(purpose="Another purpose.")
    factories.role("New role")
    cast.roles.top.responsibilities.update(text="Answer for it all")
    said = {(row["kind"], row["what"]) for row in changes_between(before, _content())}
    assert said == {
        ("added", "Continuity manager: holder"), ("changed", "Incident manager: purpose"), ("added", "New role"),
        ("changed", "Chief executive: responsibility"),
    }  # fmt: skip


def test_a_role_that_is_gone_and_a_holder_who_is_gone_are_named(cast):
    before = _content()
    Role.objects.filter(pk=cast.roles.vacant.pk).update(state="retired")
    factories_end = clock.today() - timedelta(days=1)
    type(cast.held.deputy).objects.filter(pk=cast.held.deputy.pk).update(ends_on=factories_end)
    said = {(row["kind"], row["what"]) for row in changes_between(before, _content())}
    assert said == {("removed", "Continuity manager"), ("removed", "Incident manager: deputy")}
