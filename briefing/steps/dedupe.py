"""dedupe: near copies of one text become one original, before anything is counted.

Copies are found as in Broder, On the resemblance and containment of documents (1997): texts are compared by the runs
of words that they share; MinHash with banding (Leskovec et al., Mining of Massive Datasets, ch. 3) proposes pairs, and
each pair is then compared exactly. See ``docs/decisions/0002-copies.md``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b

import numpy as np
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray

from briefing.model import Cleaned, Original
from briefing.text.words import words

# Five words in a row are rarely the same by chance; one changed word changes five runs.
_RUN = 5
# Copies share at least this part of the shorter text's runs. Reports that only lean on the same agency or statement
# share up to about two fifths, cut and edited copies at least three fifths.
_SHARED = 0.5
# Shorter texts hold too few runs to judge by: they are copies only when they are the same, title included.
_LEAST = 20
# 64 bands of 2 propose a pair that shares a fifth of its runs with probability 0.93, three tenths with 0.998.
_BANDS, _ROWS = 64, 2
# Of many candidates those that look most alike are compared; page furniture can make candidates of thousands.
_COMPARED = 12

_QUOTED = re.compile(r'["“„«»「『][^"“”„«»「」『』\n]*(?:["“”«»」』]|$)', re.MULTILINE)
_EMPTY = MinHash(num_perm=_BANDS * _ROWS, seed=1, hashfunc=int)

Hashes = NDArray[np.uint64]


def dedupe(cleaned: Sequence[Cleaned]) -> tuple[Original, ...]:
    """One ``Original`` for each independent text, with its copies; the same whatever the order of the input.

    Only kept text counts. A text is a copy of a longer one when at least half of its runs of five words stand there,
    within quotations and outside of them, and its numbers too: the same words around other numbers are another day's
    weather or match, or a report that disagrees. Every copy is compared with the text that leads its group, so chains
    of look-alikes do not form.

    The earliest published leads, then the longest, then the smaller id; but not one that lacks half of the fullest
    text, or that another member of its group is no copy of. Originals stand in the same order.
    """
    texts = [_Text(c) for c in {c.article.id: c for c in cleaned}.values()]
    groups: dict[str, list[_Text]] = {}
    same: dict[bytes, str] = {}
    index = MinHashLSH(num_perm=_BANDS * _ROWS, params=(_BANDS, _ROWS))
    leads: dict[str, _Text] = {}
    for text in sorted(texts, key=lambda t: (-len(t.tokens), t.id)):
        group = same.get(text.key)
        if group is None and len(text.runs) >= _LEAST:
            candidates = [leads[id] for id in index.query(text.sketch)]
            group = next((c.id for c in text.most_alike(candidates) if text.copies(c)), None)
            if group is None:
                index.insert(text.id, text.sketch)
                leads[text.id] = text
        group = group or text.id
        same.setdefault(text.key, group)
        groups.setdefault(group, []).append(text)
    return tuple(
        Original(lead.cleaned, tuple(t.cleaned.article for t in sorted(group, key=_Text.order) if t is not lead))
        for lead, group in sorted(((_lead(g), g) for g in groups.values()), key=lambda pair: pair[0].order())
    )


def _lead(group: list[_Text]) -> _Text:
    fullest = group[0]
    for text in sorted(group, key=_Text.order):
        enough = text.key == fullest.key or _common(text.runs, fullest.runs) >= _SHARED * len(fullest.runs)
        if enough and all(text.copies(other) for other in group):
            return text
    return fullest


@dataclass(frozen=True, eq=False)
class _Text:
    """The kept text of an article as runs of words, each a hash of 64 bits."""

    cleaned: Cleaned

    @property
    def id(self) -> str:
        return self.cleaned.article.id

    def order(self) -> tuple[bool, float, int, str]:
        published = self.cleaned.article.published
        return published is None, published.timestamp() if published else 0.0, -len(self.tokens), self.id

    @property
    def kept(self) -> str:
        text = self.cleaned.article.text
        return "\n".join(text[start:end] for start, end in self.cleaned.kept).casefold().replace("’", "'")

    @cached_property
    def tokens(self) -> Hashes:
        return _hashes(self.kept)

    @cached_property
    def key(self) -> bytes:
        """Equal for texts of the same words; a short text needs its title, one without words is like no other."""
        if not len(self.tokens):
            return self.id.encode()
        if len(self.runs) >= _LEAST:
            return self.tokens.tobytes()
        return self.tokens.tobytes() + b"title" + _hashes(self.cleaned.article.title.casefold()).tobytes()

    @cached_property
    def runs(self) -> Hashes:
        return _distinct(_runs(self.tokens))

    @cached_property
    def told(self) -> Hashes:
        """The runs outside of quotations."""
        parts = _QUOTED.split(self.kept)
        return _distinct(np.concatenate([_runs(_hashes(part)) for part in parts])) if len(parts) > 1 else self.runs

    @cached_property
    def blanked(self) -> tuple[Hashes, Hashes]:
        """The runs with every number made alike, and as they are; in the order of the text."""
        return _runs(np.where(self.tokens & np.uint64(1), np.uint64(1), self.tokens)), _runs(self.tokens)

    @cached_property
    def sketch(self) -> MinHash:
        sketch = _EMPTY.copy()
        sketch.update_batch((self.runs >> np.uint64(32)).tolist())
        return sketch

    def most_alike(self, others: list[_Text]) -> list[_Text]:
        """Those of ``others``, all longer, whose sketch allows that they hold this text, likeliest first."""
        if not others:
            return []
        mine = self.sketch.hashvalues
        size = len(self.runs)
        # All at once, for texts in one frame of words are candidates of each other by thousands.
        equal = np.count_nonzero(np.array([other.sketch.hashvalues for other in others]) == mine, axis=1)
        sizes = np.array([len(other.runs) for other in others])
        # The resemblance of a copy that shares no more than it must; half of it leaves room for the estimate.
        least = _SHARED * size / (size + sizes - _SHARED * size)
        likely = np.flatnonzero(equal >= least / 2 * len(mine))
        if likely.size > _COMPARED:
            likely = likely[equal[likely] >= np.partition(equal[likely], -_COMPARED)[-_COMPARED]]
        return [others[i] for i in sorted(likely.tolist(), key=lambda i: (-equal[i], others[i].id))[:_COMPARED]]

    def copies(self, other: _Text) -> bool:
        """Whether one of the two is a copy of the other, whole or cut."""
        if self.key == other.key:
            return True
        short, long = (self, other) if len(self.runs) <= len(other.runs) else (other, self)
        if _common(short.runs, long.runs) < max(_LEAST, _SHARED * len(short.runs)):
            return False
        # Two reports of one speech share its quotations. Where the marks are amiss, this only looks at fewer runs.
        if len(short.told) >= _LEAST and _common(short.told, long.runs) < _SHARED * len(short.told):
            return False
        return _agree(short, long)


def _agree(short: _Text, long: _Text) -> bool:
    """Whether most numbers of ``short`` that stand among the same words in ``long`` are the same there."""
    blanked, exact = short.blanked
    numbered = np.flatnonzero(blanked != exact)
    numbered = numbered[_stand(blanked[numbered], _distinct(long.blanked[0]))]
    return not numbered.size or float(_stand(exact[numbered], long.runs).mean()) >= _SHARED


def _common(one: Hashes, other: Hashes) -> int:
    return int(np.count_nonzero(_stand(one, other)))


def _stand(runs: Hashes, among: Hashes) -> NDArray[np.bool_]:
    """Which of ``runs`` stand in ``among``, which is sorted. Far faster than ``np.isin`` for so few."""
    if not len(among):
        return np.zeros(len(runs), dtype=np.bool_)
    return np.equal(among[np.minimum(np.searchsorted(among, runs), len(among) - 1)], runs)


def _distinct(runs: Hashes) -> Hashes:
    """Sorted, each once, as by ``np.unique``, which takes five times as long for so few."""
    ordered = np.sort(runs)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _hashes(text: str) -> Hashes:
    found = words(text)
    return np.fromiter(map(_hash, found), np.uint64, len(found))


def _runs(tokens: Hashes) -> Hashes:
    runs = tokens[: max(0, len(tokens) - _RUN + 1)].copy()
    for i in range(1, _RUN):
        runs *= np.uint64(0x9E3779B97F4A7C15)
        runs += tokens[i : i + len(runs)]
    return runs


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    """A hash of 64 bits that is odd for a word with a digit, even for any other; the same in every process."""
    number = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
    return number | 1 if any(c.isdigit() for c in word) else number & ~1
