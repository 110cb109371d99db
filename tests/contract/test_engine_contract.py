"""What every engine promises, whatever it is made of."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.engines.extractive import Extractive
from briefing.engines.llm import LLM
from briefing.errors import EngineError
from briefing.model import Article, Ask, Citation, Cleaned, Draft, Original, Part, Passage, Scored, Span, Story
from briefing.ports import Engine
from briefing.testing import ScriptedChat, Writer, in_process
from briefing.text.paragraphs import paragraphs
from briefing.text.sentences import sentences

ENGINES: list[Engine] = [Extractive(), LLM(ScriptedChat(in_process(Writer(reword=True))))]
NOW = datetime(2031, 5, 4, 6, 0, tzinfo=UTC)

PIECES = [
    "The mayor of Ostrand, Lena Brask, opened the new bridge on Monday.",
    "He said it would be closed again in winter.",
    '"We are glad," said Arne Holt, who built it.',
    "Rain fell.",
    "Was it worth 40 million crowns?",
    "The council of Ostrand voted against\nthe harbour plan on Friday, 12 to 7.",
    "市议会周一投票反对新的港口计划。",
    "Der Rat von Ostrand stimmte gegen den Plan.",
    "• OSTRAND (AP) - Police arrested two men at the harbour on Sunday evening.",
    "“An unclosed quotation of the mayor that goes on.",
]


def story(texts: list[str]) -> Story:
    scored: list[Scored] = []
    for place, text in enumerate(texts):
        article = Article.of(title=text[:40], text=text, url=f"https://news.example/{place}", language="en")
        kept = tuple(Span(*span) for span in paragraphs(article.text))
        original = Original(Cleaned(article, kept))
        for start, end in kept:
            spans = tuple(Span(start + a, start + b) for a, b in sentences(article.text[start:end]))
            scored.append(Scored(Passage(original, spans), 1.0 / (1 + place)))
    return Story("s", tuple(scored))


def check(draft: Draft, given_story: Story) -> None:
    articles = {s.passage.article.id: s.passage.article for s in given_story.passages}
    for claim in (draft.headline, *draft.claims):
        assert claim.citations
        for citation in claim.citations:
            assert articles[citation.article].slice(citation.part, citation.start, citation.end) == citation.quote
    for claim in draft.claims:
        assert all(_within(citation, given_story) for citation in claim.citations if citation.part is Part.TEXT)
    assert draft.story is given_story


def _within(citation: Citation, given_story: Story) -> bool:
    return any(
        s.passage.article.id == citation.article and s.passage.start <= citation.start and citation.end <= s.passage.end
        for s in given_story.passages
    )


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("\n\n".join), min_size=1, max_size=5),
    words=st.integers(10, 250),
    most=st.integers(1, 8),
)
def test_every_claim_resolves_to_a_passage_of_the_story(
    engine: Engine, texts: list[str], words: int, most: int
) -> None:
    of = story(texts)
    try:
        draft = asyncio.run(engine.write(of, Ask("en", words, NOW, most)))
    except EngineError:
        # A model may have nothing to say of such a story; it says so.
        assert not isinstance(engine, Extractive)
        return
    check(draft, of)
    assert len(draft.claims) <= most


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_story_gives_the_same_draft(engine: Engine) -> None:
    of = story(["\n\n".join(PIECES), "\n\n".join(reversed(PIECES))])
    first, second = (asyncio.run(engine.write(of, Ask("en", 120, NOW))) for _ in range(2))
    assert first == second


@given(
    texts=st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("\n\n".join), min_size=1, max_size=4)
)
@settings(max_examples=40, deadline=None)
def test_extractive_claims_are_the_words_of_their_first_citation(texts: list[str]) -> None:
    draft = asyncio.run(Extractive().write(story(texts), Ask("en", 200, NOW)))
    for claim in (draft.headline, *draft.claims):
        assert claim.text == " ".join(claim.citations[0].quote.split())
