"""Choosing sentences: coverage of what the sources say, without repetition, each readable where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np

from briefing.engines.extractive_corrected import Corrections, corrections
from briefing.engines.extractive_pool import Pool, Sentence
from briefing.engines.extractive_state import SAME, State
from briefing.model import Reason

# The ledger calls a sentence a repetition where one sentence taken has most of its words of content.
_REPEATED = 0.6
_LOOKED_AT = 40
_SHOWN = 60
_SPELT = "no one two three four five six seven eight nine ten".split()


class Rejected(NamedTuple):
    """A sentence that was strong but not taken, and why."""

    sentence: Sentence
    reason: Reason
    detail: str


class Choice(NamedTuple):
    """The sentences taken, in the order of taking, and the strongest that were not.

    ``leads`` are those that could open the story, the best, which was taken, first; ``corrections`` are the story's.
    """

    taken: tuple[Sentence, ...]
    rejected: tuple[Rejected, ...]
    leads: tuple[Sentence, ...]
    corrections: Corrections


def choose(
    pool: Pool, *, words: int, limit: int, language: str, avoid: Collection[Sentence] = (), rejections: int = 10
) -> Choice:
    """At most ``limit`` sentences of together at most ``words`` words; at least one where any can be read alone.

    Greedy maximisation of weighted coverage under a budget (Lin & Bilmes, 2011; the concepts are those of
    Gillick & Favre, 2009): the next sentence is the one with most weight not yet covered, divided by its length
    to the power of 0.4. Gains only fall as more is covered, so a heap of old gains is enough (Minoux, 1978).

    A sentence that leans on the one before it comes with that sentence or, if that is taken, after it; one that has
    a surname alone comes with a sentence that introduces it or, if such a one is taken, by itself. The first that is
    taken is the story's lead. A figure that a correction among the sentences takes back is not told, and the
    correction comes after the lead.
    """
    found = corrections(pool.sentences)
    avoided = {s.place for s in avoid}
    correcting = {i for unit in found.units for i in unit}
    taken_back = {
        s.place for i, s in enumerate(pool.sentences) if i not in correcting and found.takes_back(s.text, s.language)
    }
    places = frozenset(avoided | taken_back)
    for any_length in (False, True):
        state = State(pool, language, places, any_length)
        # Where there is no room for both, the correction is what the reader has to know.
        if any(len(unit) >= limit for unit in found.units):
            state.correct(found.units, limit)
        state.open(limit)
        state.correct(found.units, limit)
        state.fill(words, limit)
        if state.taken:
            break
    return Choice(
        tuple(pool.sentences[i] for i in state.taken),
        tuple(islice(_rejected(state, words, limit, taken_back, avoided), rejections)),
        tuple(pool.sentences[i] for i in state.leads),
        found,
    )


def _rejected(
    state: State, words: int, limit: int, taken_back: Collection[tuple[str, int]], avoided: Collection[tuple[str, int]]
) -> Iterator[Rejected]:
    """The strongest sentences that were not taken."""
    for index in np.argsort(-state.values, kind="stable")[:_LOOKED_AT]:
        i = int(index)
        sentence = state.pool.sentences[i]
        if i not in state.taken and sentence.place not in avoided:
            if sentence.place in taken_back:
                yield Rejected(sentence, Reason.UNSUPPORTED, "a correction takes its figure back")
            else:
                yield Rejected(sentence, *_why(state, i, words, limit))


def _why(state: State, index: int, words: int, limit: int) -> tuple[Reason, str]:
    fault = state.fault(index)
    if fault:
        return Reason.NOT_READABLE_ALONE, fault.value
    share, other = state.likest(index)
    if share >= _REPEATED and state.pool.sentences[index].language == state.language:
        text = state.pool.sentences[other].text
        return Reason.REPEATED, f"most of it is in: {text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + '…'}"
    if len(state.taken) >= limit:
        many = _SPELT[limit] if limit < len(_SPELT) else str(limit)
        return Reason.OVER_BUDGET, (
            "one sentence stands in brief" if limit == 1 else f"the story has its {many} sentences"
        )
    if state.pool.sentences[index].words > state.room:
        return Reason.OVER_BUDGET, f"no room in the {words} words of the story"
    if share >= SAME:
        return Reason.OVER_BUDGET, "half of its words are in one sentence taken"
    if state.repeats(index):
        return Reason.OVER_BUDGET, "little in it is new beside the sentences taken"
    if not state.readable(index):
        return Reason.NOT_READABLE_ALONE, "a name in it is not introduced"
    return Reason.OVER_BUDGET, f"no room in the {words} words of the story with the sentence that it needs"
