"""Meetings of the management review team: planned, held, decided, carried on (T2, T3, T5)."""

from datetime import time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ismsroles.core import clock, findings, scope
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent, Organisation
from ismsroles.notices.models import Message
from reviews.actions import changes, meetings, minuting, parties
from reviews.agenda import ITEMS, Period, figures
from reviews.meeting_states import ACTION, MEETING
from reviews.models import AgendaItem, Attendance, Charter, Decision, Meeting, TeamAction
from reviews.queries.meetings import attendance_of, carried_to, chaired, quorum_of
from reviews.queries.team import team
from roles.actions.people import record_last_day
from roles.models import Area
from tests.reviews.making import came, held, meeting, seated

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def charter(cast):
    """A team; Finance is out of scope, so that half of nothing is not asked for."""
    made = seated(cast)
    scope.forget()
    return made


def found(rule: str) -> list[str]:
    scope.forget()
    return [one.sentence for one in findings.current() if one.rule == rule]


def plan(cast, **values) -> list[Meeting]:
    values = {"first": clock.today() + 10 * DAY, "at": time(10), "lasts": 90, "place": "Room 1", **values}
    return meetings.plan_meetings(actor=cast.ism, **values)


def give(cast, one: Meeting, **values) -> TeamAction:
    values = {"text": "Write the plan", "owner": cast.people.colleague, "due_on": clock.today() + 20 * DAY, **values}
    return minuting.give_action(one, actor=cast.ism, **values)


# Planning -----------------------------------------------------------------------------------------------------------------------


def test_a_year_of_meetings_is_planned_with_a_quarter_at_most_between_them(cast, charter):
    made = plan(cast)
    days = [one.day for one in made]
    assert len(made) == 4 and all(later - day <= 92 * DAY for day, later in zip(days, days[1:], strict=False))
    assert len({one.number for one in made}) == 4


def test_each_meeting_begins_at_the_same_hour_in_summer_and_in_winter(cast, charter):
    hours = {one.starts_at.astimezone(clock.zone()).time() for one in plan(cast)}
    assert hours == {time(10)}


def test_each_meeting_gets_the_agenda_of_the_clause(cast, charter):
    (one,) = plan(cast, count=1)
    assert [item.key for item in AgendaItem.objects.filter(meeting=one)] == [key for key, _clause, _title in ITEMS]


@pytest.mark.parametrize("persona", ["holder", "colleague", "auditor", "administrator"])
def test_only_who_keeps_the_register_and_the_chair_plan(cast, charter, persona):
    with pytest.raises(NotAllowed):
        meetings.plan_meetings(
            actor=getattr(cast, persona), first=clock.today(), at=time(10), lasts=60, place="Here", count=1
        )
    assert meetings.plan_meetings(actor=cast.top, first=clock.today(), at=time(10), lasts=60, place="Here", count=1)


def test_without_rules_of_the_team_nothing_is_planned(cast):
    with pytest.raises(WrongState):
        plan(cast)


@pytest.mark.parametrize(
    "values, field",
    [({"count": 13}, "count"), ({"count": 0}, "count"), ({"lasts": 5}, "lasts"), ({"place": ""}, "place")],
)
def test_what_cannot_be_is_refused_and_nothing_is_planned(cast, charter, values, field):
    with pytest.raises(Invalid) as refused:
        plan(cast, **values)
    assert refused.value.field == field and not Meeting.objects.exists()


# States -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", sorted(MEETING.states))
@pytest.mark.parametrize("verb", ["move", "hold", "cancel", "minute"])
def test_a_meeting_moves_only_as_its_table_says(cast, charter, state, verb):
    one = in_state(cast, state)
    acts = {
        "move": lambda: meetings.change_meeting(one, actor=cast.ism, starts_at=one.starts_at, lasts=60, place="Room 2"),
        "hold": lambda: meetings.hold(one, actor=cast.ism, came=came(cast)),
        "cancel": lambda: meetings.cancel_meeting(one, actor=cast.ism, reason="Too few"),
        "minute": lambda: minuting.write_note(one.agendaitem_set.first(), actor=cast.ism, note="Said."),
    }
    if MEETING.allows(state, verb) or (state, verb) == ("held", "hold"):
        acts[verb]()
    else:
        with pytest.raises(WrongState):
            acts[verb]()


def in_state(cast, state: str) -> Meeting:
    if state == "held":
        return held(cast)
    one = meeting()
    return meetings.cancel_meeting(one, actor=cast.ism, reason="Ill") if state == "cancelled" else one


def test_a_cancelled_meeting_says_why_and_a_held_one_is_never_deleted(cast, charter):
    with pytest.raises(Invalid):
        meetings.cancel_meeting(meeting(), actor=cast.ism, reason=" ")
    one = held(cast, days=-9)
    for change in (
        lambda: Meeting.objects.filter(pk=one.pk).delete(),
        lambda: Meeting.objects.filter(pk=one.pk).update(state="planned"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_who_came_is_not_recorded_before_it_begins(cast, charter):
    with pytest.raises(WrongState, match="not begun"):
        meetings.hold(meeting(days=5), actor=cast.ism, came=came(cast))


# Who came, and whether they could decide ------------------------------------------------------------------------------------------


def test_a_deputy_sits_in_place_of_the_member_and_it_says_so(cast, charter):
    one = held(cast, holder=cast.people.deputy)
    row = Attendance.objects.get(meeting=one, person=cast.people.deputy)
    assert row.is_deputy and row.seat.person == cast.people.holder


def test_nobody_but_the_member_or_a_deputy_sits_in_a_place(cast, charter):
    with pytest.raises(Invalid, match="Only the member or a deputy"):
        held(cast, holder=cast.people.colleague)


def test_without_senior_management_or_chair_the_team_decides_nothing(cast, charter):
    one = held(cast, top=None)
    counted = quorum_of(team(one.day), attendance_of(one))
    assert counted.missing == ("senior", "chair")
    with pytest.raises(WrongState, match="could not decide"):
        minuting.decide(one, actor=cast.ism, text="Buy it")


def test_without_the_areas_the_team_decides_nothing_and_the_finding_says_so(cast, charter):
    Charter.objects.update(quorum_percent=100)
    held(cast)
    assert found("T3.quorum") != []
    Area.objects.filter(pk=cast.elsewhere.pk).update(in_scope=False)
    assert found("T3.quorum") == []


def test_attendance_is_not_corrected_so_that_what_was_decided_could_not_have_been(cast, charter):
    one = held(cast)
    minuting.decide(one, actor=cast.ism, text="Buy it")
    with pytest.raises(Invalid, match="Take the decisions back"):
        meetings.hold(one, actor=cast.ism, came=came(cast, top=None))


def test_the_chair_is_who_holds_the_role_that_leads_and_came(cast, charter):
    one = held(cast)
    assert chaired(team(one.day), attendance_of(one)) == cast.people.top


def test_the_database_keeps_one_person_in_one_place(cast, charter):
    one = held(cast, holder=None)
    empty = Attendance.objects.get(meeting=one, person=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Attendance.objects.filter(pk=empty.pk).update(person=cast.people.top)


# Agenda and figures -----------------------------------------------------------------------------------------------------------------


def test_every_item_with_figures_gives_plain_words_and_numbers(cast, charter):
    period = Period(clock.today() - 90 * DAY, clock.today())
    given = {key: figures(key, period) for key, _clause, _title in ITEMS}
    assert all(set(row) == {"label", "value", "url"} for rows in given.values() for row in rows)
    assert [key for key in given if not given[key]] == ["report"]  # what the information security manager writes


def test_the_figures_of_a_meeting_stay_as_they_were_shown(cast, charter):
    one = held(cast)
    was = AgendaItem.objects.get(meeting=one, key="resources").figures
    record_last_day(cast.people.holder, clock.today(), actor=cast.ism, reason="Leaves")
    assert AgendaItem.objects.get(meeting=one, key="resources").figures == was != []


def test_the_report_has_five_parts_and_its_lack_is_found(cast, charter):
    one = held(cast)
    assert found("T5") == [f"The report to {one} is not complete."]
    parts = dict.fromkeys(("audit_results", "incidents", "new_risks", "assigned_risks", "improvements"), "None.")
    minuting.write_report(one, actor=cast.ism, **parts)
    assert found("T5") == []
    with pytest.raises(NotAllowed):
        minuting.write_report(one, actor=cast.top, **parts)


# Actions ------------------------------------------------------------------------------------------------------------------------


def test_an_action_stands_on_each_agenda_until_it_is_done(cast, charter):
    first = held(cast, days=-100)
    made = give(cast, first)
    second, third = meeting(days=-1), meeting(days=30)
    assert list(carried_to(second)) == list(carried_to(third)) == [made] and not carried_to(first)
    minuting.close_action(made, actor=cast.colleague, result="Written and sent")
    assert list(carried_to(second)) == [made] and not carried_to(third)


@pytest.mark.parametrize("state", sorted(ACTION.states))
@pytest.mark.parametrize("verb", sorted(ACTION.verbs))
def test_an_action_moves_only_as_its_table_says(cast, charter, state, verb):
    made = give(cast, held(cast))
    if state != "open":
        made = minuting.close_action(
            made, actor=cast.ism, result="So", outcome={"done": "finish", "dropped": "drop"}[state]
        )
    acts = {
        "change": lambda: minuting.change_action(
            made, actor=cast.ism, owner=cast.people.top, due_on=made.due_on, reason="Better"
        ),
        "finish": lambda: minuting.close_action(made, actor=cast.ism, result="So"),
        "drop": lambda: minuting.close_action(made, actor=cast.ism, result="So", outcome="drop"),
        "reopen": lambda: minuting.reopen_action(made, actor=cast.ism, reason="Not done"),
    }
    if ACTION.allows(state, verb):
        assert acts[verb]().state == ACTION.move(state, verb)
    else:
        with pytest.raises(WrongState):
            acts[verb]()


def test_an_action_has_an_owner_who_is_there_on_its_day(cast, charter):
    one = held(cast)
    for values in ({"owner": cast.people.leaver}, {"due_on": clock.today() - DAY}):
        with pytest.raises(Invalid):
            give(cast, one, **values)
    record_last_day(cast.people.colleague, clock.today() + 5 * DAY, actor=cast.ism, reason="Leaves")
    with pytest.raises(Invalid, match="leaves on"):
        give(cast, one, owner=type(cast.people.colleague).objects.get(pk=cast.people.colleague.pk))


def test_only_its_owner_or_who_keeps_the_meetings_finishes_it_and_nobody_rewrites_it(cast, charter):
    made = give(cast, held(cast))
    with pytest.raises(NotAllowed):
        minuting.close_action(made, actor=cast.holder, result="So")
    with pytest.raises(NotAllowed):
        minuting.close_action(made, actor=cast.colleague, result="No use", outcome="drop")
    with pytest.raises(DatabaseError), transaction.atomic():
        TeamAction.objects.filter(pk=made.pk).update(text="Something else")


def test_what_is_overdue_or_waits_for_a_leaver_is_found(cast, charter):
    made = give(cast, held(cast))
    assert found("T3.overdue") == found("T3.owner") == []
    person = record_last_day(cast.people.colleague, clock.today() + 5 * DAY, actor=cast.ism, reason="Leaves")
    assert len(found("T3.owner")) == 1 and any("needs another owner" in one.sentence for one in person.outcomes)
    with clock.at(clock.now() + 30 * DAY):
        assert [sentence[: len(made.number)] for sentence in found("T3.overdue")] == [made.number]


def test_its_owner_is_told_once(cast, charter):
    made = give(cast, held(cast))
    (told,) = Message.objects.filter(code="action.given", about=f"team-action:{made.pk}")
    assert told.address == made.owner.email and told.done_at is None
    minuting.close_action(made, actor=cast.ism, result="Done.")
    told.refresh_from_db()
    assert told.done_at is not None


# What is wrong ------------------------------------------------------------------------------------------------------------------


def test_a_team_that_has_not_met_for_a_quarter_is_found(cast, charter):
    held(cast, days=-95)
    assert len(found("T2")) == 1
    held(cast, days=-1)
    assert found("T2") == []


def test_a_next_meeting_that_is_missing_or_too_late_is_found(cast, charter):
    held(cast)
    assert found("T2.planned") == ["No meeting of the Management review team is planned."]
    one = meeting(days=120)
    assert "is planned for" in found("T2.planned")[0]
    meetings.change_meeting(one, actor=cast.ism, starts_at=clock.now() + 60 * DAY, lasts=60, place="Room 1")
    assert found("T2.planned") == []


def test_a_meeting_of_which_nothing_is_recorded_and_minutes_that_are_missing_are_found(cast, charter):
    meeting(days=-4)
    assert len(found("T3.recorded")) == 1
    held(cast, days=-20)
    assert len(found("T3.minutes")) == 1


def test_a_meeting_soon_to_which_nobody_was_invited_is_found(cast, charter):
    one = meeting(days=7)
    assert len(found("T2.invited")) == 1
    meetings.invite(one, actor=cast.ism)
    assert found("T2.invited") == []


# Pages --------------------------------------------------------------------------------------------------------------------------


def test_a_meeting_is_kept_from_click_to_click(as_user, cast, charter):
    client = as_user("ism")
    day = clock.today().isoformat()
    client.post("/team/meetings/plan/", {"first": day, "at": "00:00", "lasts": "60", "place": "Room 1", "count": "1"})
    one = Meeting.objects.get()
    client.post(f"/team/meetings/{one.pk}/attendance/", {f"seat_{seat}": person for seat, person in came(cast).items()})
    item = one.agendaitem_set.first()
    client.post(f"/team/meetings/{one.pk}/items/{item.pk}/", {"note": "All is well."})
    client.post(f"/team/meetings/{one.pk}/decisions/add/", {"text": "Carry on.", "item": item.pk})
    owner = f"Cole Colleague <{cast.people.colleague.email}>"
    client.post(f"/team/meetings/{one.pk}/actions/add/", {"text": "Tell all.", "owner": owner, "due_on": day})
    page = client.get(f"/team/meetings/{one.pk}/").content.decode()
    assert all(words in page for words in ("Quorum met", "All is well.", "Carry on.", "Tell all."))
    assert Decision.objects.get().item == item and AuditEvent.objects.filter(code="team_action.given").exists()


def test_an_owner_outside_the_team_sees_their_action_and_no_meeting(as_user, cast, charter):
    one = held(cast)
    made = give(cast, one)
    client = as_user("colleague")
    assert client.get(f"/team/actions/{made.pk}/").status_code == 200
    assert client.get(f"/team/meetings/{one.pk}/").status_code == 404
    assert client.post(f"/team/actions/{made.pk}/close/", {"result": "Told."}).status_code == 302


def test_the_pages_cost_the_same_with_one_action_and_with_fifty(as_user, cast, charter):
    one, client = held(cast), as_user("ism")
    urls = (f"/team/meetings/{one.pk}/", "/team/actions/", "/team/meetings/")
    give(cast, one)
    counts = [asked(client, url) for url in urls]
    for _number in range(49):
        give(cast, one)
    assert [asked(client, url) for url in urls] == counts


def asked(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def test_the_page_says_the_hour_where_the_organisation_is(as_user, cast, charter):
    type(organisation := Organisation.current()).objects.filter(pk=organisation.pk).update(time_zone="Pacific/Auckland")
    scope.forget()
    page = as_user("ism").get(f"/team/meetings/{meeting(days=9).pk}/").content.decode()
    assert "10:00–12:00 (Pacific/Auckland)" in page


def test_the_agenda_counts_what_was_reported_given_and_found_since_the_last_meeting(cast, charter):
    changes.report_anomaly(actor=cast.colleague, what="Nobody answered the alarm.", happened_on=clock.today())
    parties.add_party(actor=cast.ism, name="City laboratory", kind="customer")
    period = Period(clock.today() - 90 * DAY, clock.today())
    assert figures("feedback", period)[0]["value"] == figures("needs", period)[1]["value"] == "1"
    earlier = Period(period.since - 90 * DAY, period.since - DAY)
    assert figures("feedback", earlier)[0]["value"] == figures("needs", earlier)[1]["value"] == "0"


def test_the_agenda_of_a_meeting_to_come_calls_nothing_late_that_is_not_late_today(cast, charter):
    give(cast, held(cast, days=-100), due_on=clock.today() + DAY)
    to_come = Period(clock.today() - 90 * DAY, clock.today() + 30 * DAY)
    assert {row["label"]: row["value"] for row in figures("actions", to_come)}["Overdue"] == "0"
    with clock.at(clock.now() + 2 * DAY):
        assert {row["label"]: row["value"] for row in figures("actions", to_come)}["Overdue"] == "1"
