"""At least annually: a year after the last one, never later, on every date and in every zone (V1; case 28)."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from reviews import dates

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
MONTHS = st.integers(1, 12)
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(DAYS)
def test_a_year_after_is_the_same_day_or_the_months_end_and_never_later(day):
    due = dates.due_after(day, 12)
    assert (due.year, due.month) == (day.year + 1, day.month) and due.day <= day.day
    assert due.day == day.day or (due + timedelta(days=1)).day == 1


@given(DAYS, MONTHS)
def test_what_is_due_by_a_day_is_exactly_what_was_reviewed_long_enough_ago(horizon, months):
    cut = dates.latest_base(horizon, months)
    assert dates.due_after(cut, months) <= horizon < dates.due_after(cut + timedelta(days=1), months)


@given(DAYS, MONTHS, st.integers(-400, 400))
def test_the_cut_and_the_due_day_agree_for_every_base(horizon, months, offset):
    base = horizon + timedelta(days=offset)
    assert (base <= dates.latest_base(horizon, months)) == (dates.due_after(base, months) <= horizon)


@given(DAYS, MONTHS)
def test_reviewing_on_the_first_possible_day_makes_a_later_period(day, months):
    due = dates.due_after(day, months)
    assert dates.due_after(dates.opens_on(due, months), months) != due


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 12, 31)), ZONES)
def test_a_moment_belongs_to_one_day_of_the_organisation_and_the_year_counts_from_it(moment, zone):
    there = moment.replace(tzinfo=UTC).astimezone(zone).date()
    assert abs((there - moment.date()).days) <= 1
    assert timedelta(days=365) - timedelta(days=1) <= dates.due_after(there, 12) - there <= timedelta(days=366)


@given(DAYS, st.integers(-40, 40))
def test_the_telling_only_goes_forward(due, offset):
    today = due + timedelta(days=offset)
    assert dates.step(due, today) <= dates.step(due, today + timedelta(days=1))


@given(st.lists(DAYS, max_size=30))
def test_spreading_never_moves_anything_later(dues):
    first = date(2000, 1, 1)
    moved = dates.spread(len(dues), dues, first)
    assert all(new <= was for new, was in zip(moved, sorted(dues), strict=True))
