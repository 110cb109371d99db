"""Which paragraphs of a text are about the same thing as the rest, and whether a title fits a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

_FEW = 4
_LOW = 0.045


def strays(paragraphs: Sequence[Sequence[str]]) -> dict[int, str]:
    """Places of paragraphs (given as terms) that share next to nothing with the others, and why, in words."""
    if len(paragraphs) < _FEW:
        return {}
    spread = Counter(term for terms in paragraphs for term in set(terms))
    weight = {term: log(1 + len(paragraphs) / n) for term, n in spread.items()}
    total = Counter(term for terms in paragraphs for term in terms)
    found: dict[int, str] = {}
    for place, terms in enumerate(paragraphs):
        own = Counter(terms)
        if len(own) < _FEW:
            continue
        rest = total - own
        shared = sum(own[t] * rest[t] * weight[t] ** 2 for t in own if t in rest)
        norm = sqrt(_square(own, weight) * _square(rest, weight))
        if norm and shared / norm < _LOW:
            common = sum(t in rest for t in own)
            found[place] = f"shares {common} of its {len(own)} words with the rest of the page"
    return found


def fits(title: Sequence[str], text: Sequence[str]) -> bool:
    """Whether a title (given as terms) belongs to a text: enough of its words stand in the text."""
    words = set(title)
    return not words or len(words & set(text)) / len(words) >= 0.45


def _square(counts: Counter[str], weight: dict[str, float]) -> float:
    return sum((n * weight[t]) ** 2 for t, n in counts.items())
