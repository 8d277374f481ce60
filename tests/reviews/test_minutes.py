"""Minutes: frozen as they are, signed by the chair with the password, kept as PDF (T3; design rules 2, 9, 10)."""

import json

import pytest
from django.db import DatabaseError, transaction

from ismsroles.core import scope
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.core.models import OutboxMessage
from ismsroles.records import actions as records
from ismsroles.records.models import Version
from ismsroles.records.verify import verify
from reviews.actions import meetings, minuting
from reviews.actions.minutes import freeze_minutes, send_minutes
from reviews.minutes import paper
from reviews.models import AgendaItem, Attendance, Decision, Meeting
from tests import factories
from tests.reviews.making import came, held, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def met(cast) -> Meeting:
    """A meeting that decided something, with a deputy in a member's place."""
    seated(cast)
    scope.forget()
    one = held(cast, holder=cast.people.deputy)
    minuting.write_report(one, actor=cast.ism, incidents="One lost laptop, encrypted.")
    item = AgendaItem.objects.get(meeting=one, key="improvement")
    minuting.write_note(item, actor=cast.ism, note="A second pair of eyes.\nBy spring.")
    minuting.decide(one, actor=cast.ism, text="Train the deputies.", item=item)
    return one


def drafted(one: Meeting, cast) -> Version:
    version = freeze_minutes(one, actor=cast.ism)
    records.render_draft(version.pk)
    one.refresh_from_db()
    return Version.objects.get(pk=version.pk)


def signed(one: Meeting, cast) -> Version:
    drafted(one, cast)
    version = send_minutes(one, actor=cast.ism)
    seen = {"seen_snapshot": version.snapshot_id, "seen_draft": version.draft_id}
    records.sign(version, actor=cast.top, password=factories.PASSWORD, **seen)
    records.publish(version.pk)
    return Version.objects.get(pk=version.pk)


def test_minutes_go_from_the_meeting_to_a_pdf_signed_by_the_chair(met, cast):
    version = signed(met, cast)
    assert version.state == "published" and verify(bytes(version.final.content)).state == "current"
    (signoff,) = json.loads(bytes(version.signoffs_record.content))
    assert (
        signoff["name"] == "Tora Top"
        and signoff["role"] == "Chair, Management review team"
        and signoff["method"] == "password"
    )
    pdf = bytes(version.final.content)
    assert pdf.startswith(records.render_final_bytes(version)) and b"pdfaid" in pdf and b"pdfuaid" in pdf


def test_the_minutes_say_who_came_in_whose_place_and_what_was_decided(met, cast):
    minuting.decide(met, actor=cast.ism, text="Meet again in May.")
    told = json.loads(bytes(drafted(met, cast).snapshot.content))
    html = paper.html(told, b"{}", None, "")
    assert (
        "Dov Deputy, deputy, in place of Hana Holder" in html
        and "Train the deputies." in html
        and "One lost laptop" in html
    )
    assert told["items"][-1]["decisions"] == ["Meet again in May."]
    assert told["quorum"]["met"] and told["chair"] == "Tora Top"


def test_what_was_minuted_is_frozen_until_the_minutes_are_recalled(met, cast):
    version = drafted(met, cast)
    for act in (
        lambda: minuting.decide(met, actor=cast.ism, text="Later thought"),
        lambda: minuting.write_report(met, actor=cast.ism, incidents="None."),
        lambda: meetings.hold(met, actor=cast.ism, came=came(cast)),
        lambda: freeze_minutes(met, actor=cast.ism),
    ):
        with pytest.raises(WrongState):
            act()
    records.recall(version, actor=cast.ism, reason="A word is wrong")
    assert minuting.decide(met, actor=cast.ism, text="Better so").pk


def test_nobody_gets_around_the_freezing_through_the_database(met, cast):
    drafted(met, cast)
    seat = Attendance.objects.filter(meeting=met).first()
    for act in (
        lambda: AgendaItem.objects.filter(meeting=met).update(note="Other"),
        lambda: Decision.objects.filter(meeting=met).delete(),
        lambda: Decision.objects.create(meeting=met, text="Sneaked in"),
        lambda: Attendance.objects.filter(pk=seat.pk).delete(),
        lambda: Meeting.objects.filter(pk=met.pk).update(place="Elsewhere"),
        lambda: Meeting.objects.filter(pk=met.pk).update(minutes=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_only_who_keeps_the_register_writes_them_up_and_the_chair_does_not_sign_their_own(met, cast):
    with pytest.raises(NotAllowed):
        freeze_minutes(met, actor=cast.top)
    factories.hold(factories.role("Keeper too", persona="ism"), cast.people.top, approver=cast.ism)
    scope.forget()
    with pytest.raises(WrongState, match="Somebody else freezes"):
        freeze_minutes(met, actor=cast.top)


def test_a_meeting_without_a_chair_has_nobody_to_sign(cast):
    seated(cast)
    scope.forget()
    with pytest.raises(WrongState, match="nobody can sign"):
        freeze_minutes(held(cast, top=None), actor=cast.ism)


def test_what_no_font_can_print_is_refused_before_it_is_frozen(met, cast):
    minuting.decide(met, actor=cast.ism, text="Agreed 😀")
    with pytest.raises(Invalid, match="No font"):
        freeze_minutes(met, actor=cast.ism)


def test_the_chair_is_told_and_nobody_who_is_not_on_the_team_sees_the_minutes(met, cast, as_user):
    version = drafted(met, cast)
    send_minutes(met, actor=cast.ism)
    assert OutboxMessage.objects.filter(key__contains=f"minutes.waits:{version.pk}:{cast.top.email}").exists()
    answers = {
        who: as_user(who).get(f"/document/{version.pk}/").status_code
        for who in ("ism", "top", "holder", "auditor", "colleague")
    }
    assert answers == {"ism": 200, "top": 200, "holder": 200, "auditor": 200, "colleague": 404}
    assert as_user("top").get(f"/document/{version.pk}/sign/").status_code == 200
    assert as_user("holder").post(f"/document/{version.pk}/recall/", {"reason": "No"}).status_code == 403


def test_minutes_of_one_meeting_do_not_supersede_those_of_another(met, cast):
    first = signed(met, cast)
    scope.forget()
    second = signed(held(cast, days=-1), cast)
    assert Version.objects.get(pk=first.pk).state == second.state == "published"
