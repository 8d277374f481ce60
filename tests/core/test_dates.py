"""Dates as people write them: read when one reading is possible, refused with the way to write them when none is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ismsroles.core import dates
from ismsroles.core.errors import Invalid

THE_DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-30", "2026/11/30", "2026.11.30.", "20261130", "30.11.2026", "30. 11. 2026", "30/11/2026", "30-11-2026", "11/30/2026",
        "30 Nov 2026", "30-Nov-2026", "30. November 2026", "30 novembre 2026", "30 de noviembre de 2026", "Nov 30, 2026",
        "November 30th, 2026", "Mon, 30 Nov 2026", "2026-11-30T00:00:00", "2026-11-30 09:15", "2026-11-30T00:00:00.000Z",
        "30.11.2026 00:00:00", "11/30/2026 12:00:00 AM", " 30\u00a0Nov  2026 ", "٣٠/١١/٢٠٢٦",
    ],
)  # fmt: skip
def test_one_day_in_the_usual_ways_to_write_it(text):
    assert dates.parse(text) == THE_DAY


@pytest.mark.parametrize(
    "text, day",
    [
        ("1. März 2027", date(2027, 3, 1)), ("1 Mrz 2027", date(2027, 3, 1)), ("1er août 2027", date(2027, 8, 1)),
        ("15. Jänner 2027", date(2027, 1, 15)), ("3 déc. 2027", date(2027, 12, 3)), ("3 ene 2027", date(2027, 1, 3)),
        ("2 Sept. 2027", date(2027, 9, 2)), ("2 fév. 2027", date(2027, 2, 2)),
    ],
)  # fmt: skip
def test_months_by_name_in_four_languages(text, day):
    assert dates.parse(text) == day


def test_numbers_are_read_day_first_unless_the_column_says_otherwise():
    assert dates.parse("01/05/2026") == date(2026, 5, 1)
    assert dates.parse("01/05/2026", order="month first") == date(2026, 1, 5)


@pytest.mark.parametrize(
    "column, order",
    [
        (["01/05/2026", "30/11/2026"], "day first"),
        (["01/05/2026", "11/30/2026"], "month first"),
        (["01/05/2026", "2026-11-30", ""], "day first"),
        (["30/11/2026", "11/30/2026"], None),
    ],
)
def test_the_sure_dates_of_a_column_decide_for_the_others(column, order):
    assert dates.order_of(column) == order


def test_only_dates_with_two_readings_are_called_ambiguous():
    assert [dates.is_ambiguous(text) for text in ("01/05/2026", "05/05/2026", "30/11/2026", "2026-01-05")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("31/02/2027", "There is no 31 February. Write the date as 2027-02-28"),
        ("2027-02-29", "There is no 29 February 2027. Write the date as 2027-02-28"),
        ("31.04.2027", "There is no 31 April. Write the date as 2027-04-30"),
        ("2027-13-01", "There is no month 13. Write the date as year, month, day, such as 2026-11-30"),
        ("30.11.26", "Write the year with four digits, such as 2026-11-30"),
        ("30 Nov 26", "Write the year with four digits, such as 2026-11-30"),
        ("1899-12-31", "The year 1899 is outside 1900 to 2200"),
        ("9999-12-31", "The year 9999 is outside 1900 to 2200"),
        ("tomorrow", "Write the date as year, month, day, such as 2026-11-30"),
        ("46356", "Write the date as year, month, day, such as 2026-11-30"),
        ("=TODAY()", "Write the date as year, month, day, such as 2026-11-30"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_the_way_to_write_it(text, sentence):
    with pytest.raises(Invalid) as refused:
        dates.parse(text)
    assert refused.value.message == sentence


def test_excels_count_of_days_is_understood_where_dates_are_expected():
    assert dates.parse("46356", serials=True) == THE_DAY
    assert dates.parse("46356.5", serials=True) == THE_DAY


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_is_read_back_from_iso_and_from_day_first(day):
    assert dates.parse(day.isoformat()) == day
    assert dates.parse(f"{day.day}.{day.month}.{day.year}") == day


@given(st.text(max_size=30))
def test_no_text_at_all_causes_another_kind_of_error(text):
    try:
        assert dates.FIRST_YEAR <= dates.parse(text, serials=True).year <= dates.LAST_YEAR
    except Invalid as refused:
        assert refused.message
