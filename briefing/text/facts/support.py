"""How well evidence supports a claim, as one number; and which sentences are the evidence.

A logistic combination of a few features, each of which counts something that may be wrong. It knows words and not
the world: a paraphrase in words that no thesaurus links is doubted, a swapped role in the same words is believed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from briefing.text.facts.alignment import align
from briefing.text.facts.clauses import strange_denials
from briefing.text.facts.compare import (
    Difference,
    Evidence,
    differences,
    strange_dates,
    strange_names,
    strange_numbers,
)
from briefing.text.sentences import sentences

# Longer pieces of evidence are split into sentences first.
_LONG = 400


class Support(NamedTuple):
    """``score`` from 0 to 1; what differs; and the indices of the evidence that carries the claim, best first."""

    score: float
    findings: tuple[Difference, ...]
    best: tuple[int, ...]


class Features(NamedTuple):
    """What the score is made of; all but the first count against the claim."""

    together: float
    strange: float
    strange_names: float
    opposed: float
    denials: float
    numbers: float
    dates: float
    names: float
    length: float


# Made by ``python -m benchmarks.fit_support``, which says on what and how well it carries over to other data.
WEIGHTS = Features(
    together=0.55,
    strange=-4.26,
    strange_names=-6.51,
    opposed=-0.79,
    denials=-1.45,
    numbers=-1.12,
    dates=-1.46,
    names=-1.07,
    length=-0.6,
)
BIAS = 2.16
# At or above, a claim is taken to be supported: both kinds of error weigh the same.
THRESHOLD = 0.5
# Below, a claim is doubted for its words alone: nineteen of twenty supported ones lie above on data not fitted on.
DOUBTFUL = 0.1


def support(claim: str, evidence: Sequence[str], language: str = "en") -> Support:
    """How well ``evidence`` supports ``claim``, both in ``language``; no evidence scores 0."""
    split = [(piece, i) for i, text in enumerate(evidence) for piece in pieces(text, language)]
    if not split:
        return Support(0.0, (), ())
    texts = [piece for piece, _ in split]
    aligned = align(claim, texts, language)
    best = tuple(dict.fromkeys(split[i][1] for i in aligned.best))
    score = combine(features(claim, texts, language))
    return Support(score, differences(claim, [Evidence(texts[i], language) for i in aligned.best], (), language), best)


def features(claim: str, evidence: Sequence[str], language: str = "en") -> Features:
    """The features of ``claim`` against sentences of evidence."""
    aligned = align(claim, evidence, language)
    whole = [Evidence(text, language) for text in evidence]
    words = max(1, aligned.length)
    return Features(
        together=aligned.together,
        strange=len(aligned.strange) / words,
        strange_names=len(aligned.strange_names) / words,
        opposed=float(len(aligned.opposed)),
        denials=float(strange_denials(claim, evidence, language)),
        numbers=float(sum(n.unit != "ordinal" for n in strange_numbers(claim, whole, language))),
        dates=float(len(strange_dates(claim, whole, language))),
        names=sum(share for _, share in strange_names(claim, whole, language)),
        length=math.log(words),
    )


def combine(values: Features) -> float:
    """The score of ``values``: the logistic function of their weighted sum."""
    return 1 / (1 + math.exp(-(BIAS + sum(w * v for w, v in zip(WEIGHTS, values, strict=True)))))


def pieces(text: str, language: str = "en") -> list[str]:
    """``text`` as it is compared: whole when short, else sentence by sentence."""
    return [text[a:b] for a, b in sentences(text, language)] if len(text) > _LONG else [text]
