"""Due days are worked out: month ends clamped, never later, never by a job (C5; security case 28)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competence.due import crossed, months_after, next_due

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2027, 10, 31), 6, date(2028, 4, 30)),
    ],
)
def test_the_last_day_of_a_shorter_month_stands_for_the_missing_one(day, months, then):
    assert months_after(day, months) == then


@given(days, st.integers(1, 60))
def test_so_many_months_later_is_in_that_month_and_never_on_a_later_day(day, months):
    then = months_after(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months and then.day <= day.day


def test_the_first_time_counts_from_joining_or_from_when_the_course_began():
    begins = date(2026, 3, 1)
    common = {"every": 12, "begins": begins, "first_days": 30}
    assert next_due(None, None, joined=date(2020, 1, 1), **common) == date(2026, 3, 31)
    assert next_due(None, None, joined=date(2026, 6, 1), **common) == date(2026, 7, 1)
    assert next_due(date(2026, 3, 5), None, joined=None, **common) == date(2027, 3, 5)


def test_a_certificate_that_ends_sooner_is_due_sooner():
    given_ = {"every": 12, "begins": date(2026, 1, 1), "joined": None, "first_days": 30}
    assert next_due(date(2026, 3, 5), date(2026, 9, 1), **given_) == date(2026, 9, 1)


@given(days, st.integers(-400, 60))
def test_a_reminder_belongs_to_the_newest_threshold_that_was_crossed(today, left):
    due = today + timedelta(days=left)
    since = crossed(due, today)
    assert since is not None and since <= today
    assert (due - since).days in (-1, 7, 30, 60)


@given(days, st.integers(61, 400))
def test_what_is_further_away_than_sixty_days_reminds_nobody(today, left):
    assert crossed(today + timedelta(days=left), today) is None
