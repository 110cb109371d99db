"""chunk: whole sentences, kept paragraphs, sizes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Article, Cleaned, Original, Passage, Span
from briefing.steps.chunk import chunk
from briefing.text.paragraphs import paragraphs
from briefing.text.sentences import sentences
from briefing.text.tokens import count

SENTENCE = "The ferry that links the two banks of the river stops today."
COST = count(SENTENCE)


def original(text: str, *, drop: str = "", language: str = "en") -> Original:
    article = Article.of(text=text, language=language)
    kept = tuple(Span(*s) for s in paragraphs(article.text) if article.text[slice(*s)] != drop)
    return Original(Cleaned(article, kept))


def texts(passages: tuple[Passage, ...]) -> list[str]:
    return [p.text for p in passages]


def test_short_paragraphs_share_a_passage() -> None:
    assert texts(chunk(original(f"{SENTENCE}\n\n{SENTENCE}"))) == [f"{SENTENCE}\n\n{SENTENCE}"]


def test_a_paragraph_that_fits_is_not_divided() -> None:
    pair = f"{SENTENCE} {SENTENCE}"
    assert texts(chunk(original("\n\n".join([pair] * 3)), size=3 * COST + 2)) == [pair] * 3


def test_a_long_paragraph_is_divided_evenly_between_sentences() -> None:
    passages = chunk(original(" ".join([SENTENCE] * 8)), size=6 * COST)
    assert [len(p.sentences) for p in passages] == [4, 4]


def test_a_sentence_longer_than_the_size_is_a_passage_alone() -> None:
    long = "It stops " + "again and again " * 30 + "today."
    assert texts(chunk(original(f"{SENTENCE} {long} {SENTENCE}"), size=2 * COST)) == [SENTENCE, long, SENTENCE]


def test_no_passage_bridges_a_dropped_paragraph() -> None:
    teaser = "Read more about cheese."
    assert texts(chunk(original(f"{SENTENCE}\n\n{teaser}\n\n{SENTENCE}", drop=teaser))) == [SENTENCE, SENTENCE]


def test_nothing_kept_is_nothing() -> None:
    assert chunk(original("")) == ()
    assert chunk(original(SENTENCE, drop=SENTENCE)) == ()


def test_an_article_without_a_language_is_split_all_the_same() -> None:
    assert len(chunk(original(f"{SENTENCE} {SENTENCE}", language=""))[0].sentences) == 2


@pytest.mark.parametrize("size", [0, -1])
def test_size_must_be_positive(size: int) -> None:
    with pytest.raises(ValueError, match="size"):
        chunk(original(SENTENCE), size=size)


WORDS = [
    "The mayor spoke.",
    "Rain",
    "It fell on 3.5 of 1,000 roofs!",
    "他来了。",
    "\n\n",
    "\n",
    " ",
    "(he left)",
    "Straße?",
    "“So”",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), st.integers(1, 60))
def test_passages_hold_every_sentence_once_and_keep_their_size(text: str, size: int) -> None:
    source = original(text)
    passages = chunk(source, size=size)
    expected = [
        (kept.start + start, kept.start + end)
        for kept in source.cleaned.kept
        for start, end in sentences(source.article.text[kept.start : kept.end])
    ]
    assert [tuple(s) for p in passages for s in p.sentences] == expected
    assert all(len(p.sentences) == 1 or count(p.text) <= size for p in passages)
