"""Figures that a correction takes back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.engines.extractive_pool import Sentence
from briefing.text.facts.counts import counts

_CORRECTS = re.compile(
    r"\b(?:correction|corrected|wrongly|incorrectly|erroneously|in error|mistakenly|an earlier version|berichtigung"
    r"|korrektur|fälschlich|rectificati(?:f|on)|par erreur|corrección|fe de errores|erróneamente)\b",
    re.IGNORECASE,
)


def corrected(sentences: Sequence[Sentence]) -> frozenset[tuple[str, int]]:
    """Places of the sentences with a figure that a correction among ``sentences`` takes back (*112, not 121*).

    The correction itself stays: it marks the figure as wrong. The same number of another thing stays too.
    """
    back = {
        (count.thing, count.number.value)
        for sentence in sentences
        if _CORRECTS.search(sentence.text)
        for count in counts(sentence.text, sentence.language)
        if count.withdrawn
    }
    if not back:
        return frozenset()
    return frozenset(
        sentence.place
        for sentence in sentences
        if any((c.thing, c.number.value) in back and not c.withdrawn for c in counts(sentence.text, sentence.language))
    )
