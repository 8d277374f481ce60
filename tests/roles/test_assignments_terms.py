"""Terms and "current" over any dates, in any zone (design rule 4; security case 28)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ismsroles.core import clock
from ismsroles.core.models import Organisation
from roles import terms
from roles.models import Assignment, Person
from tests import factories

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
ENDS = st.none() | DAYS
ZONES = [
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Europe/London",
    "America/St_Johns",
    "UTC",
]
FEW = settings(max_examples=60)


def days_of(start: date, end: date | None) -> set[date]:
    last = end or date(2101, 6, 1)
    return {start + timedelta(days=n) for n in range((last - start).days + 1)}


@given(DAYS, st.integers(0, 60), DAYS, st.integers(0, 60))
@example(date(2024, 2, 29), 0, date(2024, 2, 29), 0)
def test_two_terms_overlap_exactly_when_they_share_a_day(a, a_length, b, b_length):
    a_end, b_end = a + timedelta(days=a_length), b + timedelta(days=b_length)
    assert terms.overlap(a, a_end, b, b_end) == bool(days_of(a, a_end) & days_of(b, b_end))


@given(DAYS, ENDS, DAYS, ENDS)
def test_overlapping_is_mutual(a, a_end, b, b_end):
    assert terms.overlap(a, a_end, b, b_end) == terms.overlap(b, b_end, a, a_end)


@given(DAYS, DAYS)
def test_who_follows_the_day_after_does_not_overlap(start, other):
    first, second = sorted([start, other])
    if first < second:
        assert not terms.overlap(first, terms.day_before(second), second, None)


@given(ENDS, ENDS, DAYS)
def test_a_day_lies_within_when_it_is_neither_before_nor_after(start, end, day):
    assert terms.contains(start, end, day) == (not (start and day < start) and not (end and day > end))


@pytest.mark.django_db
@FEW
@given(start=DAYS, length=ENDS, joined=ENDS, left=ENDS, day=DAYS)
def test_the_database_and_the_page_agree_on_who_is_in_office_on_any_day(cast, start, length, joined, left, day):
    """The queryset, the object and plain arithmetic give one answer; last days count."""
    end = max(start, length) if length else None
    left = max(joined, left) if joined and left else left
    person = Person.objects.create(name="Any Body", starts_on=joined, last_day=left)
    made = factories.hold(factories.role(kind="many"), person, approver=cast.top, starts_on=start, ends_on=end)
    expected = terms.contains(start, end, day) and terms.contains(joined, left, day)
    assert made.is_current(day) == expected
    assert Assignment.objects.current(day).filter(pk=made.pk).exists() == expected


@pytest.mark.django_db
@FEW
@given(start=DAYS, length=ENDS, other=DAYS, other_length=ENDS)
def test_the_database_finds_exactly_the_terms_that_share_a_day(cast, start, length, other, other_length):
    end, other_end = (max(a, b) if b else None for a, b in ((start, length), (other, other_length)))
    made = factories.hold(
        factories.role(kind="many"), factories.person(), approver=cast.top, starts_on=start, ends_on=end
    )
    found = Assignment.objects.filter(pk=made.pk).overlapping(other, other_end).exists()
    assert found == terms.overlap(start, end, other, other_end)


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ZONES)
def test_an_assignment_is_in_force_from_midnight_to_midnight_in_the_organisations_zone(cast, zone):
    Organisation.objects.update(time_zone=zone)
    first, last = date(2026, 3, 29), date(2026, 10, 25)  # the days on which clocks change in Europe
    made = factories.hold(factories.role(), factories.person(), approver=cast.top, starts_on=first, ends_on=last)
    local = clock.zone()
    edges = [
        (datetime(2026, 3, 28, 23, 59, 59, tzinfo=local), False),
        (datetime(2026, 3, 29, 0, 0, 0, tzinfo=local), True),
        (datetime(2026, 10, 25, 23, 59, 59, tzinfo=local), True),
        (datetime(2026, 10, 26, 0, 0, 0, tzinfo=local), False),
    ]
    for moment, expected in edges:
        with clock.at(moment.astimezone(UTC)):
            assert made.is_current(clock.today()) == expected, (zone, moment)


@pytest.mark.django_db
def test_the_same_moment_is_two_days_apart_at_the_two_ends_of_the_world(organisation):
    with clock.at(datetime(2026, 1, 1, 11, 30, tzinfo=UTC)):
        Organisation.objects.update(time_zone="Pacific/Kiritimati")
        east = clock.today()
        Organisation.objects.update(time_zone="Etc/GMT+12")
        assert (east - clock.today()).days == 2
