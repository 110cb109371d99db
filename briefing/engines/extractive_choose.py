"""Choosing sentences: coverage of what the sources say, without repetition, each readable where it stands."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from briefing.engines.extractive_pool import Pool, Sentence
from briefing.text.readable import Fault, fault, follows

# Measured on news and on reports: between 0.3 and 0.6 little changes. 0 prefers long sentences, 1 dense ones.
_COST = 0.4
# Of two sentences of nearly the same worth, the one of a text that is not yet cited.
_SAME_SOURCE = 0.95
# A sentence in another language than the brief's has to say far more that is new.
_FOREIGN = 0.5
# A sentence that needs its neighbour is taken only where it is clearly better than one that does not.
_LEANING = 0.9
# A sentence repeats what was said when less than this share of its weight would be new.
_NEW = 0.25
# The first sentence of an article sums it up.
_LEAD = 1.5


class Rejected(NamedTuple):
    """A sentence that was strong but not taken: what of its weight was still new, and its fault if it has one."""

    sentence: Sentence
    fault: Fault | None
    repeated: bool


class Choice(NamedTuple):
    """The sentences taken, in the order of taking, and the strongest that were not."""

    taken: tuple[Sentence, ...]
    rejected: tuple[Rejected, ...]


def choose(
    pool: Pool, *, words: int, limit: int, language: str, avoid: Collection[Sentence] = (), rejections: int = 10
) -> Choice:
    """At most ``limit`` sentences of together at most ``words`` words; at least one where any can be read alone.

    Greedy maximisation of weighted coverage under a budget (Lin & Bilmes, 2011; the concepts are those of
    Gillick & Favre, 2009): the next sentence is the one with most weight not yet covered, divided by its length
    to the power of 0.4. Gains only fall as more is covered, so a heap of old gains is enough (Minoux, 1978).

    A sentence that leans on the one before it comes with that sentence or, if that is taken, after it.
    """
    places = frozenset(s.place for s in avoid)
    for tolerated in (frozenset[Fault](), frozenset({Fault.SHORT, Fault.LONG})):
        state = _State(pool, language, places, tolerated)
        state.fill(words, limit)
        if state.taken:
            break
    return Choice(tuple(pool.sentences[i] for i in state.taken), tuple(state.rejected(rejections)))


class _State:
    """What is covered so far, and the sentences that may still be taken, best first."""

    def __init__(
        self, pool: Pool, language: str, avoid: frozenset[tuple[str, int]], tolerated: frozenset[Fault]
    ) -> None:
        self.pool = pool
        self.weights = pool.weights.copy()
        self.taken: list[int] = []
        self.cited: set[str] = set()
        self.faults: dict[int, Fault | None] = {}
        self.avoid = avoid
        self.tolerated = tolerated
        self.factor = np.array([_factor(sentence, language) for sentence in pool.sentences], dtype=np.float64)
        sums = np.concatenate([[0.0], np.cumsum(self.weights[pool.grams])])
        self.initial: NDArray[np.float64] = sums[pool.starts[1:]] - sums[pool.starts[:-1]]
        lengths = np.array([s.words for s in pool.sentences], dtype=np.float64)
        self.values: NDArray[np.float64] = self.initial * self.factor / lengths**_COST
        self.heap = [(-float(v), i) for i, v in enumerate(self.values) if v > 0]
        heapq.heapify(self.heap)

    def fill(self, words: int, limit: int) -> None:
        """Takes the best that fits until nothing does. The first may be longer than ``words`` if nothing else is."""
        room = words
        while len(self.taken) < limit and (unit := self.best(room if self.taken else None)):
            cost = sum(self.pool.sentences[i].words for i in unit)
            if len(self.taken) + len(unit) <= limit and (cost <= room or not self.taken):
                room -= cost
                self.take(unit)

    def fault(self, index: int) -> Fault | None:
        """The fault of a sentence; looked for when the sentence is first considered, as few ever are."""
        if index not in self.faults:
            sentence = self.pool.sentences[index]
            found = fault(sentence.text, sentence.language)
            if sentence.quoted and found in (None, Fault.LEANS):
                found = Fault.SPEAKER
            self.faults[index] = None if found in self.tolerated else found
        return self.faults[index]

    def best(self, room: int | None) -> tuple[int, ...]:
        """The sentence with the highest present value, with what it leans on; taken off the heap. Empty at the end.

        What has more than ``room`` words is passed over for good, as room only shrinks.
        """
        while self.heap:
            _, index = heapq.heappop(self.heap)
            if room is not None and self.pool.sentences[index].words > room:
                continue
            unit = self._readable(index)
            if not unit:
                continue
            value = self._value(unit)
            if value > 0 and (not self.heap or value >= -self.heap[0][0]):
                return unit
            if value > 0:
                heapq.heappush(self.heap, (-value, index))
        return ()

    def take(self, unit: tuple[int, ...]) -> None:
        for index in unit:
            self.taken.append(index)
            self.cited.add(self.pool.sentences[index].original.article.id)
            self.weights[self._grams(index)] = 0.0
        after = unit[-1] + 1
        if after < len(self.pool.sentences) and self._leans_on(after, unit[-1]):
            # Its antecedent is there now, so it costs less than the pair did.
            heapq.heappush(self.heap, (-self._value((after,)), after))

    def rejected(self, most: int) -> list[Rejected]:
        """The strongest sentences that were not taken, at most ``most``."""
        found: list[Rejected] = []
        for index in np.argsort(-self.values, kind="stable")[: 4 * most]:
            i = int(index)
            sentence = self.pool.sentences[i]
            if i in self.taken or sentence.place in self.avoid or len(found) == most:
                continue
            found.append(Rejected(sentence, self.fault(i), self._repeats(i)))
        return found

    def _repeats(self, index: int) -> bool:
        return float(self.weights[self._grams(index)].sum()) < _NEW * float(self.initial[index])

    def _grams(self, index: int) -> NDArray[np.int64]:
        return self.pool.grams[self.pool.starts[index] : self.pool.starts[index + 1]]

    def _readable(self, index: int) -> tuple[int, ...]:
        """What has to be taken so that sentence ``index`` can be read; nothing if that is not possible."""
        if index in self.taken or self.pool.sentences[index].place in self.avoid or self._repeats(index):
            return ()
        if self.fault(index) is None:
            return (index,)
        before = index - 1
        if before < 0 or not self._leans_on(index, before) or self.pool.sentences[before].place in self.avoid:
            return ()
        return (index,) if before in self.taken else (before, index)

    def _leans_on(self, index: int, before: int) -> bool:
        sentence, previous = self.pool.sentences[index], self.pool.sentences[before]
        return (
            sentence.follows(previous)
            and self.fault(index) is Fault.LEANS
            and self.fault(before) is None
            and follows(sentence.text, previous.text)
        )

    def _value(self, unit: tuple[int, ...]) -> float:
        sentences = [self.pool.sentences[i] for i in unit]
        grams = self._grams(unit[0]) if len(unit) == 1 else np.unique(np.concatenate([self._grams(i) for i in unit]))
        value = float(self.weights[grams].sum()) * float(self.factor[unit[-1]])
        if self.fault(unit[-1]) is Fault.LEANS:
            value *= _LEANING
        if sentences[0].original.article.id in self.cited:
            value *= _SAME_SOURCE
        return value / float(sum(s.words for s in sentences) ** _COST)


def _factor(sentence: Sentence, language: str) -> float:
    return (
        sentence.score**0.5
        * (1.0 if sentence.language == language else _FOREIGN)
        * (_LEAD if sentence.index == 0 else 1.0)
    )


def arranged(taken: Sequence[Sentence], language: str) -> list[Sentence]:
    """``taken`` in reading order: the lead, the rest of its article, then the other articles by time.

    The brief's language comes first. The lead is the first that was taken; a sentence that directly follows
    another in its article follows it here too.
    """
    if not taken:
        return []
    runs = _runs(taken)
    lead = next(run for run in runs if taken[0] in run)
    order = {s.original.article.id: i for i, s in reversed(list(enumerate(taken)))}

    def rank(run: list[Sentence]) -> tuple[bool, bool, bool, float, int, int]:
        article = run[0].original.article
        when = article.published.timestamp() if article.published else float("inf")
        home = article.id == lead[0].original.article.id
        return (run[0].language != language, run is not lead, not home, when, order[article.id], run[0].span.start)

    return [sentence for run in sorted(runs, key=rank) for sentence in run]


def _runs(taken: Sequence[Sentence]) -> list[list[Sentence]]:
    """Sentences that directly follow each other, together."""
    runs: list[list[Sentence]] = []
    for sentence in sorted(taken, key=lambda s: s.place):
        if runs and sentence.follows(runs[-1][-1]):
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    return runs
