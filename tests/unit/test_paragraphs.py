"""Paragraphs: where they end, whatever the layout."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.text.paragraphs import paragraphs

STORY = (
    "The ferry that links the two banks of the river will stop for repairs from Monday, the harbour office said. "
    "It expects the works to last until the end of the month, and has hired two smaller boats for the time being. "
    "They carry no cars."
)
REPLY = "Shopkeepers on the left bank asked the council to pay for a bus, but the council has not yet answered them."


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n\n", "\n", "\r\n", "\r", "\u2029", "\x0c"])
def test_blank_lines_and_line_breaks_end_paragraphs(gap: str) -> None:
    assert split(f"  {STORY}{gap}{REPLY} \n") == [STORY, REPLY]


@pytest.mark.parametrize("width", [50, 72, 90])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_wrapped_by_hand_belong_together(width: int, end: str) -> None:
    wrapped = [end.join(textwrap.wrap(p, width)) for p in (STORY, REPLY)]
    assert split((end + end).join(wrapped)) == wrapped


def test_a_short_last_line_ends_a_wrapped_paragraph_without_a_blank_line() -> None:
    wrapped = ["\n".join(textwrap.wrap(p, 72)) for p in (STORY, REPLY)]
    assert split("\n".join(wrapped)) == wrapped


def test_headlines_one_a_line_stay_apart() -> None:
    lines = [
        "Ferry stops for repairs until the end of the month",
        "Council has not answered the shopkeepers of the left bank",
        "Rain ahead",
        "A bakery opens where the old mill stood for two hundred years",
    ]
    assert split("\n".join(lines)) == lines


def test_a_headline_over_its_story_stays_apart() -> None:
    assert split(f"Ferry stops for repairs\n{STORY}") == ["Ferry stops for repairs", STORY]


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "1. ", "(2) "])
def test_items_of_a_list_stay_apart(bullet: str) -> None:
    items = ["\n".join(textwrap.wrap(bullet + p, 72)) for p in (STORY, REPLY)]
    assert split("\n".join(items)) == items
    assert split(f"{bullet}tea\n{bullet}milk") == [f"{bullet}tea", f"{bullet}milk"]


@pytest.mark.parametrize("text", ["", " ", "\n\n \r\n\t"])
def test_no_paragraphs(text: str) -> None:
    assert paragraphs(text) == ()


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([STORY[:60], "tea", " ", "\n", "\r\n", "\n\n", "- ", "1. ", "\x1f", "\u2028", "。"])).map(
        "".join
    )
)
def test_spans_are_ordered_and_lose_nothing(text: str) -> None:
    at = 0
    for start, end in paragraphs(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("text", ["a" * 1_000_000, "\n" * 1_000_000, "a \n" * 200_000, " " * 1_000_000 + "a"])
def test_strange_layouts_of_a_million_characters_are_read(text: str) -> None:
    assert len(paragraphs(text)) in (0, 1, 200_000)
