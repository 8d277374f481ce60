"""The dated exception for an organisation whose only approver also proposes (design rule 1; security case 1)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from ismsroles.core import clock, findings
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint
from ismsroles.notices.models import Message
from roles.actions import assignments
from roles.actions.exceptions import end_exception, record_exception
from roles.models import ApproverException, Assignment, Person
from roles.policy import exceptions as rules
from roles.shown import shown
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def record(cast, **changed) -> ApproverException:
    day = clock.today()
    values = {
        "approver": cast.people.top, "actor": cast.ism, "reason": "Three people work here.", "control": "The accountant reads the log.",
        "board_date": day, "board_reference": "Minutes 9", "starts_on": day, "ends_on": day + 180 * DAY,
    }  # fmt: skip
    return record_exception(**values | changed)


def own_proposal(cast, person=None) -> Assignment:
    """The only approver proposes."""
    top_keeps = factories.role("Second manager", persona="ism", kind="many")
    factories.hold(top_keeps, cast.people.top, approver=factories.person(login=True).user)
    return assignments.propose_assignment(
        role=cast.roles.vacant,
        person=person or cast.people.colleague,
        actor=cast.top,
        starts_on=clock.today(),
        reason="Small",
    )


def approve(cast, made: Assignment) -> Assignment:
    return assignments.approve_assignment(made, actor=cast.top, seen_hash=fingerprint(shown(made)))


def test_without_an_exception_the_only_approver_cannot_approve_their_own_proposal(cast):
    with pytest.raises(NotAllowed):
        approve(cast, own_proposal(cast))


def test_under_an_exception_they_can_and_the_record_names_it(cast):
    exception = record(cast)
    made = approve(cast, own_proposal(cast))
    assert (made.state, made.exception) == ("approved", exception)
    assert "under the exception" in AuditEvent.objects.get(code="assignment.exception_used").sentence


def test_never_what_is_about_themself(cast):
    record(cast)
    with pytest.raises(NotAllowed):
        approve(cast, own_proposal(cast, person=cast.people.top))


def test_a_decision_on_somebody_elses_proposal_carries_no_exception(cast):
    record(cast)
    made = assignments.propose_assignment(
        role=cast.roles.vacant, person=cast.people.colleague, actor=cast.ism, starts_on=clock.today(), reason="Fits"
    )
    assert approve(cast, made).exception is None


@pytest.mark.parametrize("day", [-1, 181])
def test_before_and_after_its_term_it_opens_nothing(cast, day):
    made, exception = own_proposal(cast), factories.exception(cast.people.top, by=cast.ism)
    with clock.at(clock.now() + day * DAY):
        assert rules.covering(cast.top, made) is None
    assert rules.covering(cast.top, made) == exception


def test_an_ended_exception_opens_nothing(cast):
    made = own_proposal(cast)
    end_exception(record(cast), actor=cast.ism, reason="A second approver comes")
    with pytest.raises(NotAllowed):
        approve(cast, made)


def test_as_soon_as_a_second_person_approves_it_opens_nothing(cast):
    record(cast)
    made = own_proposal(cast)
    factories.hold(factories.role("Second chief", persona="top_management"), cast.people.holder, approver=cast.top)
    with pytest.raises(NotAllowed):
        approve(cast, made)


def test_nobody_else_uses_it(cast):
    made = own_proposal(cast)
    record(cast)
    assert not any(rules.covering(getattr(cast, who), made) for who in ("administrator", "holder", "colleague", "ism"))


# Recording ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["login", "former login", "address"])
def test_nobody_records_an_exception_for_themself(cast, way):
    person = Person.objects.get(pk=cast.people.top.pk)
    actor = {"login": cast.top, "former login": cast.administrator, "address": cast.administrator}[way]
    if way == "former login":
        for login in (cast.administrator, cast.top):
            person.user = login
            person.save()
    if way == "address":
        Person.objects.filter(pk=person.pk).update(email_key=actor.email, user=None)
    with pytest.raises(NotAllowed, match="for yourself"):
        record(cast, actor=actor)


@pytest.mark.parametrize("who", ["representative", "holder", "deputy", "auditor", "colleague", "leaver"])
def test_only_who_keeps_or_runs_the_register_records_one(cast, who):
    with pytest.raises(NotAllowed):
        record(cast, actor=getattr(cast, who))


def test_it_is_for_the_only_approver(cast):
    with pytest.raises(Invalid, match="not the only one"):
        record(cast, approver=cast.people.holder)
    factories.hold(factories.role("Second chief", persona="top_management"), cast.people.holder, approver=cast.top)
    with pytest.raises(Invalid, match="not the only one"):
        record(cast)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"starts_on": -1}, "reach back"), ({"ends_on": -1}, "before the first day"), ({"ends_on": 366}, "Twelve months"),
        ({"board_date": 1}, "future"), ({"reason": ""}, None), ({"control": ""}, None), ({"board_reference": ""}, None),
    ],
)  # fmt: skip
def test_what_an_exception_needs(cast, changed, words):
    given = {name: clock.today() + value * DAY if isinstance(value, int) else value for name, value in changed.items()}
    with pytest.raises(Invalid, match=words):
        record(cast, **given)
    assert not ApproverException.objects.exists()


def test_one_at_a_time(cast):
    record(cast)
    with pytest.raises(Invalid, match="One at a time"):
        record(cast, starts_on=clock.today() + 100 * DAY)
    record(cast, starts_on=clock.today() + 181 * DAY, ends_on=clock.today() + 200 * DAY)


def test_it_ends_once_and_with_a_reason(cast):
    made = record(cast)
    with pytest.raises(Invalid, match="Say why"):
        end_exception(made, actor=cast.ism, reason=" ")
    end_exception(made, actor=cast.ism, reason="Over")
    with pytest.raises(WrongState):
        end_exception(made, actor=cast.ism, reason="Again")


def test_recording_leaves_event_history_and_a_mail_to_the_approver(cast):
    made = record(cast)
    assert "only approver" in AuditEvent.objects.get(code="exception.recorded").sentence
    assert made.history.get().history_user == cast.ism
    assert Message.objects.filter(code="approver.alone", address=cast.people.top.email).exists()


# Findings --------------------------------------------------------------------------------------------------------------------


def ids(day) -> set[str]:
    return {one.rule for one in findings.current(day)} & {"A3.exception", "A3.exception-ends", "A3.nobody"}


def test_it_is_a_finding_while_in_force_and_another_before_it_ends(cast):
    factories.exception(cast.people.top, by=cast.ism)
    day = clock.today()
    assert [ids(day + n * DAY) for n in (-1, 0, 149, 150, 180, 181)] == [
        set(), {"A3.exception"}, {"A3.exception"}, {"A3.exception", "A3.exception-ends"}, {"A3.exception", "A3.exception-ends"}, set(),
    ]  # fmt: skip


# SQL ---------------------------------------------------------------------------------------------------------------------------


def decided_by_sql(made: Assignment, cast, **values) -> None:
    with transaction.atomic():
        Assignment.objects.filter(pk=made.pk).update(
            state="approved", decided_by=cast.top, decided_by_person=cast.people.top, decided_at=clock.now(), **values
        )


def test_by_sql_an_own_proposal_passes_with_the_exception_only(cast):
    made, exception = own_proposal(cast), factories.exception(cast.people.top, by=cast.ism)
    with pytest.raises(DatabaseError):
        decided_by_sql(made, cast)
    decided_by_sql(made, cast, exception=exception)


def test_by_sql_no_exception_covers_what_is_about_the_approver(cast):
    made, exception = own_proposal(cast, person=cast.people.top), factories.exception(cast.people.top, by=cast.ism)
    with pytest.raises(DatabaseError):
        decided_by_sql(made, cast, exception=exception)


def test_by_sql_the_exception_of_another_or_an_ended_one_covers_nothing(cast):
    made, other = own_proposal(cast), factories.exception(cast.people.holder, by=cast.ism)
    with pytest.raises(DatabaseError, match="does not cover"):
        decided_by_sql(made, cast, exception=other)
    ApproverException.objects.update(ended_at=clock.now())
    ended = factories.exception(cast.people.top, by=cast.ism)
    ApproverException.objects.filter(pk=ended.pk).update(ended_at=clock.now())
    with pytest.raises(DatabaseError, match="does not cover"):
        decided_by_sql(made, cast, exception=ended)


def test_by_sql_a_waiting_proposal_carries_no_exception_beforehand(cast):
    made, exception = own_proposal(cast), factories.exception(cast.people.top, by=cast.ism)
    with pytest.raises(DatabaseError), transaction.atomic():
        Assignment.objects.filter(pk=made.pk).update(exception=exception)


@pytest.mark.parametrize(
    "values", [{"ends_on": 400}, {"ends_on": -1}, {"reason": ""}, {"control": ""}, {"board_reference": ""}]
)
def test_by_sql_no_exception_without_words_or_of_more_than_a_year(cast, values):
    given = {name: clock.today() + v * DAY if isinstance(v, int) else v for name, v in values.items()}
    with pytest.raises(DatabaseError), transaction.atomic():
        factories.exception(cast.people.top, by=cast.ism, **given)


def test_by_sql_nobody_records_their_own_and_no_two_overlap(cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        factories.exception(cast.people.top, by=cast.top)
    factories.exception(cast.people.top, by=cast.ism)
    with pytest.raises(DatabaseError), transaction.atomic():
        factories.exception(cast.people.top, by=cast.ism)


@pytest.mark.parametrize("field", ["reason", "control", "starts_on", "ends_on", "approver_id", "board_reference"])
def test_by_sql_what_was_recorded_stays(cast, field):
    made = factories.exception(cast.people.top, by=cast.ism)
    value = {"starts_on": clock.today() - DAY, "ends_on": clock.today() + DAY, "approver_id": cast.people.holder.pk}
    with pytest.raises(DatabaseError), transaction.atomic():
        ApproverException.objects.filter(pk=made.pk).update(**{field: value.get(field, "Other")})


# Pages -------------------------------------------------------------------------------------------------------------------------


def test_the_manager_records_one_on_the_page_and_the_approver_decides_under_it(cast, as_user):
    day = clock.today()
    answers = {
        "reason": "Small",
        "control": "Log read",
        "board_date": day,
        "board_reference": "M 9",
        "starts_on": day,
        "ends_on": day + DAY,
    }
    page = as_user("ism").post("/approvals/exceptions/record/", answers, follow=True)
    assert page.status_code == 200 and "Log read" in page.content.decode()
    made = own_proposal(cast)
    top = as_user("top")
    assert "under the exception until" in top.get("/approvals/").content.decode()
    assert "decides alone" in top.get(f"/approvals/{made.pk}/").content.decode()


def test_the_approver_finds_no_button_and_no_form_for_their_own(cast, as_user):
    own_proposal(cast)
    assert "Record an exception" not in as_user("top").get("/approvals/exceptions/").content.decode()
    assert as_user("top").get("/approvals/exceptions/record/").status_code == 403


def test_ending_it_on_the_page_needs_a_reason(cast, as_user):
    made = record(cast)
    url = f"/approvals/exceptions/{made.pk}/end/"
    assert as_user("ism").post(url, {"reason": ""}).status_code == 422
    assert as_user("ism").post(url, {"reason": "Second approver"}).status_code == 302
    made.refresh_from_db()
    assert made.ended_by == cast.ism


def test_with_two_approvers_there_is_nothing_to_record(cast, as_user):
    factories.hold(factories.role("Second chief", persona="top_management"), cast.people.holder, approver=cast.top)
    assert as_user("ism").get("/approvals/exceptions/record/").status_code == 404


def test_the_list_costs_the_same_with_one_and_with_fifty(cast, as_user, django_assert_max_num_queries):
    for n in range(50):
        start = clock.today() - (n * 10 + 400) * DAY
        factories.exception(cast.people.top, by=cast.ism, starts_on=start, ends_on=start + 9 * DAY)
    client = as_user("ism")
    with django_assert_max_num_queries(12):
        assert "Over" in client.get("/approvals/exceptions/").content.decode()
