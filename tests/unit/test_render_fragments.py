"""Links that open a publisher's page at the cited passage."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.render.fragments import EXACT, text_fragment

URL = "https://gazette.example/a"


@pytest.mark.parametrize(
    ("url", "quote", "found"),
    [
        (URL, "The vote passed.", f"{URL}#:~:text=The%20vote%20passed."),
        (URL, "a-b, c & d", f"{URL}#:~:text=a%2Db%2C%20c%20%26%20d"),
        (f"{URL}?x=1#part", "50% of “it”", f"{URL}?x=1#part:~:text=50%25%20of%20%E2%80%9Cit%E2%80%9D"),
        (f"{URL}#:~:text=old", "new", f"{URL}#:~:text=new"),
        (URL, "two\tor  more spaces", f"{URL}#:~:text=two%20or%20more%20spaces"),
        (URL, "One two.\n\nThree four.", f"{URL}#:~:text=One%20two.,Three%20four."),
        (URL, "堤防が決壊", f"{URL}#:~:text=%E5%A0%A4%E9%98%B2%E3%81%8C%E6%B1%BA%E5%A3%8A"),
        ("", "words", ""),
        (URL, " \n ", URL),
    ],
)
def test_addresses(url: str, quote: str, found: str) -> None:
    assert text_fragment(url, quote) == found


def test_a_long_passage_is_told_by_its_ends() -> None:
    quote = "Alpha beta gamma delta epsilon zeta eta " + "and on " * 50 + "up to the very last words here."
    terms = text_fragment(URL, quote).split("text=")[1].split(",")
    assert [unquote(t) for t in terms] == ["Alpha beta gamma delta epsilon zeta", "to the very last words here."]


def test_a_long_passage_without_spaces_is_cut_at_its_stops() -> None:
    quote = "".join(f"第{n}段の水位は七メートル、避難は続く。" for n in range(40))
    start, end = (unquote(t) for t in text_fragment(URL, quote).split("text=")[1].split(","))
    assert quote.startswith(start)
    assert quote.endswith(end)
    assert start.endswith("。")
    assert unquote(text_fragment(URL, "永" * 2 * EXACT).split("text=")[1]) == "永" * 2 * EXACT


@given(st.text())
def test_what_is_said_is_of_the_passage_and_never_breaks_the_address(quote: str) -> None:
    address = text_fragment(URL, quote)
    assert address.isascii()
    assert not set(' "<>\\^`{|}&') & set(address)
    assert address.count(",") <= 1
    assert address.count("-") == 0
    plain = " ".join(quote.split())
    for term in address.partition("text=")[2].split(","):
        assert unquote(term) in plain
