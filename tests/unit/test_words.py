"""Words: what counts as one, and which forms meet."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.text.words import fold, stem, stopwords, terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose 3.5 percent to 1,000.", ["It", "rose", "3.5", "percent", "to", "1,000"]),
        ("the U.S.-led talks don't end", ["the", "U.S", "led", "talks", "don't", "end"]),
        ("Franco-German talks near al-Hasa", ["Franco", "German", "talks", "near", "al", "Hasa"]),
        ("she spoke.The hall emptied,slowly", ["she", "spoke", "The", "hall", "emptied", "slowly"]),
        ("snake_case and *stars*", ["snake", "case", "and", "stars"]),
        ("東京都で35人", ["東京", "京都", "都で", "35", "人"]),
        ("हिन्दी में लिखा", ["हिन्दी", "में", "लिखा"]),
        ("cafe\u0301 closed", ["cafe\u0301", "closed"]),
        ("", []),
        ("... — !", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_words_stand_in_the_text_in_order(text: str) -> None:
    at = 0
    for word in words(text):
        at = text.find(word, at)
        assert at >= 0


@settings(deadline=None)
@given(st.text("aé.'’ -,1東京ーก", max_size=60))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    found = set("".join(words(text)))
    assert found >= {c for c in text if c.isalnum()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zürich", "zurich"),
        ("Łódź", "LODZ"),
        ("İzmir", "izmir"),
        ("straße", "STRASSE"),
        ("Tromsø", "Tromso"),
        ("Αθήνα", "αθηνα"),
        ("ёлка", "елка"),
        ("mayor’s", "mayor"),
        ("U.S", "us"),
        ("３５", "35"),
        ("٣٥", "35"),
        ("ＡＢＣ", "abc"),
        ("مُحَمَّد", "محمد"),
        ("كـــتاب", "كتاب"),
    ],
)
def test_forms_of_one_word_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("が", "か"), ("パ", "ハ"), ("мой", "мои"), ("कि", "क"), ("3.5", "35"), ("أ", "ا")]
)
def test_different_letters_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=20))
def test_fold_never_empties_a_word(word: str) -> None:
    assert fold(word)


def test_stem_keeps_words_of_languages_without_stemmer() -> None:
    assert stem("floods", "en") == "flood"
    assert stem("mafuriko", "sw") == "mafuriko"


def test_terms_leave_out_stop_words_and_endings() -> None:
    assert terms("The floods were flooding the mayor's houses in Zürich.") == [
        "flood",
        "flood",
        "mayor",
        "hous",
        "zurich",
    ]


def test_words_that_news_turn_on_are_no_stop_words() -> None:
    assert terms("The fire bill of the state") == ["fire", "bill", "state"]
    assert "the" in stopwords("en")


def test_names_in_capitals_are_not_the_pronouns_they_spell() -> None:
    assert terms("He told us who: the WHO, the UN and the U.S.") == ["told", "who", "un", "us"]


def test_elided_articles_do_not_hide_the_word() -> None:
    assert terms("l'éléphant", "fr") == terms("éléphants", "fr")
    assert terms("dell'acqua", "it") == terms("acqua", "it")


def test_accents_help_the_stemmer_before_they_go() -> None:
    assert len(set(terms("arrêté arrêtée arrêtés", "fr"))) == 1


def test_an_unknown_language_has_neither_stop_words_nor_stems() -> None:
    assert stopwords("xx") == frozenset()
    assert terms("Floods everywhere", "") == ["floods", "everywhere"]
