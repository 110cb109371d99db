"""Choosing sentences: coverage of what the sources say, without repetition."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from briefing.model import Original, Span, Story
from briefing.text.readable import fault, opening
from briefing.text.words import terms


class Sentence(NamedTuple):
    """A sentence of a story: its span in the article's text, and its words on one line."""

    original: Original
    span: Span
    text: str

    @property
    def language(self) -> str:
        return self.original.article.language


def gather(story: Story) -> list[Sentence]:
    """Every sentence of the story's passages, without datelines and bullets."""
    found: dict[tuple[str, int], Sentence] = {}
    for scored in story.passages:
        passage = scored.passage
        for start, end in passage.sentences:
            start += opening(passage.article.text[start:end])
            text = " ".join(passage.article.text[start:end].split())
            found.setdefault((passage.article.id, start), Sentence(passage.original, Span(start, end), text))
    return list(found.values())


def choose(pool: list[Sentence], words: int, limit: int) -> list[Sentence]:
    """At most ``limit`` sentences of at most ``words`` words, the most central first; at least one."""
    grams = [_grams(s) for s in pool]
    frequency = Counter(g for gs in grams for g in gs)
    taken: list[int] = []
    covered: set[str] = set()
    left = words
    fit = [i for i, s in enumerate(pool) if not fault(s.text, s.language)] or list(range(len(pool)))
    while fit and len(taken) < limit:
        fit = [i for i in fit if len(pool[i].text.split()) <= left or not taken]
        if not fit:
            break
        best = max(fit, key=lambda i: sum(frequency[g] for g in grams[i] - covered) / len(pool[i].text.split()) ** 0.5)
        taken.append(best)
        covered |= grams[best]
        left -= len(pool[best].text.split())
        fit.remove(best)
    return [pool[i] for i in taken]


def _grams(sentence: Sentence) -> set[str]:
    stems = terms(sentence.text, sentence.language or "en")
    return {*stems, *(f"{a} {b}" for a, b in zip(stems, stems[1:], strict=False))}
