"""What a story's sentences taken so far have said, and which sentence comes next."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from briefing.engines.extractive_lead import days_behind, leads
from briefing.engines.extractive_names import Names
from briefing.engines.extractive_pool import Pool, Sentence
from briefing.text.readable import Fault, fault, follows, narrates
from briefing.text.words import fold, terms, words

# Measured on news and on reports: between 0.3 and 0.6 little changes. 0 prefers long sentences, 1 dense ones.
_COST = 0.4
# Of two sentences of nearly the same worth, the one of a text that is not yet cited.
_SAME_SOURCE = 0.95
# A sentence in another language than the brief's has to say far more that is new.
_FOREIGN = 0.25
# A sentence that needs its neighbour is taken only where it is clearly better than one that does not.
_LEANING = 0.9
# A sentence repeats what was said when less than this share of its weight would be new.
_NEW = 0.25
# And when one sentence that was taken has this share of its words.
SAME = 0.5
# The first sentence of an article sums it up.
_LEAD = 1.5
# What an article said a day before the newest is worth this much of it; and what it said was so or would be, and not
# what was done, may no longer hold.
_A_DAY, _STALE = 0.9, 0.5


_INTRODUCERS = 5
# A story's headline may be cut from another sentence that is nearly as good a lead.
_LEADS, _NEAR = 4, 0.7


class State:
    """What is covered so far, and the sentences that may still be taken, best first."""

    def __init__(self, pool: Pool, language: str, avoid: frozenset[tuple[str, int]], any_length: bool) -> None:
        self.pool = pool
        self.weights = pool.weights.copy()
        self.taken: list[int] = []
        self.cited: set[str] = set()
        self.faults: dict[int, Fault | None] = {}
        self.avoid = avoid
        self.any_length = any_length
        self.names = Names(pool.sentences)
        self.known: set[str] = set()
        self.leads: list[int] = []
        self.room = 0
        self.waiting: dict[str, list[int]] = defaultdict(list)
        self.said: list[frozenset[str]] = []
        behind = days_behind(s.original.article for s in pool.sentences)
        self.days = np.array([behind[s.original.article.id] for s in pool.sentences], dtype=np.float64)
        self.language = language
        factor = np.array([_factor(sentence, language) for sentence in pool.sentences], dtype=np.float64)
        self.factor: NDArray[np.float64] = factor * _A_DAY**self.days
        sums = np.concatenate([[0.0], np.cumsum(self.weights[pool.grams])])
        self.initial: NDArray[np.float64] = sums[pool.starts[1:]] - sums[pool.starts[:-1]]
        lengths = np.array([s.words for s in pool.sentences], dtype=np.float64)
        self.values: NDArray[np.float64] = self.initial * self.factor / lengths**_COST
        self.heap = [(-float(v), i) for i, v in enumerate(self.values) if v > 0]
        heapq.heapify(self.heap)

    def open(self, limit: int) -> None:
        """Takes the lead: the best that stands alone and introduces whom it names, in the language if there is one."""
        likely = [
            (i, worth)
            for i, worth in leads(self.pool, self.values, self.days)
            if worth > 0
            and self.pool.sentences[i].place not in self.avoid
            and self.fault(i) is None
            and not self.names.wanted(i)
        ]
        likely = [(i, w) for i, w in likely if self.pool.sentences[i].language == self.language] or likely
        if likely:
            self.leads = [i for i, worth in likely[:_LEADS] if worth >= _NEAR * likely[0][1]]
            if len(self.taken) < limit and likely[0][0] not in self.taken:
                self.take((likely[0][0],))

    def correct(self, units: Sequence[tuple[int, ...]], limit: int) -> None:
        """Takes the corrections, whatever else may be wrong with their form: who read the old figure looks for it."""
        for unit in units:
            new = tuple(i for i in unit if i not in self.taken)
            if (
                new
                and len(self.taken) + len(new) <= limit
                and not any(self.pool.sentences[i].place in self.avoid for i in unit)
            ):
                self.take(new)

    def fill(self, words: int, limit: int) -> None:
        """Takes the best that fits until nothing does. The first may be longer than ``words`` if nothing else is."""
        self.room = words - sum(self.pool.sentences[i].words for i in self.taken)
        while len(self.taken) < limit and (unit := self.best(self.room if self.taken else None)):
            cost = sum(self.pool.sentences[i].words for i in unit)
            if len(self.taken) + len(unit) <= limit and (cost <= self.room or not self.taken):
                self.room -= cost
                self.take(unit)

    def fault(self, index: int) -> Fault | None:
        """The fault of a sentence; looked for when the sentence is first considered, as few ever are."""
        if index not in self.faults:
            sentence = self.pool.sentences[index]
            found = fault(sentence.text, sentence.language, any_length=self.any_length)
            if sentence.quoted and found in (None, Fault.LEANS):
                found = Fault.SPEAKER
            self.faults[index] = found
        return self.faults[index]

    def best(self, room: int | None) -> tuple[int, ...]:
        """The sentence with the highest present value, with what it leans on; taken off the heap. Empty at the end.

        What has more than ``room`` words is passed over for good, as room only shrinks.
        """
        while self.heap:
            _, index = heapq.heappop(self.heap)
            if room is not None and self.pool.sentences[index].words > room:
                continue
            unit = self.readable(index)
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
            self._introduce(self.names.given(index))
            sentence = self.pool.sentences[index]
            said = {*terms(sentence.text, sentence.language), *(fold(w) for w in words(sentence.text))}
            self.said.append(frozenset(said))
            self.weights[self._grams(index)] = 0.0
        after = unit[-1] + 1
        if after < len(self.pool.sentences) and self._leans_on(after, unit[-1]):
            # Its antecedent is there now, so it costs less than the pair did.
            heapq.heappush(self.heap, (-self._value((after,)), after))

    def _introduce(self, names: Collection[str]) -> None:
        """Lets the sentences that waited for ``names`` be considered again."""
        self.known.update(names)
        for name in names:
            for index in self.waiting.pop(name, ()):
                heapq.heappush(self.heap, (-float(self.values[index]), index))

    def repeats(self, index: int) -> bool:
        """Whether the sentence says little that is new, or much of what one sentence taken says."""
        if float(self.weights[self._grams(index)].sum()) < _NEW * float(self.initial[index]):
            return True
        return self.likest(index)[0] >= SAME

    def likest(self, index: int) -> tuple[float, int]:
        """The largest share of the sentence's words of content that one sentence taken has, and that one's index."""
        mine = self.content(index)
        shares = [len(mine & said) / len(mine) if mine else 1.0 for said in self.said]
        best = max(range(len(shares)), key=shares.__getitem__, default=-1)
        return (shares[best], self.taken[best]) if shares else (0.0, -1)

    def content(self, index: int) -> frozenset[str]:
        """What tells one statement from another: the words; of another language the names and the numbers."""
        sentence = self.pool.sentences[index]
        if sentence.language == self.language:
            return frozenset(terms(sentence.text, sentence.language))
        return frozenset(fold(w) for w in words(sentence.text) if not w.islower())

    def _grams(self, index: int) -> NDArray[np.int64]:
        return self.pool.grams[self.pool.starts[index] : self.pool.starts[index + 1]]

    def readable(self, index: int) -> tuple[int, ...]:
        """What has to be taken so that sentence ``index`` can be read; nothing if that is not possible."""
        if index in self.taken or self.pool.sentences[index].place in self.avoid or self.repeats(index):
            return ()
        unit = self._with_antecedent(index)
        return self._with_names(unit) if unit else ()

    def _with_antecedent(self, index: int) -> tuple[int, ...]:
        if self.fault(index) is None:
            return (index,)
        before = index - 1
        if before < 0 or not self._leans_on(index, before) or self.pool.sentences[before].place in self.avoid:
            return ()
        return (index,) if before in self.taken else (before, index)

    def _with_names(self, unit: tuple[int, ...]) -> tuple[int, ...]:
        """``unit`` after the sentence that introduces whom it names, where that is not yet taken."""
        known = set(self.known)
        unknown: set[str] = set()
        for index in unit:
            unknown |= self.names.wanted(index) - known
            known |= self.names.given(index)
        if not unknown:
            return unit
        givers = {i for name in unknown for i in self.names.givers(name)} - set(unit)
        for giver in sorted(givers, key=lambda i: (-self.values[i], i))[:_INTRODUCERS]:
            whole = (giver, *unit)
            if (
                self.fault(giver) is None
                and self.pool.sentences[giver].place not in self.avoid
                and not unknown - self.names.given(giver)
                and not self.names.wanted(giver) - self.known
                and not self.repeats(giver)
            ):
                return whole
        for name in unknown:
            self.waiting[name].append(unit[-1])
        return ()

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
        if self.days[unit[-1]] >= 0.5 and not narrates(sentences[-1].text, sentences[-1].language):
            value *= _STALE
        if sentences[0].original.article.id in self.cited:
            value *= _SAME_SOURCE
        return value / math.pow(sum(s.words for s in sentences), _COST)


def _factor(sentence: Sentence, language: str) -> float:
    return (
        math.sqrt(sentence.score)
        * (1.0 if sentence.language == language else _FOREIGN)
        * (_LEAD if sentence.nth == 0 else 1.0)
    )
