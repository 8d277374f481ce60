"""What the document says while fewer than two people decide (design rule 1, decision 9)."""

import json
from datetime import timedelta

import pytest

from evidence import snapshot
from evidence.changes import changes_between
from evidence.document import plan, texts
from evidence.document.reading import Snapshot
from ismsroles.core import clock, findings
from roles.actions.assignments import end_assignment
from roles.actions.succession import record_succession
from roles.models import Assignment
from tests import factories
from tests.evidence.world import prepare, send, sign

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def frozen() -> bytes:
    return snapshot.build("1.0", "First")


def printed(content: bytes) -> str:
    return plan.body(Snapshot(content), None)[0].replace("\u00a0", " ")


def used(cast):
    """The only approver decided on their own proposal under an exception."""
    exception = factories.exception(cast.people.top, by=cast.ism)
    factories.hold(
        cast.roles.vacant, cast.people.colleague, approver=cast.top, proposed_by=cast.top,
        proposed_by_person=cast.people.top, exception=exception,
    )  # fmt: skip
    return exception


def appoint(cast) -> Assignment:
    end_assignment(cast.held.top, actor=cast.ism, last_day=clock.today() - DAY, reason="Retired")
    return record_succession(
        role=cast.roles.top,
        person=cast.people.outsider,
        actor=cast.administrator,
        board_date=clock.today(),
        reference="Minutes 12",
    )


def test_where_two_people_always_decided_nothing_is_added(cast):
    assert "alone" not in json.loads(frozen()) and "Decided by fewer than two" not in printed(frozen())


def test_an_exception_in_force_is_printed_with_reason_control_and_the_boards_decision(cast):
    used(cast)
    page = printed(frozen())
    for words in (
        "Decided by fewer than two",
        "in force",
        "Three people work here.",
        "The accountant reads the log",
        "Board minutes 9",
    ):
        assert words in page
    assert "Tora Top, on an own proposal by exception" in page
    assert "may approve what Tora Top proposed, until" in page  # at a glance, among the open points


def test_an_exception_that_is_over_is_printed_as_long_as_something_decided_under_it_counts(cast):
    used(cast)
    with clock.at(clock.now() + 200 * DAY):
        assert "Earlier exception for Tora Top" in printed(frozen())
    Assignment.objects.exclude(exception=None).update(ends_on=clock.today())
    with clock.at(clock.now() + 200 * DAY):
        assert "alone" not in json.loads(frozen())


def test_a_successor_whom_the_board_named_is_printed_in_this_and_every_later_document(cast):
    appoint(cast)
    for day in (0, 400):
        with clock.at(clock.now() + day * DAY):
            assert "Otto Outsider, appointed by the board" in printed(frozen())


def test_both_are_changes_between_two_versions_and_an_older_version_without_them_still_reads(cast):
    before = json.loads(frozen())
    used(cast)
    after = json.loads(frozen())
    assert "Exception for the only approver" in [row["what"] for row in changes_between(before, after)]
    assert "Exception for the only approver" in [row["what"] for row in changes_between(after, before)]
    appoint(cast)
    assert "Approver appointed by the board" in [row["what"] for row in changes_between(after, json.loads(frozen()))]


def test_every_word_of_it_is_among_the_texts_that_the_fonts_must_have(cast):
    used(cast)
    assert "The accountant reads the log each month." in texts(frozen())


def test_an_appointment_by_the_board_is_a_finding_until_a_document_that_prints_it_is_signed(cast):
    made = appoint(cast)
    assert "A3.appointed" in {one.rule for one in findings.current(clock.today())}
    cast.top = made.person.__class__.objects.get(pk=made.person_id).user
    cast.top.set_password(factories.PASSWORD)
    cast.top.save()
    sign(cast, send(cast, prepare(cast)))
    assert "A3.appointed" not in {one.rule for one in findings.current(clock.today())}
