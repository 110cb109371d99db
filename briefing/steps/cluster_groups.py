"""Which articles tell of one event: neighbours lend each other their words, then average link decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from briefing.text.similarity import Floats, Terms, inverse_frequency, nearest, unit

Indices = NDArray[np.integer[Any]]

# An article's nearest, from which it borrows words: how many, how near at least, and what they weigh beside its own.
_NEIGHBOURS = 5
_NEAR = 0.13
_BORROWED = 2.0
# Names shared that join two articles, the nearness from which one will do, and how many both have to hold to be asked.
_TOLD, _VERY_NEAR, _NAMED = 2, 0.4, 2
# Average link joins groups as long as they are at least so alike.
_JOIN = 0.47
# Days that reports of one event may lie apart, and how fast their nearness halves from there.
_SAME_EVENT_DAYS = 3.0
_HALVING_DAYS = 4.0
# Names that an article shares with one in another language, and the least cosine over such names.
_SHARED_NAMES = 3
_NEAR_BY_NAMES = 0.3

_COMMON = 500


class Alibi:
    """Which rows cannot tell of one event, since the names at the beginning of the one are not in the other.

    ``lead`` and ``whole`` hold 1 for each name in a row's first passages and in all of them; shape ``(rows, names)``.
    """

    def __init__(self, lead: sparse.csr_array, whole: sparse.csr_array) -> None:
        self._lead, self._whole = lead, whole
        self._named = np.asarray(lead.sum(axis=1), dtype=np.float64).ravel()

    def holds(self, first: Indices, second: Indices, nearness: Floats) -> NDArray[np.bool_]:
        """Whether each pair is apart by its names.

        Two shared names join, one joins only what is very near: two reports may share a town and nothing else. Rows
        that name hardly anything have no alibi.
        """
        shared = np.maximum(self._shared(first, second), self._shared(second, first))
        named = np.minimum(self._named[first], self._named[second]) >= _NAMED
        return np.asarray(named & (shared < np.where(nearness >= _VERY_NEAR, 1, _TOLD)), dtype=np.bool_)

    def _shared(self, lead: Indices, whole: Indices) -> Floats:
        if not lead.size:
            return np.zeros(0)
        return np.asarray(self._lead[lead].multiply(self._whole[whole]).sum(axis=1), dtype=np.float64).ravel()


def groups(
    vectors: sparse.csr_array,
    days: Floats,
    alibi: Alibi | None = None,
    across: sparse.csr_array | None = None,
    largest: int = 2000,
) -> list[list[int]]:
    """Rows of ``vectors`` (length 1 each) in groups that tell of one event, each sorted, by their first row.

    ``days`` holds the date of each row in days, NaN where unknown; ``alibi`` keeps rows from being neighbours;
    ``across`` is more nearness (see ``by_names``).

    Each row is joined with its five nearest, weighted by their nearness, so that a short report gets the words that
    others use of the same event (document expansion; Singhal & Pereira, 1999). Groups then come from average
    link over the cosines of the joined rows, within the connected parts of the neighbour graph. Work and memory
    grow with the number of rows; a connected part of more than ``largest`` rows is cut at its weaker links.
    """
    if not vectors.shape[0]:
        return []
    links = neighbours(vectors, days, alibi)
    if across is not None:
        links = sparse.csr_array(links.maximum(_dated(across, days)))
    found = [
        group
        for part in _parts(links, np.arange(vectors.shape[0]), largest)
        for group in _joined(vectors, links, days, part)
    ]
    return sorted(found)


def neighbours(vectors: sparse.csr_array, days: Floats, alibi: Alibi | None = None) -> sparse.csr_array:
    """Cosine times nearness in time of each row with its nearest rows, where it is enough; square, not symmetric."""
    found = sparse.coo_array(nearest(vectors))
    nearness = found.data * _same_time(days[found.row] - days[found.col])
    if alibi is not None:
        nearness[alibi.holds(found.row, found.col, nearness)] = 0
    kept = _first(found.row, found.col, nearness)
    return sparse.csr_array((nearness[kept], (found.row[kept], found.col[kept])), shape=found.shape)


def by_names(names: Terms, languages: Indices) -> sparse.csr_array:
    """Nearness of rows in different languages by the names and numbers that both hold; square, symmetric.

    ``names`` counts the names of each row, ``languages`` numbers its language. Only names known in two languages are
    compared: translations share little else. Fewer than three shared names say nothing.
    """
    size = names.counts.shape[0]
    spoken = sparse.csr_array((np.ones(size), (languages, np.arange(size))), shape=(int(languages.max()) + 1, size))
    tongues = np.bincount(sparse.csr_array(spoken @ names.counts).indices, minlength=names.counts.shape[1])
    kept = np.flatnonzero((tongues > 1) & (names.frequency <= max(_COMMON, size // 50)))
    held = names.counts[:, kept].tocsr()
    held.data[:] = 1.0
    weights = inverse_frequency(names.frequency[kept], size + _COMMON)
    weighted = unit(sparse.csr_array((weights[held.indices], held.indices, held.indptr), shape=held.shape))
    shared = sparse.coo_array(held @ held.T)
    cosine = sparse.csr_array(weighted @ weighted.T)
    pairs = (shared.data >= _SHARED_NAMES) & (languages[shared.row] != languages[shared.col])
    first, second = shared.row[pairs], shared.col[pairs]
    nearness = np.asarray(cosine[first, second], dtype=np.float64).ravel() if first.size else np.zeros(0)
    near = nearness >= _NEAR_BY_NAMES
    return sparse.csr_array((nearness[near], (first[near], second[near])), shape=(size, size))


def _first(rows: Indices, columns: Indices, nearness: Floats) -> Indices:
    """Indices of the nearest pairs of each row that are near enough."""
    order = np.lexsort((columns, -nearness, rows))
    order = order[nearness[order] >= _NEAR]
    ordered = rows[order]
    rank = np.arange(order.size) - np.searchsorted(ordered, ordered)
    return order[rank < _NEIGHBOURS]


def _parts(links: sparse.csr_array, rows: Indices, largest: int) -> Iterator[Indices]:
    """The connected parts of ``rows``, which ``links`` joins; too large ones without the weaker half of their links."""
    count, label = connected_components(links, directed=False)
    order = np.argsort(label, kind="stable")
    for members in np.split(order, np.cumsum(np.bincount(label, minlength=count))[:-1]):
        if members.size <= largest:
            yield rows[members]
            continue
        inner = links[members][:, members].tocsr()
        inner.data[inner.data <= np.median(inner.data)] = 0
        inner.eliminate_zeros()
        yield from _parts(inner, rows[members], largest)


def _joined(vectors: sparse.csr_array, links: sparse.csr_array, days: Floats, part: Indices) -> list[list[int]]:
    if part.size == 1:
        return [[int(part[0])]]
    own = vectors[part]
    lent = sparse.csr_array(sparse.eye_array(part.size) + _BORROWED * links[part][:, part])
    product = lent @ (lent @ (own @ own.T).toarray()).T
    length = np.sqrt(np.maximum(product.diagonal(), 1e-12))
    alike = product / np.outer(length, length) * _same_time(days[part][:, None] - days[part][None, :])
    apart = np.clip(1 - (alike + alike.T) / 2, 0, 1)
    np.fill_diagonal(apart, 0)
    label = fcluster(linkage(squareform(apart, checks=False), "average"), 1 - _JOIN, "distance")
    found: dict[int, list[int]] = {}
    for row, group in zip(part.tolist(), label.tolist(), strict=True):
        found.setdefault(group, []).append(row)
    return list(found.values())


def _dated(links: sparse.csr_array, days: Floats) -> sparse.csr_array:
    found = sparse.coo_array(links)
    nearness = found.data * _same_time(days[found.row] - days[found.col])
    return sparse.csr_array((nearness, (found.row, found.col)), shape=found.shape)


def _same_time(apart: Floats) -> Floats:
    late = np.maximum(0.0, np.abs(np.nan_to_num(apart, nan=0.0)) - _SAME_EVENT_DAYS)
    return np.asarray(0.5 ** (late / _HALVING_DAYS), dtype=np.float64)
