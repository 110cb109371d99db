"""Which English words mean much the same and which contradict one another, by WordNet 3.0 (Miller, 1995).

The file beside this one is made by ``benchmarks/make_thesaurus.py``; its licence is in ``thesaurus.LICENSE``. It is
read at the first question, which a brief in its sources' own words never asks.
"""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple


class _Thesaurus(NamedTuple):
    senses: dict[str, frozenset[str]]
    near: dict[str, frozenset[str]]
    opposite: dict[str, frozenset[str]]
    kinds: dict[str, tuple[str, ...]]


def synonyms(a: str, b: str) -> bool:
    """Whether two stems share a sense, or have senses that are similar or derived from one another."""
    thesaurus = _load()
    ours, theirs = thesaurus.senses.get(a), thesaurus.senses.get(b)
    if not ours or not theirs:
        return False
    return not ours.isdisjoint(theirs) or any(not thesaurus.near.get(s, frozenset()).isdisjoint(theirs) for s in ours)


def antonyms(a: str, b: str) -> bool:
    """Whether two stems are opposites."""
    return b in _load().opposite.get(a, ())


def kind_of(narrow: str, broad: str, levels: int) -> bool:
    """Whether one stem is a kind of what the other names ("recruit", "person"), up to so many levels above."""
    return not above(narrow, levels).isdisjoint(_load().senses.get(broad, frozenset()))


@lru_cache(maxsize=16384)
def above(stem: str, levels: int) -> frozenset[str]:
    """The senses that those of a stem are kinds of, up to so many levels above."""
    thesaurus = _load()
    found: set[str] = set()
    level: frozenset[str] | set[str] = thesaurus.senses.get(stem, frozenset())
    for _ in range(levels):
        level = {parent for sense in level for parent in thesaurus.kinds.get(sense, ())}
        found |= level
    return frozenset(found)


def verbal(stem: str) -> bool:
    """Whether a stem may be a verb's; so may one that the thesaurus does not hold."""
    senses = _load().senses.get(stem)
    return senses is None or any(sense[0] == "v" for sense in senses)


def nominal(stem: str) -> bool:
    """Whether a stem can be a noun's and nothing else."""
    senses = _load().senses.get(stem, frozenset())
    return bool(senses) and all(sense[0] == "n" for sense in senses)


def holds(stem: str) -> bool:
    """Whether the thesaurus holds the stem at all."""
    return stem in _load().senses


def listed(stem: str) -> bool:
    """Whether a stem is a common word: one with synonyms or relatives, so that the thesaurus' silence means something.

    Many that have none are names as well ("anna", a coin).
    """
    return not _linked().isdisjoint(_load().senses.get(stem, frozenset()))


@cache
def _linked() -> frozenset[str]:
    thesaurus = _load()
    shared = Counter(sense for senses in thesaurus.senses.values() for sense in senses)
    return frozenset(sense for sense, words in shared.items() if words > 1) | thesaurus.near.keys()


@cache
def _load() -> _Thesaurus:
    text = gzip.decompress((files("briefing.text.facts") / "thesaurus.txt.gz").read_bytes()).decode()
    senses, near, opposite, kinds = text.split("\n\n")
    above: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for child, parent in map(str.split, kinds.splitlines()):
        above[child] += (parent,)
    return _Thesaurus(
        {stem: frozenset(ids) for stem, *ids in map(str.split, senses.splitlines())},
        _both(near),
        _both(opposite),
        above,
    )


def _both(lines: str) -> dict[str, frozenset[str]]:
    pairs: dict[str, set[str]] = defaultdict(set)
    for line in lines.splitlines():
        a, b = line.split()
        pairs[a].add(b)
        pairs[b].add(a)
    return {a: frozenset(b) for a, b in pairs.items()}
