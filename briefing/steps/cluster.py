"""Stage 6, cluster: passages about one event become a story; stories are ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from scipy import sparse

from briefing.model import Passage, Scored, Story, digest
from briefing.steps.cluster_groups import Alibi, by_names, groups
from briefing.text.frequency import probability
from briefing.text.similarity import Floats, Terms, bm25, inverse_frequency, unit
from briefing.text.words import fold, terms, words

# News says first what it is about, and a number is the surest sign of one event or another.
_LEAD_PASSAGES = 2
_LEAD_WEIGHT = 2
_NUMBER_WEIGHT = 2
# Texts of so many words each, thought to stand beside the batch: which words are rare in general counts in a small
# batch, where words that all share must not weigh nothing, and genre words must not weigh much.
_BESIDE, _BESIDE_WORDS = 1000, 200
_IN_NO_TABLE = "\ufffd\ufffd"
# What no table says of numbers: those of one or two digits and years stand in texts of all kinds.
_COMMON_NUMBER = 0.01
# A capital makes a name of a word this rare; at the beginning of a sentence the word has to be rarer.
_NAME, _FIRST_NAME = 0.0008, 0.0003
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
    found = groups(_vectors(texts), _days(texts), _alibi(texts), _across(texts))
    highest = max((one.score for one in scored), default=0.0)
    stories = [_story([one for i in group for one in batch[i]], now, highest) for group in found]
    return tuple(sorted(stories, key=lambda s: (-s.score, s.id)))


def _vectors(articles: Sequence[Sequence[Passage]]) -> sparse.csr_array:
    """BM25 weights of length 1 of each article's terms; how rare a term is, batch and general use say together."""
    common: dict[str, float] = {}
    counted = Terms.of([_counted(passages, common) for passages in articles])
    share = np.zeros(counted.counts.shape[1])
    for term, column in counted.column.items():
        share[column] = 1 - (1 - common[term]) ** _BESIDE_WORDS
    rarity = inverse_frequency(counted.frequency + _BESIDE * share, len(articles) + _BESIDE)
    return unit(bm25(counted, b=0.0, rarity=rarity))


def _counted(passages: Sequence[Passage], common: dict[str, float]) -> Counter[str]:
    """Weighted counts of the terms; ``common`` learns the probability of each by its most common form."""
    article = passages[0].article
    language = article.language or "en"
    lead = [p.text for p in passages[:_LEAD_PASSAGES]]
    if passages[0].original.cleaned.title_trusted:
        lead.append(article.title)
    found = Counter(words("\n".join(p.text for p in passages[_LEAD_PASSAGES:])))
    for word in words("\n".join(lead)):
        found[word] += _LEAD_WEIGHT
    counts: Counter[str] = Counter()
    for word, count in found.items():
        for term in terms(word, language):
            counts[term] += count * (_NUMBER_WEIGHT if term[0].isdigit() else 1)
            common[term] = max(common.get(term, 0.0), _common(word))
    return counts


def _common(word: str) -> float:
    """Probability of ``word`` in general; 0 for the rarest, since nothing is known of them but that."""
    if word[0].isdigit():
        return 0.0 if _exact(word) else _COMMON_NUMBER
    return max(0.0, probability(word) - probability(_IN_NO_TABLE))


def _exact(number: str) -> bool:
    """Whether ``number`` says more than a count, a day or a year does."""
    if not number.isdecimal():
        return True
    return len(number) > 2 and not (len(number) == 4 and number[:2] in {"19", "20"})


def _days(articles: Sequence[Sequence[Passage]]) -> Floats:
    published = (passages[0].article.published for passages in articles)
    return np.array([when.timestamp() / 86_400 if when else np.nan for when in published])


def _alibi(articles: Sequence[Sequence[Passage]]) -> Alibi:
    leads = [_names(passages[:_LEAD_PASSAGES]) for passages in articles]
    names = Terms.of(dict.fromkeys(sorted(found), 1.0) for found in (*leads, *map(_names, articles))).counts
    return Alibi(names[: len(leads)], names[len(leads) :])


def _across(articles: Sequence[Sequence[Passage]]) -> sparse.csr_array | None:
    """Nearness across languages, where there are several."""
    spoken = [passages[0].article.language or "en" for passages in articles]
    number = {language: i for i, language in enumerate(sorted(set(spoken)))}
    if len(number) < 2:
        return None
    names = Terms.of(Counter(_names(passages)) for passages in articles)
    return by_names(names, np.array([number[language] for language in spoken]))


def _names(passages: Sequence[Passage]) -> set[str]:
    """Folded words that may be names, and numbers that are no mere count, day or year.

    Words that are common in general are no names, whatever their capital: Monday, Council. Where every noun has one
    (German), words that are no names come along; they find no partner in another language.
    """
    text = passages[0].article.text
    found: set[str] = set()
    for passage in passages:
        for span in passage.sentences:
            for at, word in enumerate(words(text[span.start : span.end])):
                if word[0].isdigit():
                    named = _exact(word)
                else:
                    named = len(word) > 2 and word[0].isupper() and probability(word) < (_NAME if at else _FIRST_NAME)
                if named:
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
