"""Quorum, the days of meetings and the calendar, for any team and any day (T2, T3; security case 28)."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from reviews.planning import due_by, moment, plan
from reviews.quorum import Rules, quorum

SEATS = st.dictionaries(st.integers(1, 12), st.one_of(st.none(), st.integers(1, 6)), max_size=12)
CAME = st.dictionaries(st.integers(1, 12), st.one_of(st.none(), st.integers(1, 20)), max_size=12)
RULES = st.builds(Rules, st.integers(1, 100), st.booleans(), st.booleans())
PEOPLE = st.frozensets(st.integers(1, 20), max_size=5)
ZONES = ["Europe/London", "Pacific/Kiritimati", "Etc/GMT+12", "America/St_Johns", "Australia/Lord_Howe"]
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(SEATS, CAME, RULES, PEOPLE, PEOPLE)
def test_a_quorum_counts_each_area_once_and_never_more_than_came(seats, came, rules, seniors, chairs):
    areas = {area for area in seats.values() if area is not None}
    found = quorum(areas, seats, came, rules, seniors=seniors, chairs=chairs)
    there = {came.get(seat) for seat in seats} - {None}
    assert found.represented <= min(found.areas, len(there)) and found.needed <= found.areas
    assert found.needed * 100 >= rules.percent * found.areas > (found.needed - 1) * 100 or not areas


@given(SEATS, CAME, RULES, PEOPLE, PEOPLE, st.integers(1, 12))
def test_one_more_who_comes_never_takes_a_quorum_away(seats, came, rules, seniors, chairs, seat):
    areas = {area for area in seats.values() if area is not None}
    more = came | {seat: 99} if came.get(seat) is None else came
    before, after = (quorum(areas, seats, one, rules, seniors=seniors, chairs=chairs) for one in (came, more))
    assert after.is_met or not before.is_met


@given(SEATS, RULES)
def test_an_empty_room_has_no_quorum_where_somebody_is_asked_for(seats, rules):
    areas = {area for area in seats.values() if area is not None}
    found = quorum(areas, seats, {}, rules, seniors={1}, chairs={1})
    assert not found.is_met or not (areas or rules.senior or rules.chair)


def test_an_area_that_nobody_represents_counts_among_those_that_must_be():
    found = quorum({1, 2, 3, 4}, {10: 1}, {10: 7}, Rules(50), seniors={7}, chairs={7})
    assert (found.represented, found.needed, found.missing) == (1, 2, ("areas",))


@given(DAYS, st.integers(1, 3), st.integers(1, 12))
def test_no_meeting_is_planned_later_than_the_interval_or_on_a_weekend(first, every, count):
    days = plan(first, every, count)
    assert len(days) == count and all(day.weekday() < 5 for day in days)
    assert all(day <= due_by(first, every * number) for number, day in enumerate(days, 1))
    assert all(later - day <= timedelta(days=31 * every + 2) for day, later in zip(days, days[1:], strict=False))


@given(DAYS, st.sampled_from(ZONES))
def test_a_meeting_begins_on_its_own_day_whatever_the_zone_and_the_season(day, zone):
    at = moment(day, time(10), ZoneInfo(zone))
    assert at.date() == day and at.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).time() == time(10)
