from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.headline import shortened, tells, trimmed


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Ostrand opens its new bridge | The Courier", "Ostrand opens its new bridge"),
        ("Ostrand opens its new bridge - Valley Post", "Ostrand opens its new bridge"),
        ("LIVE: Ostrand opens its new bridge", "Ostrand opens its new bridge"),
        ("Ostrand opens its bridge - farmers remain angry", "Ostrand opens its bridge - farmers remain angry"),
        ("* Ostrand opens its new bridge", "Ostrand opens its new bridge"),
        ("Rain - Post", "Rain - Post"),
    ],
)
def test_labels_and_sites_are_left_out(title: str, kept: str) -> None:
    start, end = trimmed(title)
    assert title[start:end] == kept


@pytest.mark.parametrize(
    "title",
    [
        "Will the Ostrand bridge hold?",
        "Here's why the Ostrand bridge was closed",
        "What we know about the Ostrand bridge",
        "5 things to know about the Ostrand bridge",
        "Ostrand bridge: live updates from the opening",
        "Why the Ostrand bridge was closed",
        "I crossed the Ostrand bridge on foot",
        "The Courier",
        "What the Ostrand bridge shows, and what it does not",
        "Image copyright Getty Images Image caption The bridge of Ostrand",
        "Dockers remain at the gate of Ostrand on Monday (Ines Calder / Staff Photographer)",
    ],
)
def test_lures_and_labels_do_not_tell(title: str) -> None:
    assert not tells(title)


def test_a_plain_title_tells() -> None:
    assert tells("Ostrand opens its new bridge after six years of building")


def cut(sentence: str) -> str:
    return sentence[: shortened(sentence)]


def test_a_short_sentence_loses_only_its_full_stop() -> None:
    assert cut("The Ostrand bridge was opened on Monday.") == "The Ostrand bridge was opened on Monday"


def test_a_clause_that_adds_is_cut() -> None:
    sentence = (
        "Two dock workers were arrested in Ostrand on Monday, "
        "which is the largest harbour of the northern valley and home to forty thousand people."
    )
    assert cut(sentence) == "Two dock workers were arrested in Ostrand on Monday"


@pytest.mark.parametrize(
    "rest",
    [
        ", a police spokeswoman told the Courier late on Monday evening after a long day of rumours.",
        ", according to three people who have seen the report that the council keeps under lock.",
        ", but a court set both of them free on Tuesday for want of any evidence in the whole matter.",
        ", which both men have denied in every statement that their lawyers gave to the newspapers.",
        " unless the council of Ostrand votes to keep the harbour open for another year on Thursday.",
        ", while the owner of the yard may have started the fire himself for the insurance, a court heard.",
    ],
)
def test_doubt_denial_and_attribution_are_never_cut(rest: str) -> None:
    sentence = "Two dock workers were arrested over the fire in Ostrand" + rest
    assert cut(sentence) == sentence.rstrip(".")


def test_no_head_ends_in_a_measure() -> None:
    sentence = (
        "Envoy Arne Holt met the ousted leader of Norland on Monday night, two days after clashes in the "
        "capital of Norland left some eighty people dead and hundreds more in hospital."
    )
    assert not cut(sentence).endswith("two days")


def test_a_head_has_a_verb_of_its_own_after_that() -> None:
    sentence = (
        "It is thought that the picture, which was taken in the year 1917 by a sailor on leave, was meant to cheer the "
        "troops in the valley."
    )
    assert cut(sentence) == sentence.rstrip(".")


def test_other_languages_are_not_cut() -> None:
    sentence = (
        "Zwei Hafenarbeiter wurden am Montag in Ostrand festgenommen, was den Bürgermeister und den ganzen Rat "
        "der Stadt nach eigenen Worten völlig überraschte."
    )
    assert sentence[: shortened(sentence, "de")] == sentence.rstrip(".")


@given(st.text(min_size=1).filter(str.strip))
def test_the_result_is_a_span(text: str) -> None:
    start, end = trimmed(text)
    assert 0 <= start <= end <= len(text)
    assert 0 <= shortened(text) <= len(text)
