from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.facts.cut import lost_by_cutting
from briefing.text.headline import happened, shortened, tells, trimmed, unclear


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


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        (
            "The army of Norland on Monday launched an operation against Varn rebels",
            " who have reportedly gathered again on the border after losing every town that they once held.",
        ),
        (
            "Two sailors whose boat sank off Ostrand were found on Monday by a fisherman",
            " who could not see them at first because of the fog that lay upon the sea.",
        ),
        (
            "The mayor of Ostrand left the council on Monday night",
            ", saying that he might come back to the affairs of the valley when the harbour is at work.",
        ),
        (
            "The Norland army left the town of Ostrand on Monday",
            " after losing more than four hundred soldiers in the mountains that lie to the north of it.",
        ),
    ],
)
def test_a_clause_whose_doubt_is_its_own_is_cut(head: str, rest: str) -> None:
    assert cut(head + rest) == head


@pytest.mark.parametrize(
    "sentence",
    [
        "The council of Ostrand on Monday barred from the harbour all dockers who had taken part in the long strike "
        "of the winter.",
        "The police of Ostrand on Monday evening arrested the man who is thought to have set fire to the old yard of "
        "the harbour.",
        "The army of Norland on Monday launched an operation against Varn rebels who have gathered on the border, "
        "two officers of the navy said.",
        "The army of Norland on Monday launched an operation against Varn rebels who have gathered on the border, but "
        "the ministry knew nothing of it.",
        "The police of Ostrand on Monday evening arrested a young docker who was acquitted of having set fire to "
        "the old yard.",
    ],
)
def test_a_clause_that_the_main_clause_needs_stays(sentence: str) -> None:
    assert cut(sentence) == sentence.rstrip(".")


@pytest.mark.parametrize(
    ("sentence", "event", "doubt"),
    [
        ("The army announced an operation on Monday.", True, False),
        ("Two dockers were arrested on Monday.", True, False),
        ("The board said it was not clear if the dam would hold.", False, True),
        ("The minister expected a new effort.", False, False),
        ("Ahmed Varn told the Courier of it.", False, False),
        ("The army launched an operation against men who may be rebels.", True, False),
    ],
)
def test_events_and_doubt_are_told_apart_before_a_relative_clause(sentence: str, event: bool, doubt: bool) -> None:
    assert (happened(sentence), unclear(sentence)) == (event, doubt)


@pytest.mark.parametrize(
    ("kept", "after", "lost"),
    [
        ("The army began an operation against Varn rebels", " who have reportedly gathered on the border.", []),
        ("The police arrested a docker", " who has not paid for his boat, a judge said.", ["attribution"]),
        ("The police arrested a docker", " who has paid unless the board is wrong.", ["contrast"]),
        ("The police arrested a docker", " who has paid, but set him free.", ["contrast"]),
        ("The mayor left the council", ", saying that he might come back.", []),
    ],
)
def test_the_check_agrees_with_what_is_cut(kept: str, after: str, lost: list[str]) -> None:
    assert [d.check for d in lost_by_cutting("", kept, after)] == lost


@given(st.text(min_size=1).filter(str.strip))
def test_the_result_is_a_span(text: str) -> None:
    start, end = trimmed(text)
    assert 0 <= start <= end <= len(text)
    assert 0 <= shortened(text) <= len(text)
