"""How common a word is in general, without a corpus at hand."""

from __future__ import annotations

from binascii import b2a_base64
from functools import cache, lru_cache
from importlib.resources import files
from itertools import count
from math import sqrt

# The merges of a byte-pair encoding are learned from the most frequent pair down (Sennrich et al., 2016), so
# the rank of a word that is one token says how common it is, in all languages that the encoding was learned on.
_RANKS = "fb374d419588a4632f3f557e76b4b70aebbca790"  # o200k_base
_RAREST = 300_000  # stands for all words that take several tokens
_HARMONIC = 9.0


@lru_cache(maxsize=200_000)
def probability(word: str) -> float:
    """Probability of ``word`` among the words of a paragraph that carry meaning, roughly.

    Falls with the square root of the word's rank: what stop words leave of Zipf's curve within one
    paragraph, where each word counts once, is flatter than the curve over all running words.
    """
    ranks = _ranks()
    rank = min(ranks.get(_token(form), _RAREST) for form in {word, word.lower(), word.capitalize()})
    return 1 / (_HARMONIC * sqrt(1 + rank))


def _token(word: str) -> bytes:
    """``word`` with the space before it, as the table writes tokens."""
    return b2a_base64(b" " + word.encode(), newline=False)


@cache
def _ranks() -> dict[bytes, int]:
    """The rank of each token in base64, as it stands in the table, which is in order: to decode it takes longer."""
    table = (files("briefing.text") / "ranks" / _RANKS).read_bytes()
    return dict(zip(table.split()[::2], count(), strict=False))
