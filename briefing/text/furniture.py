"""Paragraphs that are furniture of a page, not part of its article: pleas, links, credits, captions.

Works on wording alone, so it errs towards keeping: a rule asks for a set phrase, at the place where pages put it,
in a paragraph no longer than such furniture is.
"""

from __future__ import annotations

import regex

from briefing.text.furniture_kinds import Furniture
from briefing.text.furniture_rules import RULES
from briefing.text.sentences import sentences

_LONGEST = max(rule.longest for rule in RULES)
_CUES = sorted({cue for rule in RULES for cue in rule.cues})
_FIRST = regex.compile(r"\P{L}{0,8}(\p{L}+)")
_LABELS = ("Image ", "Media ", "Picture ", "Photo ")
_CAPTION = regex.compile(r"(?:Media playback is|(?:Image|Media|Picture|Photo) (?:caption|copyright|source|credit))\b")
_REPORTS = regex.compile(
    r"\b(?:said|says|told|asked|urged|added|announced|argued|warned|wrote|according to|sagte"
    r"|erklärte|teilte|laut|déclaré|annoncé|selon|dijo|afirmó|anunció|según|disse|detto|secondo)\b",
    regex.IGNORECASE,
)


def furniture(paragraph: str) -> Furniture | None:
    """What furniture ``paragraph`` is, or none."""
    size = len(paragraph)
    if size > _LONGEST:
        return None
    lowered = paragraph.lower()
    held = [cue for cue in _CUES if cue in lowered]
    opens = _FIRST.match(lowered)
    first = opens[1] if opens else ""
    for rule in RULES:
        if size > rule.longest or (rule.first and not first.startswith(rule.first)):
            continue
        if rule.cues and rule.cues.isdisjoint(held):
            continue
        if rule.pattern.match(paragraph) and not (rule.plain and _REPORTS.search(paragraph)):
            return rule.found
    return None


def caption_before(paragraph: str, language: str = "en") -> int:
    """Where the text begins in a paragraph that runs on from the labels of a caption; 0 where none stands before it.

    The caption is taken to be the first sentence: that it has no full stop of its own cannot be told.
    """
    if not paragraph.startswith(_LABELS) or not _CAPTION.match(paragraph):
        return 0
    spans = sentences(paragraph, language)
    return spans[1][0] if len(spans) > 1 else 0
