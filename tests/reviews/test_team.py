"""Who sits on the management review team, and what is wrong with it (T1, T4; design rules 1, 4, 15)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from evidence.parts.team import PART
from ismsroles.core import clock, findings, scope
from ismsroles.core.errors import Invalid, NotAllowed, Stale
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import state_of
from reviews.actions.team import write_charter
from reviews.models import Charter
from reviews.queries.team import team
from roles.actions.people import record_last_day
from roles.holdings import holdings
from roles.models import Area, Assignment, AuthorityServes
from tests import factories
from tests.reviews.making import seated, sit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def found(rule: str) -> list[str]:
    scope.forget()
    return [one.sentence for one in findings.current() if one.rule == rule]


def of_team():
    scope.forget()
    return team(clock.today())


# Its rules ----------------------------------------------------------------------------------------------------------------------


def test_only_who_keeps_the_register_writes_the_rules_of_the_team(cast):
    role = factories.role("Review team", kind="body")
    with pytest.raises(NotAllowed):
        write_charter(actor=cast.top, role=role)
    made = write_charter(actor=cast.ism, role=role, board="Reads the minutes.")
    assert AuditEvent.objects.filter(code="team.charter_written", subject_id=str(made.pk)).exists()


def test_the_rules_are_changed_and_what_they_were_stays_in_the_history(cast):
    seated(cast)
    write_charter(actor=cast.ism, quorum_percent=75, reason="Too easy")
    event = AuditEvent.objects.get(code="team.charter_changed")
    assert "50 → 75" in event.sentence and event.reason == "Too easy"
    assert Charter.history.latest().quorum_percent == 75


@pytest.mark.parametrize(
    "values, field",
    [
        ({"every": 4}, "every"),
        ({"every": 0}, "every"),
        ({"quorum_percent": 0}, "quorum_percent"),
        ({"quorum_percent": 101}, "quorum_percent"),
        ({"reference": ""}, "reference"),
        ({"decided_on": "tomorrow"}, "decided_on"),
    ],
)
def test_the_team_meets_at_least_quarterly_and_what_the_board_passed_on_names_its_decision(cast, values, field):
    seated(cast)
    values = {name: clock.today() + DAY if value == "tomorrow" else value for name, value in values.items()}
    with pytest.raises(Invalid) as refused:
        write_charter(actor=cast.ism, **values)
    assert refused.value.field == field


def test_a_role_that_is_not_a_team_or_not_in_force_is_refused(cast):
    with pytest.raises(Invalid) as refused:
        write_charter(actor=cast.ism, role=cast.roles.held)
    assert refused.value.field == "role"
    with pytest.raises(Invalid):
        write_charter(actor=cast.ism, role=factories.role("Drafted team", kind="body", state="draft"))


def test_two_who_change_the_rules_at_once_do_not_overwrite_each_other(cast):
    made = seated(cast)
    seen = state_of(made)
    write_charter(actor=cast.ism, notice=10)
    with pytest.raises(Stale):
        write_charter(actor=cast.ism, notice=20, seen=seen)


def test_the_database_keeps_one_team_that_meets_quarterly_and_never_loses_its_rules(cast):
    made = seated(cast)
    for act in (
        lambda: Charter.objects.create(role=made.role, only=False),
        lambda: Charter.objects.create(role=made.role),
        lambda: Charter.objects.filter(pk=made.pk).update(every=6),
        lambda: Charter.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


# Who sits on it -----------------------------------------------------------------------------------------------------------------


def test_the_team_follows_from_approved_assignments_of_its_role(cast):
    seated(cast)
    now = of_team()
    places = {place.label: place for place in now.places}
    assert [seat.person for seat in places["Operations"].members] == [cast.people.holder]
    assert [seat.person for seat in places["Operations"].deputies] == [cast.people.deputy]
    assert places["Finance"].is_empty and now.chair.person == cast.people.top
    assert {seat.person for seat in now.senior_members} == {cast.people.top}


def test_a_proposed_member_is_no_member_before_the_approval(cast):
    charter = seated(cast)
    Assignment.objects.create(
        role=charter.role, person=cast.people.colleague, area=cast.elsewhere, starts_on=clock.today(),
        proposed_by=cast.ism, proposed_at=clock.now(),
    )  # fmt: skip
    assert "Finance has no representative in the Management review team." in found("T1.area")


def test_part_areas_are_represented_by_the_area_above_them(cast):
    seated(cast)
    Area.objects.create(name="Night shift", parent=cast.home)
    Area.objects.create(name="Bookkeeping", parent=cast.elsewhere)
    words = " has no representative in the Management review team."
    assert found("T1.area") == [f"Bookkeeping{words}", f"Finance{words}"]


def test_an_area_out_of_scope_needs_nobody(cast):
    seated(cast)
    Area.objects.filter(pk=cast.elsewhere.pk).update(in_scope=False)
    assert found("T1.area") == []


def test_who_leaves_is_no_member_from_the_next_day_and_the_finding_names_them(cast):
    seated(cast)
    record_last_day(cast.people.holder, clock.today(), actor=cast.ism, reason="Leaves")
    assert "Operations has no representative from" in found("T1.leaving")[0]
    with clock.at(clock.now() + DAY):
        scope.forget()
        (one,) = [one for one in findings.current() if one.rule == "T1.area" and one.sentence.startswith("Operations")]
        assert one.detail.startswith("Hana Holder left on") and one.since == clock.today()


def test_what_a_member_holds_counts_for_conflicts_and_competence(cast):
    charter = seated(cast)
    day = clock.today()
    held = [one for one in holdings([cast.people.holder.pk], day, day) if one.role == charter.role_id]
    assert [one.how for one in held] == ["holder"]


# What is wrong ------------------------------------------------------------------------------------------------------------------


def test_a_team_without_written_rules_is_found_where_its_role_is_in_force(cast):
    assert found("T1.rules") == []
    factories.role("Management review team", kind="body", starter_key="management_review_team")
    assert len(found("T1.rules")) == 1


@pytest.mark.parametrize(
    "rule, break_it",
    [
        ("T1.deputy", lambda cast, charter: end(charter, cast.people.deputy)),
        ("T1.senior", lambda cast, charter: end(charter, cast.people.top)),
        ("T1.ism", lambda cast, charter: end(charter, cast.people.ism)),
        ("T1.chair", lambda cast, charter: end(charter, cast.people.top)),
        ("T1.two", lambda cast, charter: sit(charter.role, cast.people.colleague, cast.home, cast.top)),
        ("T1.same", lambda cast, charter: sit(charter.role, cast.people.holder, cast.elsewhere, cast.top, seat="deputy")),
        ("T1.board", lambda cast, charter: Charter.objects.update(delegated="", reference="")),
        ("T1.board", lambda cast, charter: Charter.objects.update(board="")),
        ("T1.authority", lambda cast, charter: no_authority(charter)),
        ("T1.scope", lambda cast, charter: Area.objects.update(in_scope=False)),
    ],
)  # fmt: skip
def test_each_fault_of_the_team_is_found_and_nothing_else(cast, rule, break_it):
    charter = seated(cast)
    assert found(rule) == []
    break_it(cast, charter)
    assert len(found(rule)) == 1


def end(charter, person) -> None:
    yesterday = clock.today() - DAY
    Assignment.objects.filter(role=charter.role, person=person).update(ends_on=yesterday)


def no_authority(charter) -> None:
    AuthorityServes.objects.filter(authority__role=charter.role).delete()
    charter.role.authorities.all().delete()


def test_holders_of_the_role_that_the_rules_name_count_as_senior_management(cast):
    charter = seated(cast)
    end(charter, cast.people.top)
    Charter.objects.update(senior_role=cast.roles.held)
    assert found("T1.senior") == []


def test_the_chairs_deputy_chairs_while_the_chair_is_not_on_the_team(cast):
    charter = seated(cast)
    end(charter, cast.people.top)
    factories.hold(cast.roles.top, cast.people.holder, approver=cast.ism, seat="deputy")
    assert of_team().chair.person == cast.people.holder


# Pages and document -------------------------------------------------------------------------------------------------------------


def test_the_page_shows_every_area_and_where_somebody_is_missing(as_user, cast):
    seated(cast)
    page = as_user("ism").get("/team/").content.decode()
    assert "Hana Holder" in page and "No representative" in page and f"area={cast.elsewhere.pk}" in page


def test_a_member_reads_on_their_own_page_for_whom_they_speak(as_user, cast):
    seated(cast)
    assert "You speak for Operations." in as_user("holder").get("/mine/").content.decode()
    assert "You stand in for Operations" in as_user("deputy").get("/mine/").content.decode()
    assert "You speak for" not in as_user("colleague").get("/mine/").content.decode()


def test_findings_of_the_team_are_not_shown_to_staff(as_user, cast):
    seated(cast)
    assert "What is wrong here" not in as_user("colleague").get("/team/").content.decode()


def test_a_link_proposes_for_the_area(as_user, cast):
    charter = seated(cast)
    page = as_user("ism").get(f"/assignments/propose/?role={charter.role_id}&area={cast.elsewhere.pk}").content.decode()
    assert f'<option value="{cast.elsewhere.pk}" selected>' in page


def test_the_document_prints_the_team_and_says_who_changed(cast):
    assert PART.read(clock.today()) == {}
    seated(cast)
    scope.forget()
    was = PART.read(clock.today())
    assert was["chair"] == "Tora Top" and {place["area"] for place in was["places"]} == {"", "Operations", "Finance"}
    now = was | {"chair": "", "places": was["places"][1:]}
    assert [row["detail"] for row in PART.changes(was, now)] == [
        "The whole organisation: Ismail Keeper, Tora Top → nobody.", "Chair: Tora Top → nobody.",
    ]  # fmt: skip


def test_the_page_costs_the_same_with_one_area_and_with_fifty(as_user, cast):
    charter = seated(cast)
    client = as_user("ism")
    client.get("/team/")
    counts = []
    for number in (1, 50):
        for _place in range(number):
            sit(charter.role, factories.person(), factories.area(), cast.top)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/team/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
