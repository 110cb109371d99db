"""Stage 6, cluster: passages about one event become a story; stories are ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from scipy import sparse

from briefing.model import Passage, Scored, Story, digest
from briefing.steps.cluster_groups import by_names, groups
from briefing.text.similarity import Floats, Terms, bm25, unit
from briefing.text.words import fold, terms, words

# News says first what it is about, and a number is the surest sign of one event or another.
_LEAD_PASSAGES = 2
_LEAD_WEIGHT = 2
_NUMBER_WEIGHT = 2
# Articles thought to stand beside the batch, so that words which all articles of a small batch share still count.
_BACKGROUND = 30
_RECENT = timedelta(days=7)


def cluster(scored: Sequence[Scored], *, now: datetime) -> tuple[Story, ...]:
    """Stories, one event each, best first; every passage is in one story, all passages of an article in the same.

    A story's score is the number of its independent sources, plus up to 0.5 for how short before ``now`` its newest
    article was published (falling to 0 over seven days; 0.25 when no article has a date), plus up to 0.49 for its best
    passage's score as a share of the highest of all. So sources decide; recency and match decide among equals.
    The result does not depend on the order of ``scored``.
    """
    articles: dict[str, list[Scored]] = {}
    for one in sorted(scored, key=lambda s: (s.passage.article.id, s.passage.start, s.passage.end)):
        articles.setdefault(one.passage.article.id, []).append(one)
    batch = list(articles.values())
    texts = [[one.passage for one in article] for article in batch]
    found = groups(_vectors(texts), _days(texts), _across(texts))
    highest = max((one.score for one in scored), default=0.0)
    stories = [_story([one for i in group for one in batch[i]], now, highest) for group in found]
    return tuple(sorted(stories, key=lambda s: (-s.score, s.id)))


def _vectors(articles: Sequence[Sequence[Passage]]) -> sparse.csr_array:
    return unit(bm25(Terms.of(_counted(passages) for passages in articles), b=0.0, background=_BACKGROUND))


def _counted(passages: Sequence[Passage]) -> Counter[str]:
    article = passages[0].article
    language = article.language or "en"
    lead = [p.text for p in passages[:_LEAD_PASSAGES]]
    if passages[0].original.cleaned.title_trusted:
        lead.append(article.title)
    rest = "\n".join(p.text for p in passages[_LEAD_PASSAGES:])
    counts = Counter(terms(rest, language) + terms("\n".join(lead), language) * _LEAD_WEIGHT)
    for term in counts:
        if term[0].isdigit():
            counts[term] *= _NUMBER_WEIGHT
    return counts


def _days(articles: Sequence[Sequence[Passage]]) -> Floats:
    published = (passages[0].article.published for passages in articles)
    return np.array([when.timestamp() / 86_400 if when else np.nan for when in published])


def _across(articles: Sequence[Sequence[Passage]]) -> sparse.csr_array | None:
    """Nearness across languages, where there are several."""
    spoken = [passages[0].article.language or "en" for passages in articles]
    number = {language: i for i, language in enumerate(sorted(set(spoken)))}
    if len(number) < 2:
        return None
    names = Terms.of(Counter(_names(passages)) for passages in articles)
    return by_names(names, np.array([number[language] for language in spoken]))


def _names(passages: Sequence[Passage]) -> set[str]:
    """Folded words that may be names, and numbers of two digits and more.

    The first word of a sentence is no name by its capital alone. Where every noun has one (German), words that are
    no names come along; they find no partner in another language.
    """
    text = passages[0].article.text
    found: set[str] = set()
    for passage in passages:
        for span in passage.sentences:
            for at, word in enumerate(words(text[span.start : span.end])):
                if (at and word[0].isupper() and len(word) > 2) or (word[0].isdigit() and len(word) > 1):
                    found.add(fold(word))
    return found


def _story(passages: Sequence[Scored], now: datetime, highest: float) -> Story:
    ranked = tuple(sorted(passages, key=lambda s: (-s.score, s.passage.id)))
    ids = sorted({one.passage.article.id for one in ranked})
    story = Story(digest("\n".join(ids))[:16], ranked)
    sources = story.independent_sources
    dates = [one.passage.article.published for one in ranked if one.passage.article.published is not None]
    age = max(timedelta(0), now - max(dates)) if dates else None
    recency = 0.5 if age is None else max(0.0, 1 - age / _RECENT)
    match = ranked[0].score / highest if highest > 0 else 0.0
    why = (
        f"{sources} independent source{'s' * (sources != 1)}",
        "no date known" if age is None else f"newest {_span(age)} before the brief",
        f"match {match:.2f}",
    )
    return replace(story, score=sources + 0.5 * recency + 0.49 * match, why=why)


def _span(age: timedelta) -> str:
    hours = round(age / timedelta(hours=1))
    number, unit_ = (hours, "hour") if hours < 48 else (age.days, "day")
    return f"{number} {unit_}{'s' * (number != 1)}"
