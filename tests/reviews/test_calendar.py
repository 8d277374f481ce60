"""Invitations and calendar links that real programs read (T2; rule 14; ASVS 9.2.1, 11.5.1)."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from icalendar import Calendar

from ismsroles.core import clock, scope
from ismsroles.core.errors import NotAllowed
from reviews.actions import meetings, minuting
from reviews.actions.feeds import make_link, revoke_link
from reviews.calendars import Entry, feed, invitation
from reviews.models import CalendarFeed
from tests import factories
from tests.reviews.making import held, meeting, seated, sit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 30, 15, 123, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def coming(cast):
    seated(cast)
    scope.forget()
    return meeting(days=20)


def sent(deliver) -> list[tuple[str, Calendar]]:
    """(address, calendar) of every mail with an entry, as it goes over the wire."""
    mail.outbox.clear()
    deliver()
    found = []
    for message in mail.outbox:
        whole = message_from_bytes(message.message().as_bytes(), policy=policy.default)
        parts = [part for part in whole.walk() if part.get_content_type() == "text/calendar"]
        found += [(message.to[0], part, Calendar.from_ical(part.get_content())) for part in parts]
    return found


def test_every_member_and_deputy_is_invited_once_and_sees_nobody_else(coming, cast, deliver):
    meetings.invite(coming, actor=cast.ism)
    meetings.invite(coming, actor=cast.ism)
    found = sent(deliver)
    assert sorted(to for to, *_rest in found) == sorted(
        p.email for p in (cast.people.holder, cast.people.deputy, cast.people.ism, cast.people.top)
    )
    for to, part, calendar in found:
        (event,) = calendar.walk("VEVENT")
        assert part.get_param("method") == calendar["method"] == "REQUEST" and str(event["attendee"]) == f"mailto:{to}"
        assert event.start == coming.starts_at and event["uid"] == f"{coming.uid}@ismsroles" and event["sequence"] == 0


def test_a_change_and_a_cancellation_reach_the_same_entry(coming, cast, deliver):
    meetings.invite(coming, actor=cast.ism)
    sent(deliver)
    meetings.change_meeting(coming, actor=cast.ism, starts_at=coming.starts_at + DAY, lasts=60, place="Room 2")
    (event,) = sent(deliver)[0][2].walk("VEVENT")
    assert (event["sequence"], event["uid"], event["location"]) == (1, f"{coming.uid}@ismsroles", "Room 2")
    meetings.cancel_meeting(coming, actor=cast.ism, reason="Too few can come")
    calendar = sent(deliver)[0][2]
    (event,) = calendar.walk("VEVENT")
    assert (calendar["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 2)


def test_nobody_hears_of_a_change_before_the_invitation_and_who_joins_later_gets_one(coming, cast, deliver):
    meetings.change_meeting(coming, actor=cast.ism, starts_at=coming.starts_at + DAY, lasts=60, place="Room 2")
    assert sent(deliver) == []
    meetings.invite(coming, actor=cast.ism)
    sent(deliver)
    sit(
        type(cast.roles.top).objects.get(title="Management review team"),
        cast.people.colleague,
        cast.elsewhere,
        cast.top,
    )
    meetings.invite(coming, actor=cast.ism)
    assert [to for to, *_rest in sent(deliver)] == [cast.people.colleague.email]


def test_texts_cannot_break_out_of_their_line_and_long_lines_are_folded():
    entry = Entry(
        "u@x", "Review\r\nATTENDEE:mailto:evil@x", AT, AT + DAY, place="A; B, C" + "ä" * 200, text="Line\nBEGIN:VEVENT"
    )
    raw = invitation(entry, method="REQUEST", organiser="a@x", organiser_name='O"x', to="b@x", name="B\r\nX:y", at=AT)
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert str(event["attendee"]) == "mailto:b@x" and len(Calendar.from_ical(raw).walk("VEVENT")) == 1
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n")) and "\n" not in raw.replace("\r\n", "")
    assert event["location"].startswith("A; B, C") and event["dtstamp"].dt.microsecond == 0


def test_a_day_is_a_day_and_not_a_midnight():
    raw = feed([Entry("d@x", "Due", AT.date())], title="T", at=AT)
    assert b"DTSTART;VALUE=DATE:20261122" in raw and b"DTEND;VALUE=DATE:20261123" in raw


def test_the_link_gives_meetings_and_due_dates_of_its_person_and_of_nobody_else(coming, cast, client):
    one = held(cast)
    minuting.give_action(one, actor=cast.ism, text="Write it", owner=cast.people.holder, due_on=clock.today() + DAY)
    minuting.give_action(one, actor=cast.ism, text="Not yours", owner=cast.people.colleague, due_on=clock.today() + DAY)
    answer = client.get(f"/calendar/{make_link(cast.people.holder, actor=cast.holder)}.ics")
    titles = [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert answer["Content-Type"].startswith("text/calendar") and answer["Cache-Control"] == "private, no-store"
    assert str(coming) in titles and "Due: Write it" in titles
    body = answer.content.decode()
    assert "Not yours" not in body and "ATTENDEE" not in body and "Dov" not in body


def test_only_the_fingerprint_of_a_link_is_kept_and_a_new_one_ends_the_old(coming, cast, client):
    first = make_link(cast.people.holder, actor=cast.holder)
    second = make_link(cast.people.holder, actor=cast.holder)
    assert first not in str(CalendarFeed.objects.values_list()) and len(second) >= 43
    assert client.get(f"/calendar/{first}.ics").status_code == 404
    assert client.get(f"/calendar/{second}.ics").status_code == 200
    revoke_link(cast.people.holder, actor=cast.administrator)
    assert client.get(f"/calendar/{second}.ics").status_code == 404


def test_a_link_is_ones_own_and_ends_when_its_person_leaves(coming, cast, client):
    with pytest.raises(NotAllowed):
        make_link(cast.people.holder, actor=cast.ism)
    secret = make_link(cast.people.holder, actor=cast.holder)
    type(cast.people.holder).objects.filter(pk=cast.people.holder.pk).update(last_day=clock.today() - DAY)
    assert client.get(f"/calendar/{secret}.ics").status_code == 404


def test_somebody_outside_the_team_has_no_meetings_in_their_calendar(coming, cast):
    out = StringIO()
    call_command("calendar_feed", cast.people.colleague.email, stdout=out)
    assert Calendar.from_ical(out.getvalue()).walk("VEVENT") == []
    call_command("calendar_feed", cast.people.holder.email, stdout=out)
    assert str(coming) in out.getvalue()


def test_the_page_shows_a_new_link_once(coming, as_user, cast):
    client = as_user("holder")
    page = client.post("/calendar/link/")
    assert ".ics" in page.content.decode() and "no-store" in page["Cache-Control"]
    assert ".ics" not in client.get("/calendar/").content.decode()
    assert (
        factories.PASSWORD and client.post("/calendar/revoke/").status_code == 302 and not CalendarFeed.objects.exists()
    )
