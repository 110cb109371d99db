"""Counted terms, BM25, cosines."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.similarity import Terms, bm25, likeness, nearest, tfidf, unit

BATCHES = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=12), min_size=1, max_size=12)


def terms(*texts: str) -> Terms:
    return Terms.of(Counter(text.split()) for text in texts)


def test_terms_are_counted_in_the_order_of_first_occurrence() -> None:
    table = terms("river flood river", "flood")
    assert list(table.column) == ["river", "flood"]
    assert table.counts.toarray().tolist() == [[2, 1], [0, 1]]
    assert table.frequency.tolist() == [1, 2]


def test_joined_texts_add_up_by_weight() -> None:
    table = terms("river", "river flood", "dam").joined(np.array([0, 0, 1]), np.array([2.0, 1.0, 1.0]))
    assert table.counts.toarray().tolist() == [[3, 1, 0], [0, 0, 1]]


def test_a_rare_word_said_twice_in_a_short_text_scores_most() -> None:
    table = terms("dam dam", "dam and much else besides here", "and else", "and much", "here and")
    scores = bm25(table)[:, [table.column["dam"]]].toarray().ravel()
    assert scores[0] > scores[1] > 0
    assert not scores[2:].any()


def test_a_term_of_all_texts_has_weight_when_it_is_rare_elsewhere() -> None:
    table = terms(*["flood"] * 8)
    assert bm25(table, rarity=np.array([3.0])).data[0] > 10 * bm25(table).data[0] > 0


@given(BATCHES)
def test_cosines_lie_between_0_and_1_and_are_1_with_oneself(batch: list[list[str]]) -> None:
    vectors = tfidf(Terms.of(Counter(text) for text in batch))
    cosines = (vectors @ vectors.T).toarray()
    assert cosines.min() >= 0
    assert cosines.max() <= 1 + 1e-9
    assert np.allclose(cosines.diagonal(), [float(bool(text)) for text in batch])
    others = cosines.sum() - cosines.diagonal().sum()
    if all(batch) and len(batch) > 1:
        assert likeness(vectors) == pytest.approx(others / (len(batch) * (len(batch) - 1)))


@given(BATCHES, st.integers(1, 5))
def test_nearest_finds_the_highest_cosines_of_other_rows(batch: list[list[str]], count: int) -> None:
    vectors = tfidf(Terms.of(Counter(text) for text in batch))
    found = nearest(vectors, count).toarray()
    cosines = (vectors @ vectors.T).toarray()
    np.fill_diagonal(cosines, 0)
    for row, all_ in zip(found, cosines, strict=True):
        assert np.allclose(np.sort(row)[::-1][:count], np.sort(all_)[::-1][:count])


def test_empty_rows_stay_empty() -> None:
    assert unit(terms("", "river").counts).toarray().tolist() == [[0], [1]]
    assert likeness(unit(terms("river").counts)) == 0
