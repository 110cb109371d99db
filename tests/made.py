"""Small nouns for tests, made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from briefing.model import (
    Article,
    Citation,
    Claim,
    Cleaned,
    Draft,
    Original,
    Part,
    Passage,
    Scored,
    Span,
    Story,
)

NOW = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)


def article(text: str, *, title: str = "", source: str = "", published: datetime | None = NOW) -> Article:
    return Article.of(title=title, text=text, source=source, published=published, language="en")


def original(text: str, *, title: str = "", source: str = "", copies: Sequence[Article] = ()) -> Original:
    one = article(text, title=title, source=source)
    return Original(Cleaned(one, (Span(0, len(one.text)),)), tuple(copies))


def passage(of: Original) -> Passage:
    """The whole text as one passage of sentences that end with a full stop."""
    text = of.article.text
    spans, start = [], 0
    for end in (i + 1 for i, c in enumerate(text) if c == "."):
        spans.append(Span(start + (text[start] == " "), end))
        start = end
    return Passage(of, tuple(spans))


def story(*originals: Original, id: str = "story") -> Story:
    return Story(id, tuple(Scored(passage(o), 1.0) for o in originals))


def claim(of: Original, words: str) -> Claim:
    start = of.article.text.index(words)
    return Claim(words, (Citation(of.article.id, Part.TEXT, start, start + len(words), words),), "en")


def draft(of: Story) -> Draft:
    """Every sentence of the story's passages as a claim, the first as the headline too."""
    claims = tuple(
        claim(s.passage.original, s.passage.article.text[a:b]) for s in of.passages for a, b in s.passage.sentences
    )
    return Draft(of, claims[0], claims)
