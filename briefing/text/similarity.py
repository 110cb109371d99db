"""How near texts are to each other and to a query. Pure functions on lists of terms; nothing here reads a text."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]

_COMMON = 500
_BLOCK = 500


class Terms:
    """Counted terms of texts: ``counts[i, j]`` is how often the term of column ``j`` stands in text ``i``.

    ``counts`` is a CSR matrix of float64, texts by terms; ``column`` gives a term's column, in order of first
    occurrence.
    """

    def __init__(self, counts: sparse.csr_array, column: Mapping[str, int]) -> None:
        self.counts = counts
        self.column = column

    @classmethod
    def of(cls, texts: Iterable[Mapping[str, float]]) -> Self:
        """Terms of texts that are counted already, each a mapping of term to count."""
        # A new term gets the next column. Looked up in C, for this is done for every term of every text.
        column: defaultdict[str, int] = defaultdict()
        column.default_factory = column.__len__
        indices, data, starts = array("q"), array("d"), array("q", [0])
        for text in texts:
            indices.extend(map(column.__getitem__, text))
            data.extend(text.values())
            starts.append(len(indices))
        counts = sparse.csr_array(
            (np.array(data), np.array(indices, dtype=np.int64), np.array(starts, dtype=np.int64)),
            shape=(len(starts) - 1, max(1, len(column))),
        )
        return cls(counts, dict(column))

    def joined(self, group: NDArray[np.int64], weight: Floats) -> Terms:
        """The same terms counted by group: text ``i`` counts ``weight[i]`` times in row ``group[i]``."""
        rows = int(group.max()) + 1 if group.size else 0
        gather = sparse.csr_array((weight, (group, np.arange(group.size))), shape=(rows, group.size))
        return Terms(sparse.csr_array(gather @ self.counts), self.column)

    @property
    def frequency(self) -> Floats:
        """In how many texts each term stands; shape ``(terms,)``."""
        return np.bincount(self.counts.indices, minlength=self.counts.shape[1]).astype(np.float64)

    @property
    def rarity(self) -> Floats:
        """Each term's inverse frequency among these texts; shape ``(terms,)``."""
        return inverse_frequency(self.frequency, self.counts.shape[0])


def inverse_frequency(frequency: Floats, texts: int) -> Floats:
    """Robertson and Spärck Jones's idf, kept above zero (Robertson & Zaragoza, 2009, §3.1); shape as ``frequency``."""
    return np.asarray(np.log1p((texts - frequency + 0.5) / (frequency + 0.5)), dtype=np.float64)


def bm25(terms: Terms, k1: float = 1.2, b: float = 0.75, rarity: Floats | None = None) -> sparse.csr_array:
    """BM25 weight of every term in every text (Robertson & Zaragoza, 2009); a score is its product with a query.

    ``rarity`` of each term, shape ``(terms,)``, stands in for its inverse frequency among these texts: where there
    are few texts, that knows little.
    """
    counts = terms.counts
    length: Floats = np.asarray(counts.sum(axis=1), dtype=np.float64)
    mean = max(1.0, float(length.mean())) if length.size else 1.0
    norm = k1 * (1 - b + b * length / mean)
    saturated = counts.data * (k1 + 1) / (counts.data + norm[_rows(counts)])
    idf = terms.rarity if rarity is None else rarity
    return sparse.csr_array((saturated * idf[counts.indices], counts.indices, counts.indptr), shape=counts.shape)


def unit(matrix: sparse.csr_array) -> sparse.csr_array:
    """``matrix`` with its rows scaled to Euclidean length 1; empty rows stay empty."""
    rows = _rows(matrix)
    squares = np.bincount(rows, weights=matrix.data**2, minlength=matrix.shape[0])
    length = np.sqrt(np.where(squares > 0, squares, 1.0))
    return sparse.csr_array((matrix.data / length[rows], matrix.indices, matrix.indptr), shape=matrix.shape)


def tfidf(terms: Terms) -> sparse.csr_array:
    """Rows of length 1: 1 + log of the count, times idf (Salton & Buckley, 1988); their products are cosines."""
    counts = terms.counts
    idf = terms.rarity
    data = (1 + np.log(counts.data)) * idf[counts.indices]
    return unit(sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape))


def nearest(vectors: sparse.csr_array, count: int = 20) -> sparse.csr_array:
    """Cosines of each row of ``vectors``, which have length 1, with about its ``count`` nearest other rows.

    Square, ``count`` entries in a row at most, not symmetric. Candidates come from the rarer terms: common ones would
    make the product quadratic and find nobody. With up to 500 rows the result is exact.
    """
    size = vectors.shape[0]
    frequency = np.bincount(vectors.indices, minlength=vectors.shape[1])
    telling = vectors[:, np.flatnonzero(frequency <= max(_COMMON, size // 50))].tocsr()
    starts = [0]
    columns: list[NDArray[np.int64]] = []
    for at in range(0, size, _BLOCK):
        shared = sparse.csr_array(telling[at : at + _BLOCK] @ telling.T)
        for row in range(shared.shape[0]):
            span = slice(shared.indptr[row], shared.indptr[row + 1])
            found = shared.indices[span][shared.indices[span] != at + row]
            value = shared.data[span][shared.indices[span] != at + row]
            if found.size > count:
                # Only those that may be among the nearest are put in order: a full sort of every row is slow.
                likely = value >= np.partition(value, -count)[-count]
                found, value = found[likely], value[likely]
            columns.append(found[np.lexsort((found, -value))[:count]].astype(np.int64))
            starts.append(starts[-1] + columns[-1].size)
    second = np.concatenate([np.zeros(0, dtype=np.int64), *columns])
    first = np.repeat(np.arange(size), np.diff(starts))
    cosines = np.zeros(first.size)
    for at in range(0, first.size, _BLOCK * count):
        some = slice(at, at + _BLOCK * count)
        cosines[some] = vectors[first[some]].multiply(vectors[second[some]]).sum(axis=1)
    return sparse.csr_array((cosines, second, np.array(starts, dtype=np.int64)), shape=(size, size))


def likeness(vectors: sparse.csr_array) -> float:
    """Mean cosine of two different rows of ``vectors``, which have length 1; 0 where there are not two."""
    count = vectors.shape[0]
    if count < 2:
        return 0.0
    total = np.asarray(vectors.sum(axis=0), dtype=np.float64)
    return float(total @ total - count) / (count * (count - 1))


def _rows(matrix: sparse.csr_array) -> NDArray[np.int64]:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
