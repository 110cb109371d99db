"""What a claim changes in a sentence that it repeats nearly word for word.

A writer who copies a sentence and alters one word alters the fact; in a free paraphrase other words are nothing to
wonder at. So what is strict here is asked of near copies alone: each word that went, came or was replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import regex

from briefing.text.words import fold

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’.,-][\p{L}\p{M}\p{N}]+)*")
# Seven of ten words in the sentence's own order: paraphrases that people write of one sentence hold half of that.
_COPIED = 0.7
_LEAST = 4


class Word(NamedTuple):
    """A word as it stands, its span, and its folded form."""

    start: int
    end: int
    text: str
    folded: str


class Edit(NamedTuple):
    """Words of the sentence that the claim lacks, and the words that stand in their place; one side may be empty."""

    gone: tuple[Word, ...]
    come: tuple[Word, ...]
    before: str
    after: str


class Copy(NamedTuple):
    """A near copy: its edits in order, and which character positions of the sentence's words were kept."""

    edits: tuple[Edit, ...]
    kept: frozenset[int]

    @property
    def gone(self) -> frozenset[int]:
        """Where the words start that the claim left out."""
        return frozenset(w.start for e in self.edits for w in e.gone)

    @property
    def come(self) -> frozenset[int]:
        """Where, in the claim, the words start that the sentence lacks."""
        return frozenset(w.start for e in self.edits for w in e.come)


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(m.start(), m.end(), m.group(), fold(m.group())) for m in _WORD.finditer(text))


def copy_of(claim: str, sentence: str) -> Copy | None:
    """The edits that make ``claim`` of ``sentence``, or None where it is no near copy (of the whole or of a part)."""
    ours, theirs = words(claim), words(sentence)
    matcher = SequenceMatcher(None, [w.folded for w in theirs], [w.folded for w in ours], autojunk=False)
    if len(ours) < _LEAST or matcher.quick_ratio() * (len(ours) + len(theirs)) < 2 * _COPIED * len(ours):
        return None
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    if sum(b.size for b in blocks) < _COPIED * len(ours):
        return None
    kept = frozenset(theirs[i].start for b in blocks for i in range(b.a, b.a + b.size))
    return Copy(tuple(_edits(matcher, theirs, ours)), kept)


def _edits(matcher: SequenceMatcher[str], theirs: tuple[Word, ...], ours: tuple[Word, ...]) -> Iterator[Edit]:
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            before = theirs[a - 1].folded if a else ""
            yield Edit(theirs[a:b], ours[c:d], before, theirs[b].folded if b < len(theirs) else "")
