"""A story's headline: the title that tells most of it, else its strongest sentence, cut where that is safe."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.engines.extractive_corrected import Corrections
from briefing.engines.extractive_lead import days_behind, kept
from briefing.engines.extractive_pool import Sentence
from briefing.model import Citation, Claim, Original, Part, Story
from briefing.text.headline import MOST_CHARACTERS, MOST_WORDS, shortened, tells, trimmed
from briefing.text.readable import length
from briefing.text.words import terms

# Words of a headline that could not be cut.
_BEARABLE = 26
# Words that a title must have of what is told, to be the title of that.
_SHARED = 2
# The title of the article that gives the lead tells the same news.
_OWN = 2.0
# A title much older than the lead tells what was so before it.
_OVERTAKEN, _HALF_A_DAY = 0.2, 0.5
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|his|her|its|their|them|him|this|these)\b|^(?:after|in|for)\b|^[\"“„«]",
    re.IGNORECASE,
)
# What was so before is not the news, and cut short it may no longer be true.
_BACKGROUND = re.compile(
    r"\b(?:already|previously|earlier|had|similar|another|comment|last week|repeatedly|refers? to)\b", re.IGNORECASE
)


def headline(
    story: Story,
    chosen: Sequence[Sentence],
    leads: Sequence[Sentence],
    language: str,
    corrections: Corrections,
    *,
    from_title: bool = True,
) -> Claim:
    """The headline of ``story``, whose sentences are ``chosen``, in ``language`` where a source has one.

    ``leads`` are sentences that could open the story, at least one, the best first.

    ``from_title`` is False when a title was tried and did not pass the checks. A title with a figure that one of
    ``corrections`` takes back is not used.
    """
    titles = [
        o
        for o in story.originals
        if from_title
        and o.cleaned.title_trusted
        and o.article.title.strip()
        and not corrections.takes_back(o.article.title, o.article.language or language)
    ]
    behind = days_behind(o.article for o in story.originals)
    best = max(s.score for s in story.passages)
    weight: dict[str, float] = {}
    for scored in story.passages:
        id = scored.passage.article.id
        weight[id] = max(weight.get(id, 0.0), scored.score / best if best > 0 else 1.0)
    home = leads[0].original.article.id
    worths = [
        _worth(o, chosen, language)
        * kept(behind[o.article.id])
        * weight[o.article.id]
        * (_OWN if o.article.id == home else 1.0)
        * (_OVERTAKEN if behind[o.article.id] > behind[home] + _HALF_A_DAY else 1.0)
        for o in titles
    ]
    if max(worths, default=0.0) > 0:
        return _titled(titles[worths.index(max(worths))], language)
    return _from_sentence(leads)


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
    if not chosen:
        return 0.01
    if len(title & told) < _SHARED:
        return 0.0
    return sum(counts) * len(title & told) / len(title) * (1.0 if spoken == language else 0.1)


def _titled(original: Original, language: str) -> Claim:
    article = original.article
    start, end = trimmed(article.title)
    quote = article.title[start:end]
    citation = Citation(article.id, Part.TITLE, start, end, quote)
    return Claim(" ".join(quote.split()), (citation,), article.language or language)


def _from_sentence(leads: Sequence[Sentence]) -> Claim:
    """The best of ``leads`` among those that make the shortest kind of headline."""
    return min(map(_cut, leads), key=lambda claim: _excess(claim.text))


def _excess(text: str) -> int:
    """0 for a short headline, 1 for a bearable one, 2 for a long one; more with a pronoun, a quotation, background."""
    short = length(text) <= MOST_WORDS and len(text) <= MOST_CHARACTERS
    size = 0 if short else 1 if length(text) <= _BEARABLE else 2
    named = any(word[:1].isupper() for word in text.split()[1:])
    return size + (not named) + bool(_PRONOUN.search(text)) + 2 * bool(_BACKGROUND.search(text))


def _cut(sentence: Sentence) -> Claim:
    article, (start, end) = sentence.original.article, sentence.span
    quote = article.text[start:end]
    quote = quote[: shortened(quote, sentence.language)].rstrip()
    citation = Citation(article.id, Part.TEXT, start, start + len(quote), quote)
    return Claim(" ".join(quote.split()), (citation,), sentence.language)
