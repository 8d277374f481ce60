"""Campaigns "acknowledge version 3": who has, who has not, reminders, export (K2)."""

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ismsroles.core import clock, events, findings
from ismsroles.core.errors import Invalid, NotAllowed, Stale, WrongState
from ismsroles.notices.models import Message
from reviews.actions import campaigns as actions
from reviews.actions import sheets
from reviews.models import Campaign, Reading
from reviews.queries import campaigns as queries
from roles.models import Person
from tests import factories
from tests.access_world import version

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def campaign(cast) -> Campaign:
    return actions.open_campaign(version(cast, "3.0", "published"), days=14, actor=cast.ism)


def later(days: int):
    return clock.at(clock.now() + days * DAY)


def told(person, code: str) -> int:
    return Message.objects.filter(code=code, address=person.email).count()


def test_everybody_who_is_there_is_asked_once(cast, campaign):
    actions.remind_of_campaigns()
    asked = set(Message.objects.filter(code="campaign.asked").values_list("address", flat=True))
    assert asked == set(Person.objects.current(clock.today()).values_list("email", flat=True))
    assert cast.leaver.email not in asked and Message.objects.count() == len(asked)


def test_who_acknowledges_acknowledges_exactly_what_was_shown(cast, campaign, as_user):
    browser, address = as_user("holder"), reverse("campaign-read", args=[campaign.pk])
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', browser.get(address).content.decode())[1]
    assert not Reading.objects.exists()
    assert browser.post(address, {"seen": "0" * 64}).status_code == 409
    assert browser.post(address, {"seen": seen}).status_code == 302
    assert browser.post(address, {"seen": seen}).status_code == 302
    row = Reading.objects.get()
    assert (row.person, row.sha256, row.by) == (cast.people.holder, campaign.version.final_id, cast.holder)
    assert Message.objects.get(address=cast.holder.email).done_at


def test_nobody_acknowledges_for_somebody_else_or_from_outside(cast, campaign):
    with pytest.raises(NotAllowed):
        actions.acknowledge_version(campaign, actor=cast.auditor, seen=campaign.sha256)
    with pytest.raises(Stale):
        actions.acknowledge_version(campaign, actor=cast.holder, seen="")


def test_reminders_come_a_week_before_and_each_week_after_the_day(cast, campaign):
    actions.acknowledge_version(campaign, actor=cast.deputy, seen=campaign.sha256)
    came = []
    for day in range(30):
        with later(day):
            actions.remind_of_campaigns()
            came.append(Message.objects.filter(address=cast.holder.email).count())
    assert [day for day in range(1, 30) if came[day] > came[day - 1]] == [7, 15, 22, 29]
    assert told(cast.people.deputy, "campaign.late") == 0


def test_after_an_outage_the_newest_reminder_comes_and_not_all(cast, campaign):
    with later(25):
        actions.remind_of_campaigns()
    assert told(cast.people.holder, "campaign.soon") == 0 and told(cast.people.holder, "campaign.late") == 1


def test_who_joins_later_is_asked_then_and_has_as_many_days(cast, campaign):
    joiner = factories.person("Jo Joiner", starts_on=clock.today() + 10 * DAY)
    with later(11):
        actions.remind_of_campaigns()
        assert queries.late(campaign, clock.today() + 12 * DAY) == len(queries.missing(campaign, clock.today())) - 1
    assert told(joiner, "campaign.asked") == 1 and campaign.due_on(joiner.starts_on) == clock.today() + 24 * DAY


def test_leavers_drop_out(cast, campaign):
    before = queries.whole(queries.per_area(campaign, clock.today())).asked
    Person.objects.filter(pk=cast.people.holder.pk).update(last_day=clock.today())
    assert queries.whole(queries.per_area(campaign, clock.today() + DAY)).asked == before - 1


def test_progress_is_counted_for_each_area_and_names_are_shown_to_who_may_see_them(cast, campaign, as_user):
    actions.acknowledge_version(campaign, actor=cast.holder, seen=campaign.sha256)
    areas = {one.name: (one.read, one.asked) for one in queries.per_area(campaign, clock.today())}
    assert areas["Operations"] == (1, 4)
    page = {
        who: as_user(who).get(campaign.get_absolute_url()).content.decode() for who in ("top", "ism", "representative")
    }
    assert "Hana Holder" not in page["top"] and "1 of 4" in page["top"]
    assert "Hana Holder" in page["ism"] and "Cole Colleague" in page["ism"]
    assert "Hana Holder" in page["representative"] and "Cole Colleague" not in page["representative"]


def test_the_list_is_exported_and_only_as_far_as_names_are_seen(cast, campaign, as_user):
    address = reverse("campaign-export", args=[campaign.pk, "csv"])
    everybody = as_user("ism").get(address).content.decode()
    assert everybody.count("\r\n") == Person.objects.current(clock.today()).count() + 1 and campaign.sha256 in everybody
    assert "Cole Colleague" not in as_user("representative").get(address).content.decode()


def test_a_campaign_is_about_a_version_in_force_and_runs_once(cast, campaign):
    with pytest.raises(Invalid):
        actions.open_campaign(campaign.version, days=14, actor=cast.ism)
    with pytest.raises(Invalid):
        actions.open_campaign(version(cast, "4.0", "sent"), days=14, actor=cast.ism)
    with pytest.raises(NotAllowed):
        actions.open_campaign(campaign.version, days=14, actor=cast.top)


def test_a_closed_campaign_asks_nobody_and_keeps_what_was_acknowledged(cast, campaign):
    actions.acknowledge_version(campaign, actor=cast.holder, seen=campaign.sha256)
    actions.close_campaign(campaign, actor=cast.ism)
    assert not Message.objects.filter(done_at=None).exists()
    with later(20):
        assert actions.remind_of_campaigns() == 0
    with pytest.raises(WrongState):
        actions.acknowledge_version(campaign, actor=cast.deputy, seen=campaign.sha256)
    assert Reading.objects.count() == 1


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"opened_on": date(2020, 1, 1)}])
def test_the_database_keeps_what_was_asked(campaign, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(**change)


def test_the_database_keeps_who_has_read(cast, campaign):
    actions.acknowledge_version(campaign, actor=cast.holder, seen=campaign.sha256)
    for change in (lambda rows: rows.update(sha256="0" * 64), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Reading.objects.all())


def test_who_is_late_is_a_finding_that_counts(campaign):
    with later(15):
        found = [one.sentence for one in findings.current() if one.rule == "K2.late"]
    assert len(found) == 1 and "have not acknowledged" in found[0]


def test_what_is_to_be_read_stands_on_ones_own_page(cast, campaign, as_user):
    assert "To read and acknowledge" in as_user("holder").get(reverse("mine")).content.decode()
    actions.acknowledge_version(campaign, actor=cast.holder, seen=campaign.sha256)
    assert "To read and acknowledge" not in as_user("holder").get(reverse("mine")).content.decode()


def test_five_hundred_people_cost_as_many_queries_as_five(cast, campaign, django_assert_max_num_queries):
    area = cast.elsewhere
    Person.objects.bulk_create(
        [Person(name=f"P {n}", email=f"p{n}@x.example", area=area, starts_on=clock.today()) for n in range(500)]
    )
    with django_assert_max_num_queries(2):
        queries.per_area(campaign, clock.today())
    with django_assert_max_num_queries(16):
        actions.remind_of_campaigns()


# On paper, and what follows a version that is signed off ---------------------------------------------------------------------


def signed_paper(cast, campaign, *people, **values):
    values = {"signed_on": clock.today(), "reference": "List of the morning meeting", **values}
    return sheets.record_sheet(campaign, actor=cast.ism, people=people, **values)


def test_who_has_no_login_is_recorded_with_the_paper(cast, campaign):
    caretaker = factories.person("Carla Caretaker")
    signed_paper(cast, campaign, caretaker)
    row = Reading.objects.get(person=caretaker)
    assert (row.sheet.reference, row.by, row.sha256) == ("List of the morning meeting", cast.ism, campaign.sha256)
    assert Message.objects.filter(about=f"{campaign.about}{caretaker.pk}", done_at=None).count() == 0


def test_who_has_a_login_says_it_themself(cast, campaign):
    with pytest.raises(Invalid, match="without a login"):
        signed_paper(cast, campaign, cast.people.holder)
    with pytest.raises(NotAllowed):
        sheets.record_sheet(
            campaign, actor=cast.top, people=[factories.person()], signed_on=clock.today(), reference="x"
        )


@pytest.mark.parametrize(
    "values", [{"reference": " "}, {"signed_on": date(2020, 1, 1)}, {"signed_on": date(2100, 1, 1)}]
)
def test_a_paper_that_cannot_be_or_cannot_be_found_records_nobody(cast, campaign, values):
    with pytest.raises(Invalid):
        signed_paper(cast, campaign, factories.person(), **values)
    assert not Reading.objects.exists()


def test_a_paper_of_forty_costs_as_many_queries_as_one_of_two(cast, campaign):
    made = [Person(name=f"P {n}", area=cast.elsewhere, starts_on=clock.today()) for n in range(42)]
    people = Person.objects.bulk_create(made)
    asked = []
    for some in (people[:2], people[2:]):
        with CaptureQueriesContext(connection) as seen:
            signed_paper(cast, campaign, *some)
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_the_page_records_several_people_of_one_paper(cast, campaign, as_user):
    people = [factories.person(), factories.person()]
    values = {"people": [one.pk for one in people], "signed_on": clock.today().isoformat(), "reference": "Folder 7"}
    assert as_user("ism").post(reverse("campaign-record", args=[campaign.pk]), values).status_code == 302
    page = as_user("ism").get(campaign.get_absolute_url()).content.decode()
    assert Reading.objects.count() == 2 and page.count("· on paper") == 2 and "Folder 7" in page


def test_a_version_that_comes_into_force_is_offered_to_who_keeps_the_register(cast, as_user):
    made = version(cast, "5.0", "published")
    events.record("version.published", actor=None, subject=made, sha256=made.final_id)
    message = Message.objects.get(code="campaign.offer")
    assert message.address == cast.ism.email and message.url.endswith(f"?version={made.pk}")
    assert f'value="{made.pk}" selected' in as_user("ism").get(message.url).content.decode()
    actions.open_campaign(made, days=14, actor=cast.ism)
    assert Message.objects.get(code="campaign.offer").done_at


def test_nobody_is_asked_any_more_for_a_version_that_was_superseded(cast, campaign):
    events.record("version.superseded", actor=None, subject=campaign.version, by="3.1")
    campaign.refresh_from_db()
    assert campaign.state == "closed" and not Message.objects.filter(code="campaign.asked", done_at=None).exists()
