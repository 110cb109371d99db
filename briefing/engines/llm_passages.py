"""What of a story a model is shown: the sentences that cover it, within a budget of tokens."""

from __future__ import annotations

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from briefing.engines.extractive_lead import days_behind, kept
from briefing.engines.extractive_pool import Pool, Sentence, gather
from briefing.model import Passage, Story
from briefing.text.readable import Fault, fault
from briefing.text.tokens import count

# Tokens of sources for each word that is asked for: two to three sentences to choose from for each one written. More of
# them are read at a price and told by nobody. The whole run, checks included, is to read at most 0.4 of its sources,
# so within these bounds a story is shown this share of its own.
_FEWEST, _MOST_A_WORD, _SHARE = 3.0, 5.0, 0.18
_LEAST, _MOST = 250, 8000
# A passage's id, its brackets and the end of its line.
_MARKED = 6
# As in extractive_state: how much length counts, and when a sentence repeats what was said.
_COST, _NEW = 0.4, 0.25
# What a sentence of a publisher that has said something already is worth.
_HEARD = 0.7
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


class Shown(NamedTuple):
    """A passage as the prompt shows it: ``id`` is p1, p2 and so on; its sentences follow each other in the article."""

    id: str
    passage: Passage

    @property
    def text(self) -> str:
        """Its sentences on one line, each as it stands in the article but for white space."""
        return " ".join(" ".join(self.passage.article.text[a:b].split()) for a, b in self.passage.sentences)


def budget(words: int, source: int) -> int:
    """How many tokens to show for a story of ``words`` words whose sources have ``source`` tokens."""
    wanted = min(_MOST_A_WORD * words, max(_FEWEST * words, _SHARE * source))
    return round(min(_MOST, max(_LEAST, wanted)))


def choose(story: Story, language: str, tokens: int) -> tuple[Shown, ...]:
    """Passages of ``story`` of together about ``tokens`` tokens (o200k), in the order in which they are shown.

    Greedy maximisation of weighted coverage under a budget (Lin & Bilmes, 2011; concepts and weights as in
    ``extractive_pool``), with a reward for publishers not yet heard. A sentence that leans on the one before it brings
    that one. What has little new in it is left out, unless it has a figure of its own: sources that disagree say
    nearly the same.

    An article's sentences stay in its order; the article that covers most comes first, the second last, since models
    use the ends of a prompt best (Liu et al., Lost in the Middle, 2023).
    """
    pool = gather(story, language)
    gains = _covering(pool, tokens)
    articles: dict[str, list[int]] = defaultdict(list)
    for i in sorted(gains, key=lambda i: pool.sentences[i].place):
        articles[pool.sentences[i].original.article.id].append(i)
    ranked = sorted(articles.values(), key=lambda own: -sum(gains[i] for i in own))
    ordered = [*ranked[:1], *ranked[2:], *ranked[1:2]]
    runs = [run for own in ordered for run in _runs([pool.sentences[i] for i in own])]
    return tuple(Shown(f"p{n}", Passage(run[0].original, tuple(s.span for s in run))) for n, run in enumerate(runs, 1))


def by_article(shown: Iterable[Shown]) -> Iterable[list[Shown]]:
    """The passages of each article, which stand together."""
    return (list(own) for _, own in groupby(shown, key=lambda s: s.passage.article.id))


def _covering(pool: Pool, room: int) -> dict[int, float]:
    """The sentences to show, each with what it covers that none before it did."""
    weights = pool.weights.copy()
    taken: dict[int, float] = {}
    heard: set[str] = set()
    figures: set[str] = set()
    behind = days_behind(s.original.article for s in pool.sentences)

    def gain(i: int) -> float:
        return float(weights[pool.grams[pool.starts[i] : pool.starts[i + 1]]].sum())

    def worth(i: int) -> float:
        sentence = pool.sentences[i]
        factor = math.sqrt(sentence.score) * kept(behind[sentence.original.article.id])
        factor *= _HEARD if _publisher(sentence) in heard else 1.0
        return gain(i) * factor / math.pow(max(1, sentence.words), _COST)

    full = np.array([gain(i) for i in range(len(pool.sentences))])
    heap = [(-worth(i), i) for i in range(len(pool.sentences))]
    heapq.heapify(heap)
    while heap:
        _, i = heapq.heappop(heap)
        sentence = pool.sentences[i]
        if i in taken:
            continue
        # Gains only fall as more is covered, so an old one that is still the best is the best (Minoux, 1978).
        now = worth(i)
        if heap and now < -heap[0][0] - 1e-12:
            heapq.heappush(heap, (-now, i))
            continue
        new_figures = set(_FIGURE.findall(sentence.text)) - figures
        if taken and gain(i) < _NEW * full[i] and not new_figures:
            continue
        unit = [j for j in _with_antecedent(pool, i) if j not in taken]
        cost = sum(count(pool.sentences[j].text) + _MARKED for j in unit)
        if not unit or (cost > room and taken):
            continue
        room -= cost
        for j in unit:
            taken[j] = gain(j)
            weights[pool.grams[pool.starts[j] : pool.starts[j + 1]]] = 0.0
            heard.add(_publisher(pool.sentences[j]))
            figures.update(_FIGURE.findall(pool.sentences[j].text))
    return taken


def _with_antecedent(pool: Pool, index: int) -> tuple[int, ...]:
    """The sentence, after the one before it where it leans on that; nothing where it is no sentence of the news."""
    sentence = pool.sentences[index]
    found = fault(sentence.text, sentence.language)
    if found in (Fault.FURNITURE, Fault.QUESTION, Fault.SHORT):
        return ()
    if not sentence.quoted and found not in (Fault.LEANS, Fault.SPEAKER):
        return (index,)
    if index > 0 and sentence.follows(pool.sentences[index - 1]):
        return index - 1, index
    # Nobody can tell who is quoted.
    return () if found is Fault.SPEAKER else (index,)


def _publisher(sentence: Sentence) -> str:
    article = sentence.original.article
    return article.source or article.id


def _runs(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """Sentences of one article, parted by paragraphs and where something between them is not shown."""
    runs: list[list[Sentence]] = []
    for sentence in sentences:
        last = runs[-1][-1] if runs else None
        if (
            last
            and sentence.follows(last)
            and "\n" not in sentence.original.article.text[last.span.end : sentence.span.start]
        ):
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    return runs
