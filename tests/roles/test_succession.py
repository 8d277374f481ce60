"""When the last approver has gone, the board names the next one and an administrator records it (decision 9; design rule 1)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from ismsroles.core import clock, findings
from ismsroles.core.errors import Invalid, NotAllowed
from ismsroles.core.models import AuditEvent, Invitation
from ismsroles.notices.models import Message
from roles.actions.assignments import end_assignment
from roles.actions.people import record_last_day
from roles.actions.succession import record_succession
from roles.models import Assignment, Person
from roles.policy import standing
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def orphaned(cast):
    """The only approver stopped yesterday; the information security manager recorded it."""
    end_assignment(cast.held.top, actor=cast.ism, last_day=clock.today() - DAY, reason="Retired")
    return cast


def record(cast, **changed) -> Assignment:
    values = {
        "role": cast.roles.top, "person": cast.people.outsider, "actor": cast.administrator, "board_date": clock.today(),
        "reference": "Minutes 12",
    }  # fmt: skip
    return record_succession(**values | changed)


def test_the_successor_approves_from_today_on(orphaned):
    made = record(orphaned)
    person = Person.objects.get(pk=orphaned.people.outsider.pk)
    assert (made.state, made.is_succession, made.starts_on) == ("approved", True, clock.today())
    assert standing(person.user).is_top_management


def test_while_an_approver_is_in_office_nothing_is_recorded(cast):
    with pytest.raises(NotAllowed):
        record(cast)


def test_while_an_approver_is_still_to_come_nothing_is_recorded(orphaned):
    next_month = clock.today() + 30 * DAY
    factories.hold(orphaned.roles.top, orphaned.people.holder, approver=orphaned.top, starts_on=next_month)
    with pytest.raises(NotAllowed):
        record(orphaned)


def test_on_the_last_day_of_the_last_approver_nothing_is_recorded_yet(cast):
    end_assignment(cast.held.top, actor=cast.ism, last_day=clock.today(), reason="Retires")
    with pytest.raises(NotAllowed):
        record(cast)


def test_an_approver_who_has_left_the_organisation_is_no_longer_in_office(cast):
    record_last_day(cast.people.top, clock.today() - DAY, actor=cast.ism)
    assert record(cast).pk


def test_where_nobody_ever_approved_it_is_the_founding_that_is_recorded(organisation):
    with pytest.raises(NotAllowed):
        record_succession(
            role=factories.role(persona="top_management"), person=factories.person(), board_date=clock.today(), reference="x",
            actor=factories.user("Ada", administrator=True),
        )  # fmt: skip


@pytest.mark.parametrize("who", ["ism", "representative", "holder", "deputy", "auditor", "colleague", "leaver", "top"])
def test_only_an_administrator_records_it(orphaned, who):
    with pytest.raises(NotAllowed):
        record(orphaned, actor=getattr(orphaned, who))


@pytest.mark.parametrize("way", ["login", "former login", "address"])
def test_nobody_records_their_own(orphaned, way):
    own = factories.person("Ada Administrator", email="private@testhouse.example")
    if way == "address":
        own = factories.person("A. A.", email=orphaned.administrator.email.upper())
    for login in {"login": [orphaned.administrator], "former login": [orphaned.administrator, factories.user("X")]}.get(
        way, []
    ):
        own.user = login
        own.save()
    with pytest.raises(NotAllowed, match="your own"):
        record(orphaned, person=own)


def test_nobody_takes_the_last_approver_out_and_puts_another_in(cast):
    Assignment.objects.filter(pk=cast.held.ism.pk).update(
        ends_on=clock.today() - DAY
    )  # the administrator keeps the register
    end_assignment(cast.held.top, actor=cast.administrator, last_day=clock.today() - DAY, reason="Out")
    with pytest.raises(NotAllowed, match="You ended the term"):
        record(cast)


def test_nor_with_another_login_of_theirs(cast):
    keeper, second = cast.people.ism, factories.user("Ismail Again", administrator=True)
    for login in (second, cast.ism):
        keeper.user = login
        keeper.save()
    end_assignment(cast.held.top, actor=cast.ism, last_day=clock.today() - DAY, reason="Out")
    with pytest.raises(NotAllowed, match="You ended the term"):
        record(cast, actor=second)


@pytest.mark.parametrize(
    "wrong", ["decision of tomorrow", "no reference", "role", "somebody who left", "role of an area"]
)
def test_what_the_board_must_have_said(orphaned, wrong):
    changed = {
        "decision of tomorrow": {"board_date": clock.today() + DAY},
        "no reference": {"reference": ""},
        "role": {"role": orphaned.roles.held},
        "somebody who left": {"person": orphaned.people.leaver},
        "role of an area": {"role": factories.role("Local chief", persona="top_management", area=orphaned.home)},
    }
    with pytest.raises(Invalid):
        record(orphaned, **changed[wrong])


def test_managers_and_former_approvers_are_told_and_the_successor_is_invited(orphaned):
    record(orphaned)
    told = set(Message.objects.filter(code="approver.succeeded").values_list("address", flat=True))
    assert told == {orphaned.people.ism.email, orphaned.people.top.email}
    assert Invitation.objects.get().user.email == orphaned.people.outsider.email
    assert "because nobody was left" in AuditEvent.objects.get(code="assignment.succession_recorded").sentence


def test_that_nobody_approves_is_a_serious_finding_until_it_is_recorded(orphaned):
    def serious():
        return {one.rule for one in findings.current(clock.today()) if one.severity == "stop"}

    assert "A3.nobody" in serious()
    record(orphaned)
    assert "A3.nobody" not in serious()


def test_the_approvals_page_leads_the_administrator_to_the_form_and_says_it_to_the_rest(orphaned, as_user):
    assert "/board-appointment/" in as_user("administrator").get("/approvals/").content.decode()
    page = as_user("ism").get("/approvals/").content.decode()
    assert "Nobody is left who approves." in page and "/board-appointment/" not in page


# SQL and raw requests --------------------------------------------------------------------------------------------------------


def by_sql(cast, **values) -> Assignment:
    with transaction.atomic():
        return Assignment.objects.create(
            role=cast.roles.top, person=cast.people.outsider, single_holder=True, state="approved", is_succession=True,
            starts_on=clock.today(), proposed_by=cast.administrator, proposed_at=clock.now(), founding_date=clock.today(),
            founding_reference="x", **values,
        )  # fmt: skip


def test_by_sql_no_successor_is_entered_while_somebody_approves(cast):
    with pytest.raises(DatabaseError):
        by_sql(cast)


def test_by_sql_a_successor_needs_the_board_and_is_never_the_recorder(orphaned):
    with pytest.raises(DatabaseError):
        by_sql(orphaned, proposed_by_person=orphaned.people.outsider)
    with pytest.raises(DatabaseError):
        Assignment.objects.create(
            role=orphaned.roles.top, person=orphaned.people.outsider, state="approved", is_succession=True, single_holder=True,
            starts_on=clock.today(), proposed_by=orphaned.administrator, proposed_at=clock.now(),
        )  # fmt: skip


def post(client, cast, **changed):
    answers = {
        "role": cast.roles.top.pk, "person": cast.people.outsider.email, "board_date": clock.today().isoformat(), "reference": "Minutes 12",
    }  # fmt: skip
    return client.post("/board-appointment/", answers | changed)


def test_the_page_records_it_and_is_gone_afterwards(orphaned, as_user):
    client = as_user("administrator")
    assert "was the last who approved" in client.get("/board-appointment/").content.decode()
    assert post(client, orphaned).status_code == 302
    assert client.get("/board-appointment/").status_code == post(client, orphaned).status_code == 404


def test_a_raw_request_while_somebody_approves_meets_no_page(cast, as_user):
    assert post(as_user("administrator"), cast).status_code == 404


def test_others_than_administrators_are_refused_on_the_page(orphaned, as_user):
    assert [post(as_user(who), orphaned).status_code for who in ("ism", "top", "holder", "auditor")] == [403] * 4
