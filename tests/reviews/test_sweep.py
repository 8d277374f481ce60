"""Reviews open by their date: due and not yet done, once each, whoever runs the sweep and when (V1; rule 11; cases 25, 27, 28)."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ismsroles.core import clock, history, scope
from ismsroles.core.models import AuditEvent, Organisation
from reviews import dates, opening, reviewers, sweep
from reviews.models import Covered, Review
from reviews.reviewable import kind_of
from roles.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def at(days: int, hour: int = 8) -> datetime:
    """So many days from now."""
    return clock.now().replace(hour=hour) + days * DAY


def of(role: Role) -> list[Review]:
    return list(Review.objects.filter(subject_kind="role", subject_id=role.pk))


def test_a_role_is_due_a_year_after_it_was_put_in_force_and_opens_30_days_ahead(cast):
    due = dates.due_after(clock.today(), 12)
    sweep.run_due(at((due - clock.today()).days - 31))
    assert of(cast.roles.held) == []
    sweep.run_due(at((due - clock.today()).days - 30))
    review = of(cast.roles.held)[0]
    assert (review.due_on, review.period, review.kind, review.state) == (due, due, "periodic", "open")


def test_a_second_run_opens_nothing(cast):
    first = sweep.run_due(at(340))
    assert first.opened and sweep.run_due(at(340)).opened == 0


def test_the_year_counts_from_the_last_review_that_covered_everything(cast):
    sweep.run_due(at(340))
    review = of(cast.roles.held)[0]
    on = clock.today() + 350 * DAY
    Review.objects.filter(pk=review.pk).update(
        state="done", outcome="right", completed_on=on, completed_by=cast.ism, completed_by_person=cast.people.ism
    )
    Covered.objects.create(subject_kind="role", subject_id=cast.roles.held.pk, on=on, review=review)
    sweep.run_due(at(360))
    assert len(of(cast.roles.held)) == 1
    sweep.run_due(at(350 + 366))
    assert [one.due_on for one in of(cast.roles.held)] == [review.due_on, dates.due_after(on, 12)]


def test_who_reviews_is_the_ism_and_for_the_isms_own_role_top_management(cast):
    sweep.run_due(at(340))
    assert of(cast.roles.held)[0].reviewer == cast.people.ism
    assert of(cast.roles.ism)[0].reviewer == cast.people.top


def test_whoever_holds_the_role_or_stands_in_is_asked(cast):
    sweep.run_due(at(340))
    asked = {one.person for one in of(cast.roles.held)[0].stakeholders.all()}
    assert asked == {cast.people.holder, cast.people.deputy}


def test_a_draft_or_retired_role_is_not_reviewed(cast):
    drafted = factories.role("Drafted", state="draft")
    sweep.run_due(at(340))
    assert of(drafted) == []


def test_the_opening_is_told_in_the_log(cast):
    sweep.run_due(at(340))
    event = AuditEvent.objects.filter(code="review.opened").first()
    assert event.sentence.startswith("A review of") and event.actor is None


@pytest.mark.parametrize("hours", [1, 24, 24 * 7, 24 * 90, 24 * 400])
def test_a_scheduler_that_was_off_opens_each_due_review_once(cast, hours):
    """Case 27: from 1 hour to 400 days, then on again."""
    start = 335
    sweep.run_due(at(start))
    sweep.run_due(at(start) + timedelta(hours=hours))
    sweep.run_due(at(start) + timedelta(hours=hours))
    kept = list(Review.objects.values_list("subject_kind", "subject_id"))
    expected = {("role", role.pk) for role in Role.objects.active()}
    assert len(kept) == len(set(kept)) and expected <= set(kept)


# Their names have the sign the other way round: from fourteen hours before Greenwich's midnight to twelve after it.
ZONES = st.sampled_from([f"Etc/GMT{hours:+d}" for hours in range(-14, 13)])
MINUTES = st.one_of(st.integers(-120, 120), st.integers(-400 * 1440, 400 * 1440))


@settings(max_examples=60)
@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 12, 31)), ZONES, MINUTES)
def test_each_review_opens_once_from_the_midnight_thirty_days_before_its_day_on(organisation, begun, name, minutes):
    """Every date from 2000 to 2100 and every zone; the scheduler was off until then, for up to 400 days after its time (case 27, 28)."""
    zone = ZoneInfo(name)
    with transaction.atomic():
        Organisation.objects.update(time_zone=name)
        with clock.at(begun.replace(tzinfo=UTC)):
            role = history.save(Role(title="Dated", purpose="Is due.", state="active", kind="many"), actor=None)
        due = a_year_after(begun.replace(tzinfo=UTC).astimezone(zone).date())
        moment = datetime.combine(due - 30 * DAY, time.min, zone) + timedelta(minutes=minutes)
        assert [opened(moment), opened(moment)] == [int(minutes >= 0), 0]
        assert [one.due_on for one in of(role)] == [due] * (minutes >= 0)
        transaction.set_rollback(True)


def a_year_after(day: date) -> date:
    """The same day of the next year; of a leap day, 28 February."""
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def opened(moment: datetime) -> int:
    """What the sweep of the roles opens at this moment."""
    with clock.at(moment.astimezone(UTC)), scope.opened():
        return opening.open_due(kind_of("role"), reviewers.offices(clock.today()))


def test_the_database_keeps_one_periodic_review_for_a_subject_and_period(cast):
    sweep.run_due(at(340))
    review = of(cast.roles.held)[0]
    review.pk, review.state, review.superseded_by_id = None, "superseded", review.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        review.save(force_insert=True)


def test_a_review_is_never_due_later_than_its_period(cast):
    sweep.run_due(at(340))
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=of(cast.roles.held)[0].pk).update(due_on=date(2100, 1, 1))


def test_queries_of_a_run_do_not_grow_with_the_things(cast, django_assert_max_num_queries):
    roles = [factories.role() for _number in range(30)]
    with django_assert_max_num_queries(150):
        sweep.run_due(at(340))
    assert all(of(role) for role in roles)


def test_the_command_says_what_it_did_and_takes_a_moment(cast):
    out = StringIO()
    call_command("run_due", now=at(340).isoformat(), stdout=out)
    assert "reviews opened:" in out.getvalue()
    with pytest.raises(CommandError) as refused:
        call_command("run_due", now="tomorrow")
    assert refused.value.returncode == 2


def test_the_command_ends_with_1_when_a_review_is_overdue(cast):
    with pytest.raises(SystemExit) as ended:
        call_command("run_due", now=datetime(2100, 1, 1, tzinfo=UTC).isoformat(), stdout=StringIO())
    assert ended.value.code == 1
