"""Which paragraphs of a text are about the same thing as the rest, and whether a title fits a text.

A paragraph belongs when the words of the others explain its own better than general language does: the log of
the ratio of two unigram models, the others' interpolated with the general one (Jelinek and Mercer, 1980). Paragraphs
that share words with the one before them are on one side with it, so the sides are settled along the
chain (forward-backward; Rabiner, 1989).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import exp, log
from typing import NamedTuple

import regex

from briefing.text.frequency import probability
from briefing.text.words import fold, stem, stopwords, words

# How much of a paragraph the words of the others explain. Names recur within an article more than other words.
_SHARE_OF_NAMES = 0.2
_SHARE_OF_WORDS = 0.1
_SHARE_OF_LINK = 0.2
_STAY = 0.5
_PER_LINK = 0.4
_FEW_PARAGRAPHS = 4
_RARE = probability("rare") / 2
_NAME = regex.compile(r"(?<=[\p{L}\p{N}],? )\p{Lu}[\p{L}\p{M}\p{N}'’.-]*")
_NOUNS_CAPITALISED = frozenset({"de", "lb"})


class Profile(NamedTuple):
    """The words of a text that carry meaning, each with its probability in general, and the names among them."""

    words: dict[str, float]
    names: Collection[str]


class Stray(NamedTuple):
    """A paragraph that does not belong, and how many of its names and rare words the others share."""

    place: int
    shared: int
    of: int


def profile(text: str, language: str = "en") -> Profile:
    """The profile of ``text``."""
    stops = stopwords(language)
    found: dict[str, float] = {}
    for word in words(text):
        folded = fold(word)
        if folded not in stops:
            term = stem(folded, language)
            found[term] = max(found.get(term, 0.0), probability(word))
    if language in _NOUNS_CAPITALISED:
        return Profile(found, ())
    names = {stem(fold(name), language) for name in _NAME.findall(text)}
    return Profile(found, names & found.keys())


def strays(paragraphs: Sequence[Profile]) -> tuple[Stray, ...]:
    """The paragraphs that do not belong to the rest, in order."""
    if len(paragraphs) < _FEW_PARAGRAPHS:
        return ()
    links = [0.0, *(_link(a, b) for a, b in zip(paragraphs, paragraphs[1:], strict=False))]
    weights = [1.0] * len(paragraphs)
    for _ in range(2):
        odds = _settle(_evidence(paragraphs, weights), links)
        weights = [_sigmoid(x) for x in odds]
    out = [place for place, x in enumerate(odds) if x < 0]
    main = {word for place, p in enumerate(paragraphs) if place not in set(out) for word in p.words}
    found = []
    for place in out:
        own = paragraphs[place]
        marked = {w for w, p in own.words.items() if w in own.names or p < _RARE}
        found.append(Stray(place, len(marked & main), len(marked)))
    return tuple(found)


def _evidence(paragraphs: Sequence[Profile], weights: Sequence[float]) -> list[float]:
    """Log odds that each paragraph belongs, from the words of all others but its neighbours.

    Neighbours are left out, because a run of strays would vouch for itself.
    """
    spread: dict[str, float] = {}
    for own, weight in zip(paragraphs, weights, strict=True):
        for word in own.words:
            spread[word] = spread.get(word, 0.0) + weight
    sizes = [weight * len(own.words) for own, weight in zip(paragraphs, weights, strict=True)]
    whole = sum(sizes)
    odds = []
    for place, own in enumerate(paragraphs):
        near = [i for i in (place - 1, place, place + 1) if 0 <= i < len(paragraphs)]
        total = max(1e-9, whole - sum(sizes[i] for i in near))
        ratio = 0.0
        for word, general in own.words.items():
            count = spread[word] - sum(weights[i] for i in near if word in paragraphs[i].words)
            share = _SHARE_OF_NAMES if word in own.names else _SHARE_OF_WORDS
            ratio += log(1 - share + share * max(0.0, count) / total / general)
        odds.append(ratio)
    return odds


def _link(before: Profile, after: Profile) -> float:
    """Log odds, never below none, that two neighbours are on one side."""
    size = max(1, len(before.words))
    ratio = 0.0
    for word, general in after.words.items():
        seen = 1 / size if word in before.words else 0.0
        ratio += log(1 - _SHARE_OF_LINK + _SHARE_OF_LINK * seen / general)
    return max(0.0, _STAY + _PER_LINK * ratio)


def _settle(evidence: Sequence[float], links: Sequence[float]) -> list[float]:
    """Log odds of each place given all evidence along the chain; ``links[i]`` ties ``i`` to ``i - 1``."""
    forward = [0.0] * len(evidence)
    backward = [0.0] * len(evidence)
    for i in range(1, len(evidence)):
        forward[i] = _pass(forward[i - 1] + evidence[i - 1], links[i])
    for i in range(len(evidence) - 2, -1, -1):
        backward[i] = _pass(backward[i + 1] + evidence[i + 1], links[i + 1])
    return [sum(three) for three in zip(evidence, forward, backward, strict=True)]


def _pass(odds: float, link: float) -> float:
    one, same = _sigmoid(odds), _sigmoid(link)
    through = one * same + (1 - one) * (1 - same)
    return log(through / (1 - through))


def _sigmoid(x: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, x))))


def fits(title: Profile, text: Sequence[Profile]) -> bool:
    """Whether a title belongs to a text: enough of its words stand in the text."""
    said = {word for own in text for word in own.words}
    return not title.words or len(title.words.keys() & said) / len(title.words) >= 0.45
