"""What changes opens a review or joins the open one, once (V2, V4; rule 11)."""

from datetime import timedelta
from pathlib import Path

import pytest

from ismsroles.core import clock, events
from ismsroles.core.models import AuditEvent, OutboxMessage
from raci.actions import owners
from raci.models import Asset
from reviews import changes, sweep
from reviews.actions import changes as actions
from reviews.changes import CHANGES
from reviews.lapses import LAPSES
from reviews.models import Review, Trigger
from roles.actions import areas, people, register
from tests import factories
from tests.competence import world as small

pytestmark = pytest.mark.django_db


def of(subject) -> list[Review]:
    return list(Review.objects.filter(kind="on_change", subject_id=subject.pk, subject_kind=subject._meta.model_name))


def whole() -> list[Review]:
    return list(Review.objects.filter(kind="on_change", subject_kind="whole"))


def test_a_leavers_roles_are_reviewed(cast, deliver):
    people.record_last_day(cast.people.holder, clock.today() + timedelta(days=30), actor=cast.ism)
    deliver()
    review = of(cast.roles.held)[0]
    assert review.due_on == clock.today() + timedelta(days=14)
    assert "Hana Holder" in review.triggers.first().sentence


def test_a_leaver_of_yesterday_opens_the_same_review(cast, deliver):
    people.record_last_day(cast.people.holder, clock.today() - timedelta(days=1), actor=cast.ism)
    deliver()
    assert len(of(cast.roles.held)) == 1


def test_later_changes_join_the_open_review(cast, deliver):
    people.record_last_day(cast.people.holder, clock.today() + timedelta(days=30), actor=cast.ism)
    register.change_role(cast.roles.held, actor=cast.ism, purpose="Another purpose that can be tested.")
    deliver()
    review = of(cast.roles.held)[0]
    assert len(of(cast.roles.held)) == 1
    assert {"person.leaves", "role.changed"} <= {one.code for one in review.triggers.all()}


def test_a_change_that_is_delivered_twice_counts_once(cast, deliver):
    register.change_role(cast.roles.held, actor=cast.ism, purpose="Another purpose that can be tested.")
    payload = OutboxMessage.objects.get(kind="reviews.changed").payload
    deliver()
    changes.after_change(payload)
    assert Trigger.objects.filter(code="role.changed").count() == 1


def test_after_a_review_is_done_the_next_change_opens_a_new_one(cast, deliver):
    register.change_role(cast.roles.held, actor=cast.ism, purpose="Another purpose that can be tested.")
    deliver()
    Review.objects.filter(pk=of(cast.roles.held)[0].pk).update(
        state="done",
        outcome="right",
        completed_on=clock.today(),
        completed_by=cast.ism,
        completed_by_person=cast.people.ism,
    )
    register.change_role(cast.roles.held, actor=cast.ism, purpose="Yet another purpose that can be tested.")
    deliver()
    assert [one.state for one in of(cast.roles.held)] == ["done", "open"] or len(of(cast.roles.held)) == 2


def test_a_draft_role_is_not_reviewed(cast, deliver):
    drafted = register.add_role(actor=cast.ism, title="Drafted")
    register.change_role(drafted, actor=cast.ism, purpose="Another purpose that can be tested.")
    deliver()
    assert of(drafted) == []


def test_a_new_area_opens_a_review_of_the_whole(cast, deliver):
    areas.add_area(actor=cast.ism, name="Laboratory")
    deliver()
    assert [one.subject_label for one in whole()] == ["Roles as a whole"]


def test_a_new_cloud_service_opens_a_review_of_its_owner_another_asset_does_not(cast, deliver):
    cloud = owners.add_asset(actor=cast.ism, name="Mail service", kind="cloud", owner_role=cast.roles.held)
    owners.add_asset(actor=cast.ism, name="Cupboard", kind="information", owner_role=cast.roles.held)
    deliver()
    assert [one.subject_id for one in Review.objects.filter(subject_kind="asset")] == [cloud.pk]
    assert Asset.objects.count() == 2


def test_a_declared_acquisition_opens_the_roles_it_touches_and_the_whole(cast, deliver):
    actions.declare_change(
        actor=cast.top, kind="acquisition", day=clock.today(), what="A laboratory joins us.", areas=[cast.home]
    )
    deliver()
    assert len(of(cast.roles.held)) == 1 and len(whole()) == 1 and of(cast.roles.vacant) == []


@pytest.mark.parametrize("named", [True, False])
def test_an_anomaly_leads_to_a_review_of_its_role_or_of_the_whole(cast, deliver, named):
    role = cast.roles.held if named else None
    actions.report_anomaly(
        actor=cast.colleague, what="Nobody answered the alarm.", happened_on=clock.today(), role=role
    )
    deliver()
    assert bool(of(cast.roles.held)) is named and bool(whole()) is not named


def test_lapsed_competence_opens_a_review_of_the_assignment_once_and_names_nobody(cast):
    skill = small.skill("Incident response")
    small.need(cast.roles.held, skill, 2)
    yesterday = clock.today() - timedelta(days=1)
    small.shows(cast.people.holder, skill, 3, valid_until=yesterday, assessed_on=yesterday - timedelta(days=100))
    sweep.run_due()
    sweep.run_due()
    review = of(cast.held.holder)[0]
    assert len(of(cast.held.holder)) == 1
    sentence = review.triggers.get().sentence
    assert "Hana" not in sentence and "Incident" not in sentence


def test_a_thousand_events_are_not_a_thousand_queries(cast, deliver, django_assert_max_num_queries):
    made = [factories.role() for _number in range(40)]
    with django_assert_max_num_queries(15):
        events.record_many([events.prepare("role.changed", actor=cast.ism, subject=role, what="x") for role in made])
    with django_assert_max_num_queries(60):
        deliver()
    assert Review.objects.filter(kind="on_change").count() == 40


def test_every_event_of_the_table_is_registered_and_listed_once():
    codes = [code for change in CHANGES for code in change.codes]
    assert len(codes) == len(set(codes)) and set(codes) <= events.codes()
    assert {lapse.code for lapse in LAPSES} <= events.codes()


def test_the_log_of_a_gesture_that_fails_opens_nothing(cast, deliver):
    before = AuditEvent.objects.count()
    with pytest.raises(ValueError, match="stop"):
        from django.db import transaction

        with transaction.atomic():
            people.record_last_day(cast.people.holder, clock.today(), actor=cast.ism)
            raise ValueError("stop")
    deliver()
    assert AuditEvent.objects.count() == before and of(cast.roles.held) == []


def test_the_page_in_the_docs_says_what_the_table_says():
    """Mend with: python manage.py shell -c "from reviews.printed import table; print(table())" """
    from reviews.printed import table

    assert table() in (Path(__file__).parents[2] / "docs" / "reviews.md").read_text()
