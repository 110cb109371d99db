import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.facts.numbers import agree, compatible, numbers


def one(text: str, language: str = "en"):  # type: ignore[no-untyped-def]
    (number,) = numbers(text, language)
    return number


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("2 million", "en", 2e6, ""),
        ("$2bn", "en", 2e9, "USD"),
        ("1,500 men", "en", 1500, ""),
        ("a dozen eggs", "en", 12, ""),
        ("twenty-three boats", "en", 23, ""),
        ("one hundred and twenty-five", "en", 125, ""),
        ("40 percent", "en", 40, "%"),
        ("3.5 percentage points", "en", 3.5, "points"),
        ("the third man", "en", 3, "ordinal"),
        ("1,5 Mio. Euro", "de", 1.5e6, "EUR"),
        ("1.500 Menschen", "de", 1500, ""),
        ("40 %", "de", 40, "%"),
        ("1 500 personnes", "fr", 1500, ""),
        ("2,5 milliards d'euros", "fr", 2.5e9, "EUR"),
        ("40 por ciento", "es", 40, "%"),
        ("tres millones", "es", 3e6, ""),
    ],
)
def test_numbers_are_read_with_scale_and_unit(text: str, language: str, value: float, unit: str) -> None:
    number = one(text, language)
    assert math.isclose(number.value, value)
    assert number.unit == unit


def test_digits_in_names_are_no_numbers() -> None:
    assert numbers("An F-16 of the G7 in the COVID-19 years") == ()


def test_two_thirds_is_a_fraction_where_something_is_divided() -> None:
    assert math.isclose(one("two-thirds of the voters").value, 2 / 3)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("about 2 million", "1.98 million"),
        ("2 million", "1.98 million"),
        ("more than 40 people", "43 people"),
        ("nearly 50 people", "48 people"),
        ("40 percent", "40 per cent"),
        ("40 people", "more than 40 people"),
        ("dozens of people", "34 people"),
        ("12 people", "a dozen people"),
    ],
)
def test_rounder_numbers_stand_for_finer_ones(claim: str, source: str) -> None:
    assert agree(one(claim), one(source))


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("40 people", "14 people"),
        ("1.98 million", "2 million"),
        ("40 percent", "40 percentage points"),
        ("$40", "€40"),
        ("more than 50 people", "43 people"),
        ("nearly 50 people", "58 people"),
        ("2 million", "2 billion"),
    ],
)
def test_other_numbers_do_not_agree(claim: str, source: str) -> None:
    assert not agree(one(claim), one(source))


def test_at_least_twelve_and_fifteen_may_both_be_true() -> None:
    assert compatible(one("at least 12 people"), one("15 people"))
    assert not compatible(one("14 people"), one("17 people"))


@given(st.integers(min_value=2, max_value=10**9))
def test_a_number_agrees_with_itself_however_it_is_grouped(value: int) -> None:
    assert agree(one(f"{value:,} tonnes"), one(f"{value} tonnes"))


@given(st.text(max_size=80), st.sampled_from(["en", "de", "fr", "es", "ja", ""]))
def test_spans_hold_the_words_of_the_number(text: str, language: str) -> None:
    for number in numbers(text, language):
        assert text[number.start : number.end] == number.text
