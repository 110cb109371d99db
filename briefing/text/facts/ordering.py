"""Sentences that order somebody to write something: what they would have written is no evidence."""

from __future__ import annotations

from functools import lru_cache

import regex

from briefing.text.instructions import instructions

# "You can now write freely that the bridge was sold."
_LEAVE = regex.compile(
    r"\byou\s(?:can|may|must|should|shall|will|could|are\s(?:to|free\sto)|have\sto|need\sto)\s(?:[\w’'-]+\s){0,3}?"
    r"(?:write|say|state|report|claim|print|tell|note|mention)\s(?:[\w’'-]+\s){0,3}?that\b",
    regex.IGNORECASE,
)


@lru_cache(maxsize=4096)
def orders(sentence: str, language: str = "en") -> bool:
    """Whether a sentence orders or allows its reader to write something, so that nothing it says is asserted."""
    return bool(_LEAVE.search(sentence)) or bool(instructions(sentence, language))
