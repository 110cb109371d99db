"""dedupe: near copies of one text become one original, before anything is counted."""

from __future__ import annotations

from collections.abc import Sequence

from datasketch import MinHash, MinHashLSH

from briefing.model import Cleaned, Original
from briefing.text.words import words

_SHINGLE = 5
_CONTAINMENT = 0.6


def dedupe(cleaned: Sequence[Cleaned]) -> tuple[Original, ...]:
    """One ``Original`` for each independent text, with its copies; the same whatever the order of the input."""
    order = sorted(cleaned, key=lambda c: (-_length(c), c.article.id))
    index = MinHashLSH(params=(32, 2), num_perm=64)
    shingles = [_shingles(c) for c in order]
    groups: dict[int, list[int]] = {}
    for i, mine in enumerate(shingles):
        sketch = MinHash(num_perm=64)
        sketch.update_batch([s.encode() for s in mine])
        best = max(
            ((len(mine & shingles[j]) / min(len(mine), len(shingles[j])), -j) for j in index.query(sketch)),
            default=(0.0, 0),
        )
        if mine and best[0] >= _CONTAINMENT:
            groups[-best[1]].append(i)
        else:
            groups[i] = [i]
            if mine:
                index.insert(i, sketch)
    return tuple(_original([order[i] for i in group]) for group in groups.values())


def _original(group: list[Cleaned]) -> Original:
    group = sorted(
        group,
        key=lambda c: (
            c.article.published is None,
            c.article.published.timestamp() if c.article.published else 0.0,
            -_length(c),
            c.article.id,
        ),
    )
    return Original(group[0], tuple(c.article for c in group[1:]))


def _length(cleaned: Cleaned) -> int:
    return sum(end - start for start, end in cleaned.kept)


def _shingles(cleaned: Cleaned) -> frozenset[str]:
    kept = " ".join(cleaned.article.text[start:end] for start, end in cleaned.kept)
    found = words(kept.casefold())
    return frozenset(" ".join(found[i : i + _SHINGLE]) for i in range(max(1, len(found) - _SHINGLE + 1)) if found)
