"""What is due again: month ends are clamped, never later (coverage A8; design §6; security case 28)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roles.intervals import add, next_check

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "every", "unit", "due"),
    [
        ((2027, 1, 31), 1, "month", (2027, 2, 28)),
        ((2028, 1, 31), 1, "month", (2028, 2, 29)),
        ((2028, 2, 29), 12, "month", (2029, 2, 28)),
        ((2026, 11, 30), 3, "month", (2027, 2, 28)),
        ((2026, 12, 31), 2, "week", (2027, 1, 14)),
        ((2026, 12, 31), 1, "day", (2027, 1, 1)),
    ],
)
def test_the_next_day_is_clamped_to_the_months_end(day, every, unit, due):
    assert add(date(*day), every, unit) == date(*due)


@given(DAYS, st.integers(1, 120))
def test_months_are_never_longer_than_asked(day, months):
    due = add(day, months, "month")
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months and due.day <= day.day


@given(
    DAYS,
    st.integers(0, 900),
    st.integers(1, 366),
    st.sampled_from(["day", "week", "month"]),
    st.none() | st.integers(0, 900),
)
def test_a_check_is_due_at_the_latest_on_the_last_day_and_ends_with_one_there(first, lasts, every, unit, checked):
    last = first + timedelta(days=lasts)
    on = None if checked is None else first + timedelta(days=checked)
    due = next_check(first, last, every, unit, on)
    assert (due is None) == (on is not None and on >= last)
    assert due is None or ((on or first) <= due <= last)
