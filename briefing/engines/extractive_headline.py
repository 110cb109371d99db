"""A story's headline: the title that tells most of it, else its strongest sentence, cut where that is safe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefing.engines.extractive_corrected import Corrections
from briefing.engines.extractive_lead import DAY, days_behind, kept
from briefing.engines.extractive_names import Names
from briefing.engines.extractive_pool import Sentence, gather
from briefing.model import Citation, Claim, Original, Part, Story
from briefing.text.headline import MOST_CHARACTERS, MOST_WORDS, happened, shortened, tells, trimmed, unclear
from briefing.text.readable import fault, length
from briefing.text.words import terms

# Words of a headline that could not be cut; a longer one is used only where there is no other.
_BEARABLE = 24
# The worth of a title that is used only where there is no better.
_LEAST = 0.01
# Words that a title must have of what is told, to be the title of that.
_SHARED = 2
# The title of the article that gives the lead tells the same news.
_OWN = 2.0
# A title much older than the lead tells what was so before it.
_OVERTAKEN, _HALF_A_DAY = 0.2, 0.5
# A first line is a heading when this share of its words of content, and so many, are in the story.
_HEADING_SHARE, _HEADING_WORDS = 0.6, 3
_ENDS = ".!?。！？:؟"
# What a headline costs that says again what the first sentence says, and one that is not of the story's leads.
_AGAIN, _NO_LEAD = 1.0, 0.5
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
    firsts: Sequence[Sentence] = (),
    from_title: bool = True,
) -> Claim:
    """The headline of ``story``, whose sentences are ``chosen``, in ``language`` where a source has one.

    ``leads`` are sentences that could open the story, at least one, the best first. Without a title, one of
    ``firsts``, with which the articles begin, may be a heading. What repeats the first sentence is the last resort.

    ``from_title`` is False when a title was tried and did not pass the checks. No title with a figure that one of
    ``corrections`` takes back is used.
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
    if headings := [s for s in firsts if from_title and _heads(s, chosen, corrections)]:
        return _cut(max(headings, key=lambda s: (s.language == language, s.score)))
    claim = _from_sentence(leads, chosen)
    return (_elsewhere(story, chosen, leads[0], corrections) if _last_resort(claim) else None) or claim


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
        return _LEAST
    if len(title & told) < _SHARED:
        return 0.0
    if _same(article.title[start:end], chosen[0].text):
        return _LEAST
    return sum(counts) * len(title & told) / len(title) * (1.0 if spoken == language else 0.1)


def _titled(original: Original, language: str) -> Claim:
    article = original.article
    start, end = trimmed(article.title)
    quote = article.title[start:end]
    citation = Citation(article.id, Part.TITLE, start, end, quote)
    return Claim(" ".join(quote.split()), (citation,), article.language or language)


def _heads(line: Sentence, chosen: Sequence[Sentence], corrections: Corrections) -> bool:
    """Whether ``line`` is a line of its own that reads like a headline of what is told."""
    after = line.original.article.text[line.span.end : line.span.end + 1]
    if after not in ("", "\n") or line.text[-1] in _ENDS or length(line.text) > MOST_WORDS or not tells(line.text):
        return False
    mine = set(terms(line.text, line.language))
    shared = mine & set().union(*(terms(s.text, s.language) for s in chosen))
    enough = len(shared) >= max(_HEADING_WORDS, _HEADING_SHARE * len(mine))
    return enough and not corrections.takes_back(line.text, line.language)


def _from_sentence(leads: Sequence[Sentence], chosen: Sequence[Sentence]) -> Claim:
    """The best of ``leads``, else of the chosen, that makes the shortest kind of headline and tells what happened.

    What is unclear, and what is too long, is the headline only where there is nothing else.
    """
    first = chosen[0].text if chosen else ""
    costs = {_cut(s): 0.0 for s in leads}
    far: set[Claim] = set()
    about = set(terms(leads[0].text, leads[0].language))
    for sentence in chosen:
        if sentence.language != leads[0].language or fault(sentence.text, sentence.language):
            continue
        claim = _cut(sentence)
        near = len(about & set(terms(sentence.text, sentence.language))) >= _SHARED
        if claim not in costs and (near or happened(claim.text)):
            costs[claim] = _NO_LEAD
            if not near:
                far.add(claim)
    return min(
        costs,
        key=lambda claim: (
            unclear(claim.text),
            length(claim.text) > _BEARABLE,
            claim in far,
            _excess(claim) + costs[claim] + _AGAIN * _same(claim.text, first),
        ),
    )


def _last_resort(claim: Claim) -> bool:
    return unclear(claim.text) or length(claim.text) > _BEARABLE


def _elsewhere(story: Story, chosen: Sequence[Sentence], lead: Sentence, corrections: Corrections) -> Claim | None:
    """An event of a named day that no sentence chosen tells: the one with most of the words that they share."""
    pool = gather(story, lead.language).sentences
    names = Names(pool)
    told = Counter(word for s in chosen for word in set(terms(s.text, s.language)))
    best, worth = None, 0.0
    for i, sentence in enumerate(pool):
        claim = _cut(sentence)
        if (
            sentence.language == lead.language
            and not sentence.quoted
            and not _last_resort(claim)
            and happened(claim.text)
            and DAY.search(claim.text)
            and not _PRONOUN.search(claim.text)
            and not _BACKGROUND.search(claim.text)
            and not fault(sentence.text, sentence.language)
            and not names.wanted(i)
            and not corrections.takes_back(sentence.text, sentence.language)
        ):
            shared = [told[w] - 1 for w in set(terms(claim.text, sentence.language)) if told[w] > 1]
            if len(shared) >= _SHARED and sum(shared) * sentence.score > worth:
                best, worth = claim, sum(shared) * sentence.score
    return best


def _same(headline: str, sentence: str) -> bool:
    return headline.rstrip(_ENDS + " ") == sentence.rstrip(_ENDS + " ")


def _excess(claim: Claim) -> int:
    """0 for a short headline, 1 for a longer one; more with a pronoun, a quotation, background, or no event."""
    text = claim.text
    short = length(text) <= MOST_WORDS and len(text) <= MOST_CHARACTERS
    static = claim.language.startswith("en") and not happened(text)
    named = any(word[:1].isupper() for word in text.split()[1:])
    return (not short) + (not named) + static + bool(_PRONOUN.search(text)) + 2 * bool(_BACKGROUND.search(text))


def _cut(sentence: Sentence) -> Claim:
    article, (start, end) = sentence.original.article, sentence.span
    quote = article.text[start:end]
    quote = quote[: shortened(quote, sentence.language)].rstrip()
    citation = Citation(article.id, Part.TEXT, start, start + len(quote), quote)
    return Claim(" ".join(quote.split()), (citation,), sentence.language)
