"""Sentences that give orders to a reading machine."""

from __future__ import annotations

import regex

from briefing.text.sentences import sentences

_ORDER = regex.compile(
    r"\b(?:ignore|disregard|forget) (?:all |any )?(?:the )?(?:previous|prior|above) instructions|<\|im_start\|>|\[/?INST\]",
    regex.I,
)


def instructions(paragraph: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of ``paragraph`` that address a machine."""
    if not _ORDER.search(paragraph):
        return ()
    return tuple((a, b) for a, b in sentences(paragraph, language) if _ORDER.search(paragraph[a:b]))
