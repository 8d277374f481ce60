"""Exceptions from segregation of duties: asked, decided by somebody else, dated, found again (A5; design rules 1, 2, 8)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ismsroles.core import clock, findings
from ismsroles.core.errors import Invalid, NotAllowed, Stale, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint, seal
from ismsroles.notices.models import Message
from roles.actions import assignments, separation
from roles.actions import separation_exceptions as exceptions
from roles.findings.separation import one_person_unites_what_is_kept_apart
from roles.models import SeparationException
from roles.queries.separation import standing_exceptions
from roles.shown import shown as shown_assignment
from roles.shown_separation import shown
from roles.states import EXCEPTION
from tests import factories
from tests.roles.asking import AT_MOST, questions

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def rule(cast):
    """Hana's role and the vacant one are kept apart."""
    roles = [cast.roles.held, cast.roles.vacant]
    return separation.add_rule(actor=cast.ism, effect="block", why="Nobody judges their own work.", roles=roles)


def ask(cast, rule, person=None, actor=None, **values) -> SeparationException:
    today = clock.today()
    values = {
        "control": "The board reads each report.",
        "reason": "Small team",
        "starts_on": today,
        "ends_on": today + 90 * DAY,
        **values,
    }
    return exceptions.request_exception(
        actor=actor or cast.ism, rule=rule, person=person or cast.people.holder, **values
    )


def approve(made, actor) -> SeparationException:
    return exceptions.approve_exception(made, actor=actor, seen_hash=fingerprint(shown(made)))


def propose(cast, **terms):
    terms = {"starts_on": clock.today(), "reason": "Fits", **terms}
    return assignments.propose_assignment(role=cast.roles.vacant, person=cast.people.holder, actor=cast.ism, **terms)


def appointed(cast):
    """Hana holds both, as a rule that came later finds her."""
    return factories.hold(cast.roles.vacant, cast.people.holder, approver=cast.top)


def found(rule_id: str, day=None) -> list:
    return [one for one in findings.current(day or clock.today()) if one.rule == rule_id]


# What it covers -----------------------------------------------------------------------------------------------------------------


def test_an_approved_exception_lets_the_proposal_and_the_approval_pass(cast, rule):
    made = ask(cast, rule)
    with pytest.raises(Invalid):
        propose(cast)
    approve(made, cast.top)
    wanted = propose(cast)
    done = assignments.approve_assignment(wanted, actor=cast.top, seen_hash=fingerprint(shown_assignment(wanted)))
    assert done.state == "approved"


def test_an_exception_covers_no_proposal_that_begins_before_it(cast, rule):
    approve(ask(cast, rule, starts_on=clock.today() + 10 * DAY), cast.top)
    with pytest.raises(Invalid):
        propose(cast)
    assert propose(cast, starts_on=clock.today() + 10 * DAY).state == "proposed"


def test_an_exception_covers_neither_another_person_nor_another_rule(cast, rule):
    approve(ask(cast, rule, person=cast.people.deputy), cast.top)
    with pytest.raises(Invalid):
        propose(cast)


# Who decides --------------------------------------------------------------------------------------------------------------------


def test_nobody_decides_on_an_exception_that_they_asked_for_or_that_is_for_them(cast, rule):
    second = factories.person("Second Top", login=True)
    factories.hold(factories.role("Second chief", persona="top_management"), second, approver=cast.top)
    for_top = ask(cast, rule, person=cast.people.top)
    with pytest.raises(NotAllowed):
        approve(for_top, cast.top)
    assert approve(for_top, second.user).state == "approved"


def test_who_asked_does_not_decide_even_if_they_hold_both_parts(cast, rule):
    factories.hold(factories.role("Second chief", persona="top_management"), cast.people.ism, approver=cast.top)
    made = ask(cast, rule)
    with pytest.raises(NotAllowed):
        approve(made, cast.ism)


@pytest.mark.parametrize("column, value", [("decided_by", "asked"), ("decided_by_person", "person")])
def test_the_database_refuses_a_decision_by_who_asked_or_whom_it_is_about(cast, rule, column, value):
    made = ask(cast, rule)
    who = {"asked": cast.ism, "person": cast.people.holder}[value]
    values = {
        "state": "approved",
        "decided_by": cast.top,
        "decided_by_person": cast.people.top,
        "decided_at": clock.now(),
        column: who,
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        SeparationException.objects.filter(pk=made.pk).update(**values)


def test_an_approver_of_one_area_does_not_decide_on_a_rule_of_the_whole_organisation(cast, rule):
    person = factories.person("Lou Local", login=True)
    factories.hold(factories.role("Site director", persona="top_management", area=cast.home), person, approver=cast.top)
    with pytest.raises(NotAllowed):
        approve(ask(cast, rule), person.user)


def test_a_representative_asks_for_people_of_their_area_only(cast, rule):
    assert ask(cast, rule, actor=cast.representative).state == "requested"
    with pytest.raises(NotAllowed):
        ask(cast, rule, person=cast.people.colleague, actor=cast.representative)


def test_what_is_decided_is_what_was_shown(cast, rule):
    made = ask(cast, rule)
    seen = fingerprint(shown(made))
    separation.change_rule(rule, actor=cast.ism, why="Another why.")
    with pytest.raises(Stale):
        exceptions.approve_exception(made, actor=cast.top, seen_hash=seen)


def test_a_rejection_has_a_reason_and_whoever_asked_is_told(cast, rule):
    made = ask(cast, rule)
    with pytest.raises(Invalid, match="Say why"):
        exceptions.reject_exception(made, actor=cast.top, seen_hash=fingerprint(shown(made)), reason=" ")
    exceptions.reject_exception(made, actor=cast.top, seen_hash=fingerprint(shown(made)), reason="Find somebody else.")
    assert Message.objects.filter(code="exception.decided", key__contains=f":{made.pk}:").exists()


def test_approvers_are_told_that_an_exception_waits(cast, rule):
    ask(cast, rule)
    assert Message.objects.filter(code="exception.waits", address=cast.top.email).count() == 1


# Dates ----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values, field",
    [({"ends_on": 366}, "ends_on"), ({"ends_on": -1}, "ends_on"), ({"starts_on": -1}, "starts_on"), ({"control": " "}, "control"),
     ({"reason": ""}, "reason")],
)  # fmt: skip
def test_an_exception_has_a_control_a_reason_and_an_end_within_twelve_months(cast, rule, values, field):
    values = {name: clock.today() + value * DAY if isinstance(value, int) else value for name, value in values.items()}
    with pytest.raises(Invalid) as refused:
        ask(cast, rule, **values)
    assert refused.value.field == field
    assert not SeparationException.objects.exists()


@pytest.mark.parametrize(
    "change", [{"ends_on": 91}, {"starts_on": 1}, {"control": "None."}, {"state": "ended"}, {"reason": "Another"}]
)
def test_nothing_that_was_asked_for_can_be_changed_from_the_shell(cast, rule, change):
    made = ask(cast, rule)
    change = {name: clock.today() + value * DAY if isinstance(value, int) else value for name, value in change.items()}
    with pytest.raises(DatabaseError), transaction.atomic():
        SeparationException.objects.filter(pk=made.pk).update(**change)


def test_an_exception_longer_than_twelve_months_or_approved_from_the_start_is_refused_by_the_database(cast, rule):
    values = {
        "rule": rule, "person": cast.people.holder, "control": "c", "reason": "r", "starts_on": clock.today(),
        "proposed_by": cast.ism, "proposed_at": clock.now(), "ends_on": clock.today() + 367 * DAY,
    }  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        SeparationException.objects.create(**values)
    decided = {"decided_by": cast.top, "decided_by_person": cast.people.top, "decided_at": clock.now()}
    with pytest.raises(DatabaseError), transaction.atomic():
        SeparationException.objects.create(**values | decided | {"ends_on": clock.today(), "state": "approved"})


def test_an_exception_can_be_ended_before_time_and_never_prolonged(cast, rule):
    made = approve(ask(cast, rule), cast.top)
    with pytest.raises(Invalid, match="asked for anew"):
        exceptions.end_exception(made, actor=cast.ism, last_day=made.ends_on + DAY, reason="Longer")
    ended = exceptions.end_exception(made, actor=cast.ism, last_day=clock.today(), reason="No longer needed")
    assert ended.state == "ended" and ended.covers(clock.today()) and not ended.covers(clock.today() + DAY)


@pytest.mark.parametrize("state", sorted(EXCEPTION.states))
@pytest.mark.parametrize("verb", sorted(EXCEPTION.verbs))
def test_every_move_that_the_table_does_not_know_is_refused(cast, rule, state, verb):
    made = _in_state(cast, rule, state)
    seen = {"seen_hash": fingerprint(shown(made))}
    acts = {
        "approve": lambda: exceptions.approve_exception(made, actor=cast.top, **seen),
        "reject": lambda: exceptions.reject_exception(made, actor=cast.top, reason="No", **seen),
        "withdraw": lambda: exceptions.withdraw_exception(made, actor=cast.ism),
        "end": lambda: exceptions.end_exception(made, actor=cast.ism, last_day=clock.today(), reason="Over"),
    }
    if EXCEPTION.allows(state, verb):
        assert acts[verb]().state == EXCEPTION.move(state, verb)
    else:
        with pytest.raises(WrongState):
            acts[verb]()


def _in_state(cast, rule, state: str) -> SeparationException:
    made = ask(cast, rule)
    seen = fingerprint(shown(made))
    if state == "withdrawn":
        return exceptions.withdraw_exception(made, actor=cast.ism)
    if state == "rejected":
        return exceptions.reject_exception(made, actor=cast.top, seen_hash=seen, reason="No")
    if state in ("approved", "ended"):
        made = exceptions.approve_exception(made, actor=cast.top, seen_hash=seen)
    return (
        exceptions.end_exception(made, actor=cast.ism, last_day=clock.today(), reason="Over")
        if state == "ended"
        else made
    )


# Every day ----------------------------------------------------------------------------------------------------------------------


def test_a_conflict_that_a_new_rule_makes_is_found_the_same_day(cast):
    appointed(cast)
    assert found("A5") == []
    separation.add_rule(actor=cast.ism, effect="block", why="Own work.", roles=[cast.roles.held, cast.roles.vacant])
    (one,) = found("A5")
    assert "Hana Holder unites" in one.sentence and "/separation/exceptions/request/?person=" in one.url


def test_a_conflict_under_an_exception_is_found_in_time_before_it_ends_and_the_day_after(cast, rule):
    appointed(cast)
    made = approve(ask(cast, rule), cast.top)
    days = {"A5": clock.today(), "A5.ends-soon": made.ends_on - 30 * DAY, "A5.ended": made.ends_on + DAY}
    for day in days.values():
        assert [name for name in days if found(name, day)] == [
            name for name, on in days.items() if on == day and name != "A5"
        ]
    assert found("A5.ends-soon", made.ends_on - 31 * DAY) == []


def test_a_conflict_of_somebody_who_left_is_found_no_more(cast, rule):
    appointed(cast)
    cast.people.holder.last_day = clock.today() - DAY
    cast.people.holder.save()
    assert found("A5") == []


def test_a_warning_that_was_answered_stays_in_sight_and_one_that_was_not_is_asked_about(cast, rule):
    appointed(cast)
    separation.change_rule(rule, actor=cast.ism, effect="warn")
    assert len(found("A5.warning")) == 1 and found("A5.accepted") == []
    held = cast.people.holder.assignments.get(role=cast.roles.vacant)
    made = factories.hold(
        cast.roles.ism, cast.people.deputy, approver=cast.top, seat="deputy", conflict_reason="Four eyes"
    )
    separation.add_rule(actor=cast.ism, effect="warn", why="Own work.", roles=[cast.roles.ism, cast.roles.held])
    assert [one.url for one in found("A5.accepted")] == [made.get_absolute_url()] and held


def test_a_request_that_waits_for_long_is_a_finding(cast, rule):
    with clock.at(clock.now() - 6 * DAY):
        ask(cast, rule)
    assert len(found("A5.waits")) == 1


def test_findings_take_as_many_questions_for_one_conflict_as_for_twenty(cast, rule):
    day = clock.today()

    def asked(people: int) -> int:
        for _n in range(people):
            person = factories.person()
            factories.hold(cast.roles.vacant, person, approver=cast.top, seat="deputy")
            factories.hold(cast.roles.held, person, approver=cast.top, seat="deputy")
        with CaptureQueriesContext(connection) as queries:
            assert list(one_person_unites_what_is_kept_apart(day))
        return len(queries)

    assert asked(1) == asked(20)


# Pages --------------------------------------------------------------------------------------------------------------------------


def test_the_inbox_of_top_management_has_it_and_the_decision_is_one_of_what_was_shown(cast, rule, as_user):
    made, browser = ask(cast, rule), as_user("top")
    assert "Exception for Hana Holder" in browser.get("/approvals/").content.decode()
    token = seal(shown(made), user_id=cast.top.pk, subject=f"separation-exception:{made.pk}")
    assert (
        browser.post(f"/separation/exceptions/{made.pk}/decide/", {"decision": "approve", "shown": token}).status_code
        == 302
    )
    assert SeparationException.objects.get(pk=made.pk).state == "approved"
    assert AuditEvent.objects.filter(code="separation.exception_approved").exists()


def test_a_decision_without_having_been_shown_anything_is_refused(cast, rule, as_user):
    made = ask(cast, rule)
    assert (
        as_user("top")
        .post(f"/separation/exceptions/{made.pk}/decide/", {"decision": "approve", "shown": "x"})
        .status_code
        == 409
    )


def test_deciding_asks_for_the_password_again(cast, rule, client):
    made = ask(cast, rule)
    client.force_login(cast.top, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(f"/separation/exceptions/{made.pk}/decide/", {"decision": "approve"})
    assert answer.status_code == 302 and "reauthenticate" in answer.url


def test_a_request_writes_only_what_can_be_asked_for(cast, rule, as_user):
    answers = {
        "person": "Hana Holder", "rule": rule.pk, "control": "c", "reason": "r", "starts_on": clock.today().isoformat(),
        "ends_on": clock.today().isoformat(), "state": "approved", "decided_by": cast.top.pk, "proposed_by": cast.top.pk, "seen_hash": "x",
    }  # fmt: skip
    assert as_user("ism").post("/separation/exceptions/request/", answers).status_code == 302
    made = SeparationException.objects.get()
    assert (made.state, made.proposed_by, made.decided_by, made.seen_hash) == ("requested", cast.ism, None, "")


def test_the_page_of_the_person_says_what_they_unite_and_leads_to_an_exception(cast, rule, as_user):
    appointed(cast)
    page = as_user("ism").get(cast.people.holder.get_absolute_url()).content.decode()
    assert (
        "Conflicts of interest" in page
        and f"/separation/exceptions/request/?person={cast.people.holder.pk}&amp;rule={rule.pk}" in page
    )


@pytest.mark.parametrize(
    "url", ["/separation/", "/separation/matrix/", "/separation/exceptions/?show=all", "/separation/duties/"]
)
def test_a_page_asks_the_database_as_often_for_thirty_rows_as_for_one(cast, rule, as_user, url):
    ask(cast, rule)
    browser = as_user("ism")
    before = questions(browser, url)
    for _n in range(30):
        one = factories.role()
        another = separation.add_rule(actor=cast.ism, effect="warn", why="Own work.", roles=[one, cast.roles.vacant])
        tag = separation.add_duty(actor=cast.ism, name=f"does {one}", meaning="m")
        separation.mark_responsibility(
            one.responsibilities.first(),
            [tag],
            actor=cast.ism,
        )
        ask(cast, another)
    assert questions(browser, url) <= max(before, AT_MOST)
    assert questions(browser, url) - before <= 1  # a paginator that has a second page


def test_the_picture_names_each_pair_by_its_rule_and_says_who_unites_it(cast, rule, as_user):
    appointed(cast)
    page = as_user("auditor").get("/separation/matrix/").content.decode()
    assert page.count(f'href="/separation/rules/{rule.pk}/"') == 3  # both halves of the picture, and the list
    assert "apart stop united" in page and "1 person unites them" in page


def test_every_document_can_print_what_covers_the_day(cast, rule):
    made = approve(ask(cast, rule), cast.top)
    assert standing_exceptions(clock.today()) == [made] and standing_exceptions(made.ends_on + DAY) == []
