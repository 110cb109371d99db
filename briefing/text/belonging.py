"""Which paragraphs of a text are about the same thing as the rest, and whether a title fits a text.

A paragraph belongs when the words of the others explain its own better than general language does: the log of
the ratio of two unigram models, the others' interpolated with the general one (Jelinek and Mercer, 1980). Paragraphs
that share words with the one before them are on one side with it, so the sides are settled along the
chain (forward-backward; Rabiner, 1989). Most texts hold nothing foreign, and those that do hold something that is
clearly foreign: that no paragraph is a stray counts as one more explanation, likelier than the others beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from math import atanh, exp, log, prod, tanh
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from briefing.text.frequency import probability
from briefing.text.referring import leans, person
from briefing.text.words import fold, stem, stopwords, words

# How much of a paragraph the words of the others explain. Names recur within an article more than other words do.
_OF_NAMES = 0.2
_OF_WORDS = 0.1
_OF_NEIGHBOUR = 0.15
# Who speaks and who is spoken of is most of what stop words tell of a story. Set to what pronouns' ranks give.
_OF_PRONOUN = 0.01
# Log odds, before a word is read, that a paragraph belongs where there are strays; more for the first, for teasers
# stand in and after an article. And that there are no strays at all.
_BELONGS = -0.3
_FIRST_BELONGS = 1.0
_NO_STRAYS = 1.75
# Log odds that neighbours are on one side, before and for what they share. A headline goes with what follows it,
# a paragraph that opens with a pronoun or a conjunction with what it follows.
_STAY = 0.5
_STAY_UNDER_HEADLINE = 1.5
_STAY_LEANING = 0.5
_PER_LINK = 0.5
# A paragraph of fewer words says too little to be judged alone; each missing word speaks for keeping it.
_ENOUGH_WORDS = 10
_ENOUGH_IN_HEADLINE = 5
_PER_MISSING_WORD = 0.1
_FEW_PARAGRAPHS = 4
# Fewer tell too little by their words alone: a stray needs a headline above it, or a title that is foreign as well.
_ENOUGH_PARAGRAPHS = 6
# Neighbours do not vouch for a paragraph, or a run of strays would vouch for itself. A wide reach finds out whom to
# believe; then a narrow one leaves more of the text to compare with.
_REACHES = (3, 1)
# A headline says what its text says, so more of it is explained. To trust a wrong one prints another story's
# headline; to distrust a right one costs little, so the odds must be clear.
_OF_TITLE_NAMES = 0.5
_OF_TITLE_WORDS = 0.3
_CLEARLY = 1.0
_BEGINNING = 5
# A text most of whose paragraphs say little about one another is a digest or a live page: there is no main story.
_DIGEST = 2 / 3
_LITTLE = 1.5
_TINY = 1e-9
_RARE = "particularly"  # words less common than this one
_NAME = regex.compile(r"(?<=[\p{L}\p{N}],? )\p{Lu}[\p{L}\p{M}\p{N}'’.-]*")
_NOUNS_CAPITALISED = frozenset({"de", "lb"})
_SENTENCE_END = tuple('.!?…:;。！？؟।"”’»)')

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]


class Profile(NamedTuple):
    """The words of a text that carry meaning, each with its probability in general, and the names among them.

    ``headline`` is a short text without a full stop, ``leaning`` one that goes on from what stands before it.
    """

    words: dict[str, float]
    names: frozenset[str]
    headline: bool = False
    leaning: bool = False


class Stray(NamedTuple):
    """The place of a paragraph that does not belong, and how many of its names and rare words the rest shares."""

    place: int
    shared: int
    of: int


def profile(text: str, language: str = "en") -> Profile:
    """The profile of ``text``: folded stems and persons, each once."""
    tokens = words(text)
    meanings = _meanings(language)
    found = dict(filter(None, map(meanings.__getitem__, dict.fromkeys(tokens))))
    names: set[str] = set()
    if language not in _NOUNS_CAPITALISED:
        names.update(m[0] for name in _NAME.findall(text) if (m := meanings[name]) and m[0] in found)
    headline = len(found) <= _ENOUGH_WORDS and not text.endswith(_SENTENCE_END)
    return Profile(found, frozenset(names), headline, bool(tokens) and leans(tokens[0], language))


class _Meanings(dict[str, tuple[str, float] | None]):
    """The term and the probability of each word of a language as it stands; none for words that say nothing.

    Remembers what it was asked, for every word of every article is asked for.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.stopped = stopwords(language)

    def __missing__(self, word: str) -> tuple[str, float] | None:
        self[word] = meaning = self._of(word)
        return meaning

    def _of(self, word: str) -> tuple[str, float] | None:
        folded = fold(word)
        if folded not in self.stopped:
            return stem(folded, self.language), probability(word)
        if len(word) > 1 and word.isupper():
            return word, probability(word)  # US, IS, IT, WHO: names that look like stop words
        spoken_of = person(folded, self.language)
        return (spoken_of, _OF_PRONOUN) if spoken_of else None


_meanings = cache(_Meanings)


def strays(paragraphs: Sequence[Profile], title: Profile | None = None) -> tuple[Stray, ...]:
    """The paragraphs that do not belong to the rest, in order.

    A ``title`` that fits those that seem to belong speaks for others too. None when there are too few paragraphs to
    tell, or when there is no main story.
    """
    if len(paragraphs) < _FEW_PARAGRAPHS:
        return ()
    links = [0.0, *(_link(before, after) for before, after in pairwise(paragraphs))]
    terms = _terms(paragraphs)
    odds, whole = [0.0] * len(paragraphs), 0.0
    weights = np.ones(len(paragraphs))
    for reach in _REACHES:
        odds, whole = _settle(_evidence(terms, weights, reach), links)
        weights = np.array([_sigmoid(x) for x in odds])
        main = [own for own, x in zip(paragraphs, odds, strict=True) if x >= 0]
        if title and fits(title, main):
            known = [terms.numbers[word] for word in title.words if word in terms.numbers]
            terms = terms._replace(titled=np.isin(terms.word, known).astype(float))
    if sum(x < _LITTLE for x in odds) > _DIGEST * len(paragraphs):
        return ()
    # The explanation that nothing is foreign gains on all others, which dilutes the chance of each stray.
    diluted = 1 + (exp(_NO_STRAYS) - 1) * whole
    out = [place for place, x in enumerate(odds) if _sigmoid(-x) > diluted / 2]
    if len(paragraphs) < _ENOUGH_PARAGRAPHS and out:
        main = [own for place, own in enumerate(paragraphs) if place not in out]
        if title is None or fits(title, main):
            out = _headed(paragraphs, out)
    return tuple(_described(paragraphs, out)) if out else ()


def _headed(paragraphs: Sequence[Profile], out: Sequence[int]) -> list[int]:
    """Those of ``out`` that are a headline with what stands under it, or go on from there."""
    headed: list[int] = []
    for place in out:
        heads = paragraphs[place].headline and place + 1 in out
        if heads or place - 1 in headed:
            headed.append(place)
    return headed


def _described(paragraphs: Sequence[Profile], out: Sequence[int]) -> Iterator[Stray]:
    left_out, rare = frozenset(out), probability(_RARE)
    main = {word for place, own in enumerate(paragraphs) if place not in left_out for word in own.words}
    for place in out:
        own = paragraphs[place]
        marked = {word for word, general in own.words.items() if word in own.names or general < rare}
        yield Stray(place, len(marked & main), len(marked))


class _Terms(NamedTuple):
    """Every word of every paragraph, by its number and then by place, as arrays of one length; each paragraph's sums.

    ``gain`` is what a share of all other words adds to the odds; ``titled`` is 1 for words of the title.
    """

    numbers: dict[str, int]
    word: Ints
    place: Ints
    gain: Floats
    titled: Floats
    unexplained: Floats
    sizes: Ints


def _terms(paragraphs: Sequence[Profile]) -> _Terms:
    numbers: dict[str, int] = {}
    word = np.array([numbers.setdefault(w, len(numbers)) for own in paragraphs for w in own.words], dtype=np.intp)
    named = np.array([w in own.names for own in paragraphs for w in own.words], dtype=bool)
    general = np.array([p for own in paragraphs for p in own.words.values()])
    sizes = np.array([len(own.words) for own in paragraphs], dtype=np.intp)
    place = np.repeat(np.arange(len(paragraphs)), sizes)
    share = np.where(named, _OF_NAMES, _OF_WORDS)
    enough = np.array([_ENOUGH_IN_HEADLINE if own.headline else _ENOUGH_WORDS for own in paragraphs])
    unexplained = _BELONGS + _PER_MISSING_WORD * np.maximum(0, enough - sizes)
    unexplained += np.bincount(place, np.log(1 - share), len(paragraphs))
    unexplained[0] += _FIRST_BELONGS
    order = np.argsort(word, kind="stable")
    return _Terms(
        numbers,
        word[order],
        place[order],
        (share / (1 - share) / general)[order],
        np.zeros(len(order)),
        unexplained,
        sizes,
    )


def _evidence(terms: _Terms, weights: Floats, reach: int) -> Floats:
    """Log odds that each paragraph belongs, from the words of all others but the neighbours within ``reach``."""
    word, place = terms.word, terms.place
    believed = weights[place]
    count = np.bincount(word, believed)[word] - believed + terms.titled
    for step in range(1, reach + 1):
        near = (word[step:] == word[:-step]) & (place[step:] - place[:-step] <= reach)
        count[step:] -= near * believed[:-step]
        count[:-step] -= near * believed[step:]
    running = np.concatenate(([0.0], np.cumsum(weights * terms.sizes)))
    at = np.arange(len(weights))
    around = running[np.minimum(len(weights), at + reach + 1)] - running[np.maximum(0, at - reach)]
    total = running[-1] - around + terms.titled.sum()
    share = np.where(count > _TINY, count, 0.0) / np.maximum(_TINY, total)[place]
    return terms.unexplained + np.bincount(place, np.log1p(terms.gain * share), len(weights))


def _link(before: Profile, after: Profile) -> float:
    """Log odds, never below none, that two neighbours are on one side."""
    stay = _STAY_UNDER_HEADLINE if before.headline else 0.0 if after.headline else _STAY
    size = max(1, len(before.words))
    shared = before.words.keys() & after.words.keys()
    ratio = (len(after.words) - len(shared)) * log(1 - _OF_NEIGHBOUR)
    ratio += sum(sorted(log(1 - _OF_NEIGHBOUR + _OF_NEIGHBOUR / (size * after.words[word])) for word in shared))
    return max(0.0, stay + _PER_LINK * ratio) + _STAY_LEANING * after.leaning


def _settle(evidence: Floats, links: Sequence[float]) -> tuple[list[float], float]:
    """Log odds of each place given all evidence along the chain, and the probability that every place belongs.

    ``links[i]`` ties ``i`` to ``i - 1``.
    """
    own = evidence.tolist()
    forward = [0.0] * len(own)
    backward = [0.0] * len(own)
    for i in range(1, len(own)):
        forward[i] = _through(links[i], forward[i - 1] + own[i - 1])
    for i in range(len(own) - 2, -1, -1):
        backward[i] = _through(links[i + 1], backward[i + 1] + own[i + 1])
    whole = prod(_sigmoid(sum(three)) for three in zip(links, own, backward, strict=True))
    return [sum(three) for three in zip(own, forward, backward, strict=True)], whole


def _through(link: float, odds: float) -> float:
    """What log odds at one end of a link say of the other end."""
    return 2 * atanh(tanh(_bounded(link) / 2) * tanh(_bounded(odds) / 2))


def _sigmoid(x: float) -> float:
    return 1 / (1 + exp(-_bounded(x)))


def _bounded(odds: float) -> float:
    """Log odds at which a probability is still below one in floating point."""
    return max(-30.0, min(30.0, odds))


def fits(title: Profile, text: Sequence[Profile]) -> bool:
    """Whether a title belongs to a text: the text explains the title's words clearly better than chance.

    The same ratio as for paragraphs, but words also meet by their beginnings (Syria, Syrian). A title whose words
    carry no meaning fits any text.
    """
    if not title.words:
        return True
    total = max(1, sum(len(paragraph.words) for paragraph in text))
    all_words = "\n".join(chain([""], *(paragraph.words for paragraph in text)))
    odds = 0.0
    for word, general in title.words.items():
        count = float(sum(word in paragraph.words for paragraph in text))
        if not count and len(word) >= _BEGINNING:
            count = all_words.count("\n" + word[:_BEGINNING]) / 2
        share = _OF_TITLE_NAMES if word in title.names else _OF_TITLE_WORDS
        odds += log(1 - share + share * count / (total * general))
    return odds >= _CLEARLY
