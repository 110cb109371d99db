"""Sentences: where they end, and that every span is exact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.text.sentences import sentences


def split(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["The council met.", "Was it long?", "It was!", "“Very,” said the clerk."]),
        ("en", ["It closes at 5 p.m. Friday by order.", "It opens at 8 a.m.", "The baker is first."]),
        ("en", ["The U.S. Senate voted.", "She lives in the U.S.", "The vote was close."]),
        ("en", ["Sen. Ada Moss, R-Ky. said no.", "Ms. Lind of St. Louis agreed.", "No. 1 is Moss Inc. of Ohio."]),
        ("en", ["A. B. Jones sued.", "It was Jones vs. the city.", "See pp. 3 and 4."]),
        ("en", ["An anti-U.S. mood spread.", "Rep. Olsen, R-S.D., left."]),
        ("en", ["He asked: “Is it safe? Is it dry?” and went in.", "She waited."]),
        ("en", ["He went (it was late. It rained.) and slept.", "The end."]),
        ("en", ["It cost $3.5 million.", "Write to a.b@example.org or see www.example.org today."]),
        ("en", ["Any tips?", "Send them in."]),
        ("en", ["“We won.”", "“We did.”", "They left."]),
        ("en", ["The river rose.", ". . . The town was dry . . . for a day."]),
        ("en", ["The '90s were good.", "It was rock 'n' roll.", "He left in '98."]),
        ("en", ["i went home.", "it was late."]),
        ("en", ["She told me.", "Moss said no.", "Ms. Orr flew to LA.", "Lind agreed."]),
        ("en", ["“Not for me. Moss knows,” he said.", "He left."]),
        (
            "de",
            ["Am 3. Oktober kam Dr. Maier, z.B. aus Ulm.", "Er sagte: „Wir gehen. Es ist gut.“", "Es war ca. 5 Uhr."],
        ),
        ("es", ["El Sr. Paz llegó.", "¿Qué pasa?", "¡Nada!"]),
        ("fr", ["M. Roux est arrivé.", "« Nous partons. C’est fini. »", "Il est parti."]),
        ("ar", ["ذهب إلى البيت؟", "نعم.", "عاد."]),
        ("ur", ["وہ آیا۔", "وہ گیا۔"]),
        ("hi", ["वह आया।", "वह गया।"]),
        ("", ["One came.", "Two came."]),
        ("xx", ["One came.", "Two came."]),
        ("en-GB", ["Mr. Orr came.", "He left."]),
    ],
)
def test_sentences_of_a_paragraph(language: str, expected: list[str]) -> None:
    assert split(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", ["他来了。", "她走了！", "“好的。”他说。", "为什么？"]),
        ("ja", ["「行きます。」と述べた。", "彼は帰った。", "「はい。」", "彼女も帰った。"]),
        ("en", ["The mayor spoke.", "The hall was full."]),
    ],
)
def test_sentences_without_a_space_between_them(language: str, expected: list[str]) -> None:
    assert split("".join(expected), language) == expected


def test_a_name_with_a_full_stop_in_it_is_not_two_sentences() -> None:
    assert split("They use Parcel.Com for it.") == ["They use Parcel.Com for it."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Tea 2. Milk and rice", ["1. Tea", "2. Milk and rice"]),
        ("3. Moss, the mayor, resigned.", ["3. Moss, the mayor, resigned."]),
        ("• Tea is up. It may fall.\n• Milk", ["• Tea is up.", "It may fall.", "• Milk"]),
        ("• Tea • Milk", ["• Tea", "• Milk"]),
        ("- tea\n- milk", ["- tea", "- milk"]),
        ("Tea\n\nMilk", ["Tea", "Milk"]),
    ],
)
def test_items_of_a_list_are_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_lines_wrapped_by_hand_do_not_end_sentences() -> None:
    assert split("The man went\nto the shop. He bought\nmilk.") == ["The man went\nto the shop.", "He bought\nmilk."]


def test_a_quotation_stays_whole_only_while_it_is_short() -> None:
    long = " ".join(f"Promise number {n} was made to people who live along the river." for n in range(8))
    assert split(f"“We came. We saw.” {long}")[0] == "“We came. We saw.”"
    assert len(split(f"“{long}” said the mayor.")) == 8


def test_an_unclosed_quotation_does_not_swallow_the_rest() -> None:
    assert split('"We go. Then left. "Fine," she said. He stayed.') == [
        '"We go.',
        "Then left.",
        '"Fine," she said.',
        "He stayed.",
    ]


def test_an_opening_mark_goes_with_its_own_sentence() -> None:
    long = "which everybody in the valley had been waiting for since the flood of that long and very wet spring, "
    text = f"“It is over,” said the mayor, {long * 3}and then she sat down. “Now we build.”"
    assert split(text)[-1] == "“Now we build.”"


def test_text_that_is_not_utf_8_is_split_all_the_same() -> None:
    assert split("One \ud800 came. Two came.") == ["One \ud800 came.", "Two came."]


@pytest.mark.parametrize("text", ["", " \n ", "\u00a0"])
def test_no_sentences(text: str) -> None:
    assert sentences(text) == ()


MARKS = "|\n|\r|\x1f|\u2028|. |.|? |“|”|(|)|…|。|「|」|-|- |• |1. |2. |a. |\ud800"
PIECES = st.sampled_from(
    ["The", " ", "mayor", "p.m.", "U.S.", "Mr.", "no. ", "他", "é", "É", "😀", '"', *MARKS.split("|")]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80), st.sampled_from(["en", "de", "zh", "xx"]))
def test_spans_are_ordered_and_lose_nothing(text: str, language: str) -> None:
    at = 0
    for start, end in sentences(text, language):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()
