"""Words given as evidence, found in the text they are from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.facts.excerpt import find

DAM = (
    "The Tessa dam burst on Tuesday. Ninety people left their homes. The mayor said it was not clear if the flood had "
    "reached Tarn."
)


def found(quote: str, text: str = DAM) -> str | None:
    span = find(quote, text)
    return None if span is None else text[slice(*span)]


@pytest.mark.parametrize(
    "quote",
    ["Ninety people left their homes", "ninety people  left\ntheir homes", "“Ninety people left their homes”"],
)
def test_white_space_case_and_quotation_marks_make_no_difference(quote: str) -> None:
    assert found(quote) == "Ninety people left their homes"


def test_an_ellipsis_joins_two_parts() -> None:
    assert found("The Tessa dam burst ... Ninety people left") == DAM[: DAM.index(" their")]


def test_a_slip_in_a_longer_quote_is_forgiven_and_an_invention_is_not() -> None:
    slip = found("it was not clear whether the flood had reached Tarn")
    assert slip is not None
    assert "not clear if the flood" in slip
    assert found("The coalition said the flood had destroyed Tarn") is None
    assert found("Eighty people left") is None
    assert found("") is None


def test_scripts_without_spaces_are_found() -> None:
    assert found("新しい橋を開いた", "東京の市長は新しい橋を開いた。天気は晴れだった。") == "新しい橋を開いた"


@given(st.text(max_size=80))
def test_what_is_found_lies_in_the_text(quote: str) -> None:
    span = find(quote, DAM)
    assert span is None or 0 <= span[0] < span[1] <= len(DAM)
