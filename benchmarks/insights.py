"""Whether a text tells an insight, by weighted words: an automatic stand-in for people's judgement.

The measure asks how much of the insight's words the best one or two lines hold. Its agreement with people is a
figure of its own (``coverage_judged``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations_with_replacement
from math import log
from typing import NamedTuple

from briefing.text.words import terms

# Recall counts four times what precision does: a line may say more than the insight, yet not everything at once.
_BETA2 = 4.0
# Where people's "fully" and "partially" begin on average; the same on both halves of their judgements.
FULLY, PARTIALLY = 0.5, 0.36


class Told(NamedTuple):
    """How far an insight is told, 0 to 1, and by which one or two lines (their places)."""

    score: float
    lines: tuple[int, ...]

    @property
    def coverage(self) -> float:
        """1.0 told fully, 0.5 partially, 0.0 not, as people's labels are counted (Laban et al., 2024)."""
        return 1.0 if self.score >= FULLY else 0.5 if self.score >= PARTIALLY else 0.0


class Insights:
    """Judges lines against insights; words that are rare among ``background`` (lines of that kind) weigh more."""

    def __init__(self, background: Iterable[str], language: str = "en") -> None:
        self._language = language
        self._count = 0
        self._frequency: Counter[str] = Counter()
        for line in background:
            self._count += 1
            self._frequency.update(set(terms(line, language)))

    def told(self, insight: str, lines: Sequence[str]) -> Told:
        """The line, or pair of lines, that tells most of ``insight``: the highest weighted F2 of their words."""
        wanted = set(terms(insight, self._language))
        said = [set(terms(line, self._language)) for line in lines]
        best = Told(0.0, ())
        for first, second in combinations_with_replacement(range(len(lines)), 2):
            score = self._f2(wanted, said[first] | said[second])
            if score > best.score:
                best = Told(score, (first,) if first == second else (first, second))
        return best

    def _f2(self, wanted: set[str], said: set[str]) -> float:
        shared = self._weight(wanted & said)
        if not shared:
            return 0.0
        precision, recall = shared / self._weight(said), shared / self._weight(wanted)
        return (1 + _BETA2) * precision * recall / (_BETA2 * precision + recall)

    def _weight(self, words: set[str]) -> float:
        return sum(log((self._count + 1) / (self._frequency[word] + 0.5)) for word in words)
