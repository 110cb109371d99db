"""Figures that a correction takes back, and the sentences that do so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefing.engines.extractive_pool import Sentence
from briefing.text.facts.counts import Counted, counts
from briefing.text.facts.numbers import numbers

_CORRECTS = re.compile(
    r"\b(?:correction|corrected|wrongly|incorrectly|erroneously|in error|mistakenly|misstated|an earlier version"
    r"|berichtigung|korrektur|fälschlich|rectificati(?:f|on)|par erreur|corrección|fe de errores|erróneamente)\b",
    re.IGNORECASE,
)
# What follows and gives the right figure: "The correct number is nine, police said."
_RIGHT = re.compile(
    r"\b(?:correct|right|true|actual) (?:number|figure|toll|total|amount|sum|count)\b"
    r"|\bshould (?:have (?:been|said)|read)\b"
    r"|\brichtig(?:e zahl| ist| sind| wäre)\b|\bchiffre (?:exact|correct)\b|\bbon chiffre\b"
    r"|\bcifra (?:correcta|exacta)\b|\bnúmero (?:correcto|exacto)\b",
    re.IGNORECASE,
)
# A correction is printed although it speaks of "this article"; but not a list of them.
_LONGEST = 80


class Corrections(NamedTuple):
    """``units`` are the places in the story of each correction that names the wrong figure and the right one.

    ``back`` are the figures taken back, each with what it counts.
    """

    units: tuple[tuple[int, ...], ...]
    back: frozenset[tuple[str, float]]

    def takes_back(self, text: str, language: str) -> bool:
        """Whether ``text`` gives such a figure as true (*112, not 121* does not)."""
        return bool(self.back) and any(
            _figure(count) in self.back and not count.withdrawn for count in counts(text, language)
        )


def corrections(sentences: Sequence[Sentence]) -> Corrections:
    """The corrections among ``sentences``, each of one sentence or of two that follow each other."""
    units: list[tuple[int, ...]] = []
    back: set[tuple[str, float]] = set()
    for index, sentence in enumerate(sentences):
        if not _CORRECTS.search(sentence.text):
            continue
        withdrawn = _withdrawn(sentence)
        unit = [index]
        after = sentences[index + 1] if index + 1 < len(sentences) else None
        if after and after.follows(sentence) and not _CORRECTS.search(after.text):
            further = _withdrawn(after)
            if further or (withdrawn and _RIGHT.search(after.text)):
                withdrawn |= further
                unit.append(index + 1)
        back |= withdrawn
        told = [sentences[i] for i in unit]
        values = {n.value for s in told for n in numbers(s.text, s.language)}
        if withdrawn and len(values) > 1 and sum(s.words for s in told) <= _LONGEST:
            units.append(tuple(unit))
    return Corrections(tuple(units), frozenset(back))


def _withdrawn(sentence: Sentence) -> set[tuple[str, float]]:
    return {_figure(count) for count in counts(sentence.text, sentence.language) if count.withdrawn}


def _figure(count: Counted) -> tuple[str, float]:
    """The number with what it counts; of a toll, without whose it is."""
    return ":".join(count.thing.split(":")[:2]), count.number.value
