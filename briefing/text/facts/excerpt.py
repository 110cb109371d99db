"""Where words that somebody gives as another text's own stand in it: exactly, or nearly."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import regex

from briefing.text.words import fold

# A character of a script that is written without spaces is a word here.
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*"
)
_OMISSION = regex.compile(r"\[\s*(?:\.\.\.|…)\s*\]|\(\s*(?:\.\.\.|…)\s*\)|\.\s?\.\s?\.|…")
# One word of six may be mistyped, left out or put in. What is found is then compared as it stands in the text, so a
# mistake here costs a claim its evidence, never a reader the truth.
_SAME = 5 / 6
_LEAST = 5


class _Word(NamedTuple):
    start: int
    end: int
    text: str


def find(words: str, text: str) -> tuple[int, int] | None:
    """The span of ``text`` that ``words`` reproduce, or None.

    White space, punctuation, quotation marks and case make no difference; an ellipsis stands for words left out;
    of five words and more one in six may differ.
    """
    at = text.find(words.strip())
    if words.strip() and at >= 0:
        return at, at + len(words.strip())
    held = _words(text)
    keys = [w.text for w in held]
    first = last = -1
    for part in _OMISSION.split(words):
        wanted = [w.text for w in _words(part)]
        if not wanted:
            continue
        found = _exactly(wanted, keys, last + 1) or _nearly(wanted, keys, last + 1)
        if found is None:
            return None
        first = found[0] if first < 0 else first
        last = found[1]
    return (held[first].start, held[last].end) if last >= 0 else None


def _words(text: str) -> list[_Word]:
    return [_Word(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text)]


def _exactly(wanted: Sequence[str], held: Sequence[str], begin: int) -> tuple[int, int] | None:
    size = len(wanted)
    for at in range(begin, len(held) - size + 1):
        if held[at] == wanted[0] and list(held[at : at + size]) == list(wanted):
            return at, at + size - 1
    return None


def _nearly(wanted: Sequence[str], held: Sequence[str], begin: int) -> tuple[int, int] | None:
    """First and last word of the stretch that holds nearly all of ``wanted`` in order, around the longest run."""
    if len(wanted) < _LEAST:
        return None
    longest = SequenceMatcher(None, wanted, held, autojunk=False).find_longest_match(0, len(wanted), begin, len(held))
    slack = 1 + len(wanted) // 6
    low = max(begin, longest.b - longest.a - slack)
    high = min(len(held), longest.b - longest.a + len(wanted) + slack)
    blocks = [b for b in SequenceMatcher(None, wanted, held[low:high], autojunk=False).get_matching_blocks() if b.size]
    if sum(b.size for b in blocks) < _SAME * len(wanted):
        return None
    return low + blocks[0].b, low + blocks[-1].b + blocks[-1].size - 1
