from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.facts.dates import dates, same_day

THURSDAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("on 3 March 2026", "en"),
        ("on March 3, 2026", "en"),
        ("2026-03-03", "en"),
        ("last Tuesday", "en"),
        ("am 3. März 2026", "de"),
        ("am Dienstag", "de"),
        ("le 3 mars 2026", "fr"),
        ("el martes", "es"),
        ("3.3.2026", "de"),
    ],
)
def test_dates_resolve_to_the_day(text: str, language: str) -> None:
    (day,) = dates(text, language, THURSDAY)
    assert (day.year, day.month, day.day, day.weekday) == (2026, 3, 3, 1)


def test_periods_resolve_as_far_as_they_go() -> None:
    month, year = dates("last month and last year", "en", date(2026, 1, 5))
    assert (month.year, month.month, month.day) == (2025, 12, None)
    assert (year.year, year.month) == (2025, None)


def test_may_is_a_month_only_where_it_is_one() -> None:
    assert dates("It may rain. May I ask?") == ()
    assert [d.month for d in dates("It rained in May and on May 4.")] == [5, 5]


def test_a_figure_that_counts_is_no_year() -> None:
    assert dates("about 2000 people") == ()
    assert [d.year for d in dates("in 2019")] == [2019]


def test_a_weekday_stands_for_the_date_it_fell_on() -> None:
    (claimed,) = dates("3 March")
    (given_day,) = dates("on Tuesday", "en", THURSDAY)
    assert same_day(claimed, given_day)
    assert not same_day(dates("on Monday")[0], dates("on Tuesday")[0])


def test_a_coarser_date_agrees_with_a_finer_one() -> None:
    assert same_day(dates("in March 2026")[0], dates("on 3 March 2026")[0])
    assert not same_day(dates("in April 2026")[0], dates("on 3 March 2026")[0])


@given(st.text(max_size=80), st.dates())
def test_spans_hold_the_words_of_the_date(text: str, published: date) -> None:
    for day in dates(text, "en", published):
        assert text[day.start : day.end] == day.text
