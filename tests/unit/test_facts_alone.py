"""Words of a source that are no sentence of a brief when they stand alone."""

from __future__ import annotations

import pytest

from briefing.text.facts.alone import not_alone, out_of_quotation


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The county government said in a statement on Tuesday.", "not what was said"),
        ("Lind told reporters on Monday in Oslo.", "not what was said"),
        ("“The work will be hard, but we will finish it”, - said in a statement.", "without saying who"),
        ("48 severe cases over 14 months, against 166 in an equally large group", "no verb"),
    ],
)
def test_what_is_no_sentence_of_a_brief(text: str, why: str) -> None:
    assert [d for d in not_alone(text, part=True) if why in d.reason]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said the bridge is closed.",
        "The mayor said on Tuesday that the bridge is closed.",
        "The bridge was closed on Monday, police said.",
        "Officials said at least 20 people died.",
        "The minister said no.",
        "The bank announced in May a new branch.",
        "“We will finish the work,” the mayor said.",
    ],
)
def test_what_is_one(text: str) -> None:
    assert not list(not_alone(text, part=True))


def test_a_whole_sentence_needs_no_verb_that_we_know() -> None:
    assert not list(not_alone("48 severe cases in 14 months, against 166 without it."))


def test_words_out_of_quotation_marks_are_somebodys() -> None:
    assert list(out_of_quotation('"', "The bridge will open in May", '", the builder said in a statement.'))
    assert list(out_of_quotation("“We said so. ", "The bridge will open in May", ",” she said."))
    assert not list(out_of_quotation("The builder said “so” and ", "the bridge will open in May", "."))
    assert not list(out_of_quotation("", "“The bridge will open in May,” the builder said", " on Monday."))
