"""Who is told what, when: inbox, mails at once, one digest a day (K2; security cases 22 and 23)."""

import re
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse

from ismsroles.core import clock, outbox
from ismsroles.core.models import Organisation, OutboxMessage
from ismsroles.notices import actions, digests, kinds
from ismsroles.notices.models import Digest, Message, Preference
from ismsroles.notices.sending import AT_ONCE_A_DAY
from ismsroles.notices.telling import Reader, Telling, tell, tell_many
from roles.actions import register
from roles.actions.telling_changes import tell_of_changes

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs" / "messages.md"


def tell_now(user, key="1", **words):
    tell("delegation.offered", [Reader.of(user)], key=key, url="/delegations/1/", holder="Hana", role="Keeper", **words)


def tell_later(user, key="1", **words):
    tell("assignment.ends", [Reader.of(user)], key=key, url="/mine/", role="Keeper", **words)


def at(hour: int, days: int = 0):
    return clock.at(datetime.combine(clock.today() + timedelta(days=days), time(hour), clock.zone()))


def deliver(hour: int, days: int = 0) -> list[mail.EmailMessage]:
    """The mails that go out when the worker looks at this hour."""
    before = len(mail.outbox)
    with at(hour, days):
        digests.make_due()
        outbox.deliver_due(10_000)
    return mail.outbox[before:]


# Mails ------------------------------------------------------------------------------------------------------------------


def test_what_needs_somebody_today_is_mailed_at_once_with_a_way_to_its_page(cast, deliver):
    tell_now(cast.holder, day=clock.today())
    deliver()
    (sent,) = mail.outbox
    assert sent.to == [cast.holder.email] and sent.subject == "Hana asks you to take something over"
    assert "http://127.0.0.1:8000/delegations/1/" in sent.body and "Hello Hana Holder," in sent.body


def test_everything_else_comes_in_one_mail_a_day(cast):
    for number in range(5):
        tell_later(cast.holder, key=str(number))
    (sent,) = deliver(9, days=1)
    assert sent.subject == "5 things are new in the register of roles" and sent.body.count("Your role Keeper ends") == 5


def test_five_thousand_changes_make_one_mail_a_day_and_say_how_many_more_there_are(cast):
    person = Reader.of(cast.holder)
    tell_many(Telling("assignment.ends", person, str(n), "/mine/", params={"role": "Keeper"}) for n in range(5000))
    (sent,) = deliver(9, days=1)
    assert "4960 more messages are in your inbox." in sent.body
    tell_later(cast.holder, key="later the same day")
    assert deliver(11, days=1) == [] and len(deliver(9, days=2)) == 1


def test_no_digest_comes_before_the_hour_and_none_is_left_out_when_the_hour_is_missed(cast):
    with at(1):
        tell_later(cast.holder)
    assert deliver(kinds.HOUR - 1) == [] and len(deliver(23)) == 1


def test_each_chooses_the_hour_and_whether(cast, as_user):
    for persona, chosen in (("holder", {"digest": "on", "hour": 15}), ("deputy", {"hour": 7})):
        assert as_user(persona).post(reverse("message-preferences"), chosen).status_code == 302
        with at(1):
            tell_later(getattr(cast, persona))
    assert deliver(9) == [] and [one.to for one in deliver(16)] == [[cast.holder.email]]


def test_who_reads_it_in_the_inbox_is_not_mailed_it(cast, as_user):
    tell_later(cast.holder)
    as_user("holder").post(reverse("inbox-read"))
    assert deliver(9, days=1) == []


def test_the_same_thing_is_told_once(cast):
    for _again in range(3):
        tell_now(cast.holder)
        tell_later(cast.holder)
    assert Message.objects.count() == 2 and len(deliver(9, days=1)) == 2


def test_above_a_dozen_mails_a_day_the_rest_waits_for_the_digest(cast, deliver):
    for number in range(AT_ONCE_A_DAY + 8):
        tell_now(cast.holder, key=str(number))
    deliver()
    assert len(mail.outbox) == AT_ONCE_A_DAY
    assert Message.objects.filter(when="digest").count() == 8


def test_two_runs_at_once_make_one_digest(cast):
    tell_later(cast.holder)
    with at(9, days=1):
        assert digests.make_due() == 1
        Message.objects.update(digest=None)
        digests.make_due()
    assert Digest.objects.count() == 1 and OutboxMessage.objects.filter(kind="notices.digest").count() == 1


def test_who_has_left_gets_no_digest(cast):
    tell_later(cast.leaver)
    assert deliver(9, days=1) == [] and Digest.objects.get().sent_at


def test_a_mail_has_text_and_html_and_loads_nothing(cast, deliver):
    Organisation.objects.update(accent="#ffee00", name="Bright & Co")
    tell_now(cast.holder)
    deliver()
    (html, kind), *_more = mail.outbox[0].alternatives
    assert kind == "text/html" and '<html lang="en">' in html and "Bright &amp; Co" in html
    assert not re.search(r"<img|<script|<link|src=|url\(|@import|#ffee00", html)
    assert 'href="http://127.0.0.1:8000/delegations/1/"' in html


def test_what_people_wrote_stays_text_in_a_mail(cast, deliver):
    tell_now(cast.holder, day="<script>alert(1)</script>")
    tell(
        "letter.declined",
        [Reader.of(cast.ism)],
        key="1",
        person="A\r\nBcc: all@x.example",
        role="R",
        seat="holder",
        why="{{7*7}}",
    )
    deliver()
    (html, _kind), *_more = mail.outbox[0].alternatives
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert "\n" not in mail.outbox[1].subject and "{{7*7}}" in mail.outbox[1].body


def test_sent_twice_after_a_crash_it_has_the_same_message_id(cast, deliver):
    tell_now(cast.holder)
    deliver()
    OutboxMessage.objects.update(delivered_at=None, payload={"key": Message.objects.get().key})
    Message.objects.update(mailed_at=None)
    deliver()
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 1 and len(mail.outbox) == 2


def test_a_thousand_people_cost_queries_by_batches_not_by_people(cast, django_assert_max_num_queries):
    everybody = [Reader(f"p{n}@testhouse.example", f"Person {n}") for n in range(1000)]
    with django_assert_max_num_queries(24):
        tell("assignment.ends", everybody, key="1", role="Keeper")
    with at(9, days=1), django_assert_max_num_queries(40):
        assert digests.make_due() == 1000
    assert Message.objects.filter(digest=None).count() == 0 and Digest.objects.count() == 1000


# Inbox ------------------------------------------------------------------------------------------------------------------


def test_opening_a_message_changes_nothing_and_a_button_does(cast, as_user):
    tell_later(cast.holder)
    row, browser = Message.objects.get(), as_user("holder")
    browser.get(row.get_absolute_url())
    row.refresh_from_db()
    assert row.read_at is None
    browser.post(reverse("message-read", args=[row.pk]), {"way": "aside"})
    row.refresh_from_db()
    assert row.read_at and row.done_at


def test_what_was_told_before_somebody_had_a_login_stands_in_their_inbox(cast, as_user):
    tell("assignment.ends", [Reader(cast.holder.email.upper(), "Hana")], key="1", role="Keeper")
    assert "Your role Keeper ends" in as_user("holder").get(reverse("inbox")).content.decode()
    assert "Your role Keeper ends" not in as_user("deputy").get(reverse("inbox")).content.decode()


def test_the_navigation_says_how_much_is_new(cast, as_user):
    tell_later(cast.holder)
    page = as_user("holder").get(reverse("inbox"))
    assert [item.count for _group, items in page.context["nav"] for item in items if item.url == reverse("inbox")] == [
        1
    ]


def test_old_messages_go_and_nothing_else_does(cast):
    tell_later(cast.holder)
    with at(9, days=401):
        tell_later(cast.holder, key="2")
        assert actions.forget_old() == 1
    assert Message.objects.get().key.startswith("assignment.ends:2")


def test_an_hour_that_no_day_has_is_refused(as_user):
    assert as_user("holder").post(reverse("message-preferences"), {"hour": 24}).status_code == 422
    assert not Preference.objects.exists()


# The table --------------------------------------------------------------------------------------------------------------


def test_the_table_in_the_docs_is_the_one_in_the_program():
    when = {True: "at once", False: "digest"}
    rows = [f"| {kind.event} | {kind.who} | {when[kind.needs_today]} |" for kind in kinds.known()]
    written = [line for line in DOCS.read_text().splitlines() if line.startswith("| ")][1:]
    assert written == rows, "write it anew:\n" + "\n".join(rows)


@pytest.mark.parametrize("kind", kinds.known(), ids=lambda kind: kind.code)
def test_every_kind_has_words_and_asks_for_no_act_by_a_link(kind):
    said = kinds.in_words(kind.subject, {}) + kinds.in_words(kind.text, {})
    assert said and "!" not in said and "%(" not in said


def test_holders_learn_the_day_after_what_was_changed_in_their_role(cast):
    row = cast.roles.held.responsibilities.first()
    register.change_responsibility(row, "Keeps the list of incidents.", actor=cast.ism)
    assert tell_of_changes() == 0
    with at(2, days=1):
        tell_of_changes()
        tell_of_changes()
    told = Message.objects.filter(code="role.changed")
    assert {one.address for one in told} == {cast.holder.email, cast.deputy.email}
    assert "Keeps the list of incidents." in told[0].lines[0]
