"""Which sentences of the evidence a claim stands on, and which of its words stand on none."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from briefing.text.facts.thesaurus import antonyms, synonyms
from briefing.text.facts.tokens import Token, tokens

# Okapi BM25 (Robertson and Zaragoza, 2009). Sentences differ less in length than documents: b below the usual 0.75.
_K1, _B = 1.2, 0.3
# A claim of one sentence seldom draws on more.
_SENTENCES = 4
# What a synonym counts against the word itself: it may be the wrong sense.
_SYNONYM = 0.6


class Alignment(NamedTuple):
    """How the words of a claim stand in its evidence.

    ``best`` are the sentences that cover the claim together, the most telling first. ``strange`` are the words that
    have neither a counterpart nor a synonym anywhere in the evidence, ``strange_names`` those with a capital, and
    ``opposed`` pairs a word of the claim with its opposite in the evidence. ``covered`` is the share of the
    claim's weight (by rarity) found in ``best``; ``together`` the share of neighbouring words that also meet in
    one sentence of the evidence. ``length`` counts the claim's words of content.
    """

    best: tuple[int, ...]
    covered: float
    together: float
    strange: tuple[str, ...]
    strange_names: tuple[str, ...]
    opposed: tuple[tuple[str, str], ...]
    length: int


def align(claim: str, evidence: Sequence[str], language: str = "en") -> Alignment:
    """Aligns ``claim`` with ``evidence``, sentence by sentence, both in ``language``."""
    told = tokens(claim, language)
    keys = list(dict.fromkeys(t.key for t in told))
    held = [frozenset(t.key for t in tokens(sentence, language)) for sentence in evidence]
    known = frozenset().union(*held)
    kin = {k: _kin(k, known) for k in keys if k not in known} if language == "en" else {}
    credit = [{k: c for k in keys if (c := _credit(k, sentence, kin))} for sentence in held]
    weight = _weights(keys, held)
    best, got = _cover(credit, weight)
    near = frozenset().union(*(held[i] for i in best))
    strange = [t for t in told if t.key not in known]
    named = [t for t in strange if t.capital and t.start > 0]
    odd = [t for t in strange if t not in named and not kin.get(t.key)]
    return Alignment(
        best,
        sum(weight[k] * c for k, c in got.items()) / (sum(weight.values()) or 1.0),
        _together(told, credit),
        tuple(claim[t.start : t.end] for t in odd),
        tuple(claim[t.start : t.end] for t in named),
        _opposed(claim, [t for t in strange if t not in named], near, language),
        len(told),
    )


def locate(claim: str, sentences: Sequence[str], language: str = "en") -> tuple[int, ...]:
    """Indices of ``sentences``, the likeliest evidence of ``claim`` first, by BM25 with the claim as the query."""
    held = [[t.key for t in tokens(sentence, language)] for sentence in sentences]
    keys = {t.key for t in tokens(claim, language)}
    if not held:
        return ()
    found = Counter(k for sentence in held for k in set(sentence) & keys)
    weight = {k: math.log(1 + (len(held) - n + 0.5) / (n + 0.5)) for k, n in found.items()}
    usual = sum(map(len, held)) / len(held) or 1.0

    def score(index: int) -> float:
        counts = Counter(held[index])
        norm = _K1 * (1 - _B + _B * len(held[index]) / usual)
        return sum(w * counts[k] * (_K1 + 1) / (counts[k] + norm) for k, w in weight.items() if k in counts)

    return tuple(sorted(range(len(held)), key=lambda i: (-score(i), i)))


def _kin(key: str, known: frozenset[str]) -> frozenset[str]:
    return frozenset(k for k in known if synonyms(key, k))


def _credit(key: str, sentence: frozenset[str], kin: dict[str, frozenset[str]]) -> float:
    if key in sentence:
        return 1.0
    return _SYNONYM if kin.get(key, frozenset()) & sentence else 0.0


def _weights(keys: Sequence[str], held: Sequence[frozenset[str]]) -> dict[str, float]:
    return {k: math.log(1 + len(held) / (sum(k in s for s in held) or 0.5)) for k in keys}


def _cover(credit: Sequence[dict[str, float]], weight: dict[str, float]) -> tuple[tuple[int, ...], dict[str, float]]:
    got: dict[str, float] = {}
    best: list[int] = []

    def gain(index: int) -> float:
        return sum(weight[k] * max(0.0, c - got.get(k, 0.0)) for k, c in credit[index].items())

    while len(best) < min(_SENTENCES, len(credit)):
        index = max(range(len(credit)), key=gain)
        if gain(index) <= 0:
            break
        for k, c in credit[index].items():
            got[k] = max(got.get(k, 0.0), c)
        best.append(index)
    return tuple(best), got


def _together(told: Sequence[Token], credit: Sequence[dict[str, float]]) -> float:
    pairs = [(a.key, b.key) for a, b in pairwise(told)]
    return sum(any(a in c and b in c for c in credit) for a, b in pairs) / len(pairs) if pairs else 1.0


def _opposed(claim: str, words: Sequence[Token], near: frozenset[str], language: str) -> tuple[tuple[str, str], ...]:
    if language != "en":
        return ()
    pairs = ((t, next((k for k in sorted(near) if antonyms(t.key, k)), "")) for t in words)
    return tuple((claim[t.start : t.end], other) for t, other in pairs if other)
