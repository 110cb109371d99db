"""Sentences of other sources that say the same as one that was taken."""

from __future__ import annotations

import re

import numpy as np

from briefing.engines.extractive_pool import Pool, Sentence
from briefing.text.words import fold, words

# A second citation is printed as proof of the whole sentence, so nearly every word has to be there.
_SHARED_PAIRS, _SHARED_WORDS = 0.4, 0.8
# Words that turn a sentence round or weaken it; both sentences must have the same.
_TURNING = frozenset(
    map(
        fold,
        (
            "not no never none neither nor without cannot isn't wasn't aren't weren't don't doesn't didn't won't can't "
            "may might could would should if unless except only but denied denies deny alleged allegedly reportedly "
            "suspected nearly almost about around roughly least most more less fewer than up down over under "
            "nicht kein keine keinen nie niemals ohne könnte soll sollen mutmaßlich ne pas jamais aucun sans pourrait "
            "présumé nunca sin podría presunto"
        ).split(),
    )
)
_NUMBERS = frozenset(
    map(
        fold,
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
            "thousand million billion trillion dozen half first second third "
            "ein eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend millionen milliarden "
            "un une deux trois quatre cinq six sept huit neuf dix cent mille millions milliards "
            "uno una dos tres cuatro cinco seis siete ocho nueve diez cien ciento mil millón millones"
        ).split(),
    )
)


def supporters(sentence: Sentence, pool: Pool, most: int) -> list[Sentence]:
    """At most ``most`` sentences of other originals that hold nearly every word of ``sentence``.

    Its names and numbers are all among them, and both have the same negations and hedges.
    """
    at = next(i for i, s in enumerate(pool.sentences) if s.place == sentence.place)
    mine = pool.grams[pool.starts[at] : pool.starts[at + 1]]
    if most < 1 or not len(mine):
        return []
    marks = np.zeros(len(pool.weights), dtype=np.int64)
    marks[mine] = 1
    sums = np.concatenate([[0], np.cumsum(marks[pool.grams])])
    shared = (sums[pool.starts[1:]] - sums[pool.starts[:-1]]) / len(mine)
    found: list[Sentence] = []
    texts = {sentence.original.article.id}
    for index in np.argsort(-shared, kind="stable"):
        other = pool.sentences[int(index)]
        if shared[index] < _SHARED_PAIRS or len(found) == most:
            break
        if other.original.article.id not in texts and not other.quoted and _supports(other.text, sentence.text):
            texts.add(other.original.article.id)
            found.append(other)
    return found


def _supports(evidence: str, claim: str) -> bool:
    have, want = [fold(w) for w in words(evidence)], [fold(w) for w in words(claim)]
    offered, asked = set(have), set(want)
    if len(asked & offered) < _SHARED_WORDS * len(asked) or asked & _TURNING != offered & _TURNING:
        return False
    return _firm(claim) <= offered and _numbers(evidence) == _numbers(claim)


def _firm(text: str) -> set[str]:
    """Folded names: words with a capital that do not begin the sentence, and words with a digit."""
    found = words(text)
    return {fold(w) for i, w in enumerate(found) if re.search(r"\d", w) or (i and w[:1].isupper())}


def _numbers(text: str) -> set[str]:
    return {w for w in map(fold, words(text)) if any(c.isdigit() for c in w) or w in _NUMBERS}
