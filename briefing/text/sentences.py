"""Sentences of a text, as spans."""

from __future__ import annotations

from sentencex import get_sentence_boundaries


def sentences(text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of ``text``, white space around them left out.

    ``language`` is an ISO 639-1 code; an unknown or empty one is split by English rules.
    """
    spans: list[tuple[int, int]] = []
    for piece in get_sentence_boundaries(language or "en", text):
        start, end = piece["start_index"], piece["end_index"]
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start < end:
            spans.append((start, end))
    return tuple(spans)
