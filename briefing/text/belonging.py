"""Which paragraphs of a text are about the same thing as the rest, and whether a title fits a text.

A paragraph belongs when the words of the others explain its own better than general language does: the log of
the ratio of two unigram models, the others' interpolated with the general one (Jelinek and Mercer, 1980). Paragraphs
that share words with the one before them are on one side with it, so the sides are settled along the
chain (forward-backward; Rabiner, 1989).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

import regex

from briefing.text.frequency import probability
from briefing.text.words import fold, stem, stopwords, words

# How much of a paragraph the words of the others explain. Names recur within an article more than other words do.
_OF_NAMES = 0.2
_OF_WORDS = 0.1
_OF_NEIGHBOUR = 0.15
# Log odds that neighbours are on one side, before and for what they share. A headline goes with what follows it.
_STAY = 0.5
_STAY_UNDER_HEADLINE = 1.5
_PER_LINK = 0.5
# A paragraph of fewer words says too little to be judged alone; each missing word speaks for keeping it.
_ENOUGH_WORDS = 10
_ENOUGH_IN_HEADLINE = 5
_PER_MISSING_WORD = 0.1
_FEW_PARAGRAPHS = 4
# Neighbours do not vouch for a paragraph, or a run of strays would vouch for itself. A wide reach finds out whom to
# believe; then a narrow one leaves more of the text to compare with.
_REACHES = (3, 1)
# A headline says what its text says, so more of it is explained. To trust a wrong one prints another story's
# headline; to distrust a right one costs little, so the odds must be clear.
_OF_TITLE_NAMES = 0.5
_OF_TITLE_WORDS = 0.3
_CLEARLY = 1.0
_BEGINNING = 5
# A text that falls apart is a digest or a live page, where nothing is the main story.
_MOST_STRAYS = 0.6
_RARE = "particularly"  # words less common than this one
_NAME = regex.compile(r"(?<=[\p{L}\p{N}],? )\p{Lu}[\p{L}\p{M}\p{N}'’.-]*")
_NOUNS_CAPITALISED = frozenset({"de", "lb"})
_SENTENCE_END = tuple('.!?…:;。！？؟।"”’»)')


class Profile(NamedTuple):
    """The words of a text that carry meaning, each with its probability in general, and the names among them."""

    words: dict[str, float]
    names: frozenset[str]
    headline: bool = False


class Stray(NamedTuple):
    """The place of a paragraph that does not belong, and how many of its names and rare words the rest shares."""

    place: int
    shared: int
    of: int


def profile(text: str, language: str = "en") -> Profile:
    """The profile of ``text``: terms as ``words.terms`` gives them, each once."""
    found: dict[str, float] = {}
    for word in words(text):
        meaning = _meaning(word, language)
        if meaning:
            term, general = meaning
            if general > found.get(term, 0.0):
                found[term] = general
    names: set[str] = set()
    if language not in _NOUNS_CAPITALISED:
        names.update(m[0] for name in _NAME.findall(text) if (m := _meaning(name, language)) and m[0] in found)
    return Profile(found, frozenset(names), len(found) <= _ENOUGH_WORDS and not text.endswith(_SENTENCE_END))


@lru_cache(maxsize=200_000)
def _meaning(word: str, language: str) -> tuple[str, float] | None:
    folded = fold(word)
    if folded not in stopwords(language):
        return stem(folded, language), probability(word)
    if len(word) > 1 and word.isupper():
        return word, probability(word)  # US, IS, IT, WHO: names that look like stop words
    return None


def strays(paragraphs: Sequence[Profile]) -> tuple[Stray, ...]:
    """The paragraphs that do not belong to the rest, in order.

    None when there are too few to tell, or so many that there is no main story.
    """
    if len(paragraphs) < _FEW_PARAGRAPHS:
        return ()
    links = [0.0, *(_link(before, after) for before, after in pairwise(paragraphs))]
    weights = [1.0] * len(paragraphs)
    for reach in _REACHES:
        odds = _settle(_evidence(paragraphs, weights, reach), links)
        weights = [_sigmoid(x) for x in odds]
    out = [place for place, x in enumerate(odds) if x < 0]
    if len(out) > _MOST_STRAYS * len(paragraphs):
        return ()
    main = {word for own, x in zip(paragraphs, odds, strict=True) if x >= 0 for word in own.words}
    rare = probability(_RARE)
    found = []
    for place in out:
        own = paragraphs[place]
        marked = {word for word, general in own.words.items() if word in own.names or general < rare}
        found.append(Stray(place, len(marked & main), len(marked)))
    return tuple(found)


def _evidence(paragraphs: Sequence[Profile], weights: Sequence[float], reach: int) -> list[float]:
    """Log odds that each paragraph belongs, from the words of all others but the neighbours within ``reach``."""
    spread: dict[str, float] = defaultdict(float)
    for own, weight in zip(paragraphs, weights, strict=True):
        for word in own.words:
            spread[word] += weight
    sizes = [weight * len(own.words) for own, weight in zip(paragraphs, weights, strict=True)]
    whole = sum(sizes)
    odds = []
    for place, own in enumerate(paragraphs):
        around = range(max(0, place - reach), min(len(paragraphs), place + reach + 1))
        total = max(1e-9, whole - sum(sizes[i] for i in around))
        near = [(paragraphs[i].words, weights[i]) for i in around if i != place]
        named = sum(word in own.names for word in own.words)
        ratio = named * log(1 - _OF_NAMES) + (len(own.words) - named) * log(1 - _OF_WORDS)
        for word, general in own.words.items():
            count = spread[word] - weights[place]
            if count <= 0:
                continue
            count -= sum([weight for theirs, weight in near if word in theirs])
            if count > 0:
                share = _OF_NAMES if word in own.names else _OF_WORDS
                ratio += log(1 + share / (1 - share) * count / (total * general))
        enough = _ENOUGH_IN_HEADLINE if own.headline else _ENOUGH_WORDS
        odds.append(ratio + _PER_MISSING_WORD * max(0, enough - len(own.words)))
    return odds


def _link(before: Profile, after: Profile) -> float:
    """Log odds, never below none, that two neighbours are on one side."""
    stay = _STAY_UNDER_HEADLINE if before.headline else 0.0 if after.headline else _STAY
    size = max(1, len(before.words))
    shared = before.words.keys() & after.words.keys()
    ratio = (len(after.words) - len(shared)) * log(1 - _OF_NEIGHBOUR)
    ratio += sum(log(1 - _OF_NEIGHBOUR + _OF_NEIGHBOUR / (size * after.words[word])) for word in shared)
    return max(0.0, stay + _PER_LINK * ratio)


def _settle(evidence: Sequence[float], links: Sequence[float]) -> list[float]:
    """Log odds of each place given all evidence along the chain; ``links[i]`` ties ``i`` to ``i - 1``."""
    forward = [0.0] * len(evidence)
    backward = [0.0] * len(evidence)
    for i in range(1, len(evidence)):
        forward[i] = _through(links[i], forward[i - 1] + evidence[i - 1])
    for i in range(len(evidence) - 2, -1, -1):
        backward[i] = _through(links[i + 1], backward[i + 1] + evidence[i + 1])
    return [sum(three) for three in zip(evidence, forward, backward, strict=True)]


def _through(link: float, odds: float) -> float:
    """What log odds at one end of a link say of the other end."""
    one, same = _sigmoid(odds), _sigmoid(link)
    both = one * same + (1 - one) * (1 - same)
    return log(both / (1 - both))


def _sigmoid(x: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, x))))


def fits(title: Profile, text: Sequence[Profile]) -> bool:
    """Whether a title belongs to a text: the text explains the title's words clearly better than chance.

    The same ratio as for paragraphs, but words also meet by their beginnings (Syria, Syrian). A title whose words
    carry no meaning fits any text.
    """
    if not title.words:
        return True
    counts: Counter[str] = Counter()
    for paragraph in text:
        counts.update(paragraph.words.keys())
    beginnings: Counter[str] = Counter()
    for word, times in counts.items():
        beginnings[word[:_BEGINNING]] += times
    total = max(1, counts.total())
    odds = 0.0
    for word, general in title.words.items():
        count = float(counts[word])
        if not count and len(word) >= _BEGINNING:
            count = beginnings[word[:_BEGINNING]] / 2
        share = _OF_TITLE_NAMES if word in title.names else _OF_TITLE_WORDS
        odds += log(1 - share + share * count / (total * general))
    return odds >= _CLEARLY
