"""A story's headline: the title that tells most of it, else its strongest sentence, cut where that is safe."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.engines.extractive_pool import Pool, Sentence
from briefing.model import Citation, Claim, Original, Part, Story
from briefing.text.headline import MOST_CHARACTERS, MOST_WORDS, shortened, tells, trimmed
from briefing.text.readable import fault, length
from briefing.text.words import terms

# Words of a headline that could not be cut, and the share of the strongest sentence's worth that one needs.
_BEARABLE, _STRONG = 24, 0.6
_PRONOUN = re.compile(r"\b(?:he|she|it|they|his|her|its|their|them|him|this|these)\b|^[\"“„«]", re.IGNORECASE)
# What was so before is not the news, and cut short it may no longer be true.
_BACKGROUND = re.compile(r"\b(?:already|previously|earlier|had|similar|another)\b", re.IGNORECASE)


def headline(story: Story, pool: Pool, chosen: Sequence[Sentence], language: str, *, from_title: bool = True) -> Claim:
    """The headline of ``story``, whose sentences are ``chosen``, in ``language`` where a source has one.

    ``from_title`` is False when a title was tried and did not pass the checks.
    """
    titles = [o for o in story.originals if o.cleaned.title_trusted and o.article.title.strip()] if from_title else []
    best = max(titles, key=lambda o: _worth(o, chosen, language), default=None)
    if best is not None and _worth(best, chosen, language) > 0:
        return _titled(best, language)
    return _from_sentence(pool, chosen)


def _worth(original: Original, chosen: Sequence[Sentence], language: str) -> float:
    """How much of the chosen sentences the title tells: shared words, for the share of the title that they are."""
    article = original.article
    spoken = article.language or language
    start, end = trimmed(article.title)
    if not tells(article.title[start:end]):
        return 0.0
    title = set(terms(article.title[start:end], spoken))
    counts = [len(title & set(terms(s.text, s.language))) / (1 + place) for place, s in enumerate(chosen)]
    told = set().union(*(terms(s.text, s.language) for s in chosen))
    share = len(title & told) / max(1, len(title))
    return (0.01 + sum(counts) * share) * (1.0 if spoken == language else 0.1)


def _titled(original: Original, language: str) -> Claim:
    article = original.article
    start, end = trimmed(article.title)
    quote = article.title[start:end]
    citation = Citation(article.id, Part.TITLE, start, end, quote)
    return Claim(" ".join(quote.split()), (citation,), article.language or language)


def _from_sentence(pool: Pool, chosen: Sequence[Sentence]) -> Claim:
    """Of the chosen sentences that tell enough of the others, the one that makes the shortest headline."""
    alone = [s for s in chosen if not fault(s.text, s.language)] or list(chosen) or list(pool.sentences[:1])
    told = [_told(s, chosen) for s in alone]
    strong = [s for s, worth in zip(alone, told, strict=True) if worth >= _STRONG * max(told)]
    return min(map(_cut, strong), key=lambda claim: (_excess(claim.text), _excess(claim.text) and length(claim.text)))


def _told(sentence: Sentence, chosen: Sequence[Sentence]) -> float:
    """How many words the sentence shares with the other chosen ones; long sentences share by their length."""
    mine = set(terms(sentence.text, sentence.language))
    shared = sum(len(mine & set(terms(s.text, s.language))) for s in chosen if s is not sentence)
    return float(shared / max(1, len(mine)) ** 0.5)


def _excess(text: str) -> int:
    """0 for a short headline, 1 for a bearable one, 2 for a long one; more with a pronoun, a quotation, background."""
    short = length(text) <= MOST_WORDS and len(text) <= MOST_CHARACTERS
    size = 0 if short else 1 if length(text) <= _BEARABLE else 2
    return size + bool(_PRONOUN.search(text)) + 3 * bool(_BACKGROUND.search(text))


def _cut(sentence: Sentence) -> Claim:
    article, (start, end) = sentence.original.article, sentence.span
    quote = article.text[start:end]
    quote = quote[: shortened(quote, sentence.language)].rstrip()
    citation = Citation(article.id, Part.TEXT, start, start + len(quote), quote)
    return Claim(" ".join(quote.split()), (citation,), sentence.language)
