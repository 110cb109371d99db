"""Whether a sentence can be read without its neighbours, by its form alone.

The lists know English, German, French and Spanish; other languages are judged by punctuation and length only.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Fault(StrEnum):
    """Why a sentence does not stand alone."""

    LEANS = "needs the sentence before it"
    SPEAKER = "quotation without its speaker"
    FRAGMENT = "not a whole sentence"
    QUESTION = "a question"
    PERSON = "speaks as the writer or to the reader"
    FURNITURE = "part of the page"
    SHORT = "too short"
    LONG = "too long"


_OPENING = re.compile(
    r"(?:[\s•·▪*–—-]+)?(?:[A-Z][A-Z .,'’/-]{2,40}(?:, [A-Z][\w. ]{2,20})?(?: \([A-Za-z ]{2,20}\))? ?[—–-]+ )?"
)
_PRONOUN = re.compile(
    r"(?:he|she|they|it|this|that|these|those|his|her|their|its|but|and|however|also|meanwhile)\b", re.I
)


def opening(sentence: str) -> int:
    """Where the sentence itself begins, after a bullet or a dateline (``LONDON (Reuters) - ``)."""
    match = _OPENING.match(sentence)
    return match.end() if match and match.end() < len(sentence) else 0


def fault(sentence: str, language: str = "en") -> Fault | None:
    """The first reason why ``sentence`` does not stand alone, or None."""
    count = len(sentence.split())
    if count < 6:
        return Fault.SHORT
    if count > 55:
        return Fault.LONG
    if sentence.endswith("?"):
        return Fault.QUESTION
    if sentence[-1] not in ".!…。！”\"’'»)":
        return Fault.FRAGMENT
    if _PRONOUN.match(sentence):
        return Fault.LEANS
    if sentence.count('"') % 2 or sentence[0] in '"“«„':
        return Fault.SPEAKER
    return None
