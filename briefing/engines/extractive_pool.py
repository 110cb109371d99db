"""The sentences of a story as candidates, and what each of their words weighs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from briefing.model import Original, Span, Story
from briefing.text.readable import length, opening, quoted
from briefing.text.words import terms

# News tells the main thing first: the weight of a word's first mention halves about every 1,200 characters.
_FADE = 1800.0

_NUMBER_ENDS = re.compile(r"\d\s?[.,]\s*$")


class Sentence(NamedTuple):
    """A sentence of a story: its span in the article's text, and its words on one line.

    ``nth`` counts the sentences of its article that are in the story; ``score`` is that of its passage, 1.0
    for the best of the story; ``quoted`` says that it stands within a quotation begun before it.
    """

    original: Original
    span: Span
    text: str
    language: str
    nth: int
    words: int
    score: float
    quoted: bool

    @property
    def place(self) -> tuple[str, int]:
        return self.original.article.id, self.span.start

    def follows(self, other: Sentence) -> bool:
        """Whether nothing but white space and marks stands between ``other`` and this sentence."""
        if other.original.article.id != self.original.article.id or other.span.end > self.span.start:
            return False
        between = self.original.article.text[other.span.end : self.span.start]
        return len(between) < 20 and not any(c.isalnum() for c in between)


class Pool(NamedTuple):
    """Candidates and the weighted pairs of neighbouring words they hold.

    The pairs of sentence ``i`` are ``grams[starts[i]:starts[i + 1]]``, each once; ``weights[g]`` is a pair's worth.
    """

    sentences: tuple[Sentence, ...]
    grams: NDArray[np.int64]
    starts: NDArray[np.int64]
    weights: NDArray[np.float64]


def gather(story: Story, language: str) -> Pool:
    """Every sentence of the story's passages, article by article, without datelines and bullets."""
    best = max(s.score for s in story.passages)
    by_article: dict[str, dict[Span, tuple[Original, float]]] = {}
    for scored in story.passages:
        spans = by_article.setdefault(scored.passage.article.id, {})
        relative = min(1.0, max(scored.score / best, 0.01)) if best > 0 else 1.0
        for span in scored.passage.sentences:
            spans.setdefault(span, (scored.passage.original, relative))
    sentences: list[Sentence] = []
    for spans in by_article.values():
        ordered = sorted(spans.items(), key=lambda item: item[0])
        within = _quoted(ordered[0][1][0], [span.start for span, _ in ordered])
        for index, (span, (original, relative)) in enumerate(ordered):
            sentence = _sentence(original, span, index, relative, language, within[index])
            if sentence:
                sentences.append(sentence)
    return _weighed(tuple(sentences))


def _quoted(original: Original, starts: Sequence[int]) -> list[bool]:
    """Whether each of ``starts`` stands within a quotation that its paragraph began; each paragraph is read once."""
    kept = [span.start for span in original.cleaned.kept]
    found: list[bool] = []
    for at, group in groupby(starts, key=lambda start: bisect_right(kept, start) - 1):
        paragraph = kept[at] if at >= 0 else 0
        found.extend(quoted(original.article.text, group, paragraph))
    return found


def _sentence(original: Original, span: Span, index: int, score: float, language: str, within: bool) -> Sentence | None:
    whole = original.article.text
    start = span.start + opening(whole[span.start : span.end])
    text = " ".join(whole[start : span.end].split())
    # "a quake of 5. | 2 struck": a number was taken for the end of a sentence.
    if not text or (text[0].isdigit() and _NUMBER_ENDS.search(whole, max(0, span.start - 8), span.start)):
        return None
    return Sentence(
        original,
        Span(start, span.end),
        text,
        original.article.language or language,
        index,
        length(text),
        score,
        within,
    )


def _weighed(sentences: tuple[Sentence, ...]) -> Pool:
    """Weights every pair of neighbouring words: in how many texts, how early, in how many sentences.

    weight = (sum over texts of the earliness of the first mention) ** 1.5 * (sentences with it) ** 0.5

    Pairs and not words: what many sources say in the same words is a fact; single words that all of them use
    are only their topic, and would prefer empty sentences about it. A story without any pair goes by its words.
    """
    names: dict[str, int] = {}
    ids: list[int] = []
    owners: list[int] = []
    for i, sentence in enumerate(sentences):
        found = [names.setdefault(t, len(names)) for t in terms(sentence.text, sentence.language)]
        ids.extend(found)
        owners.extend([i] * len(found))
    word = np.array(ids, dtype=np.int64)
    owner = np.array(owners, dtype=np.int64)
    joined = owner[1:] == owner[:-1]
    if joined.any():
        word, owner = word[:-1][joined] * len(names) + word[1:][joined], owner[:-1][joined]
    keys, gram = np.unique(word, return_inverse=True)
    count = max(1, len(keys))
    entries = np.unique(owner * count + gram)
    holder, gram = entries // count, entries % count

    texts: dict[str, int] = {}
    text_of = np.array([texts.setdefault(s.original.article.id, len(texts)) for s in sentences], dtype=np.int64)
    first = np.array([s.original.cleaned.kept[0].start if s.original.cleaned.kept else 0 for s in sentences])
    offset = np.array([s.span.start for s in sentences], dtype=np.float64) - first
    early = np.exp(-np.maximum(offset, 0.0) / _FADE)
    cells, cell = np.unique(text_of[holder] * count + gram, return_inverse=True)
    earliest = np.zeros(len(cells))
    np.maximum.at(earliest, cell, early[holder])
    spread = np.bincount(cells % count, weights=earliest, minlength=count)
    often = np.bincount(gram, minlength=count)
    weights = spread**1.5 * np.sqrt(often)
    starts = np.searchsorted(holder, np.arange(len(sentences) + 1))
    return Pool(sentences, gram, starts.astype(np.int64), weights.astype(np.float64))
