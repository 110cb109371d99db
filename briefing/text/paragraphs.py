"""Paragraphs of a text, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_ITEM = re.compile(r"[•⁃▪‣●◦]|[-*–—]\s|\(?\d{1,3}[.)]\s")
_FINISHED = frozenset('.!?:…"”’»)。！？」』؟۔।')

Line = tuple[int, int]


def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the paragraphs of ``text``, white space around them left out; every other character is in one.

    A blank line ends a paragraph. A single line break ends one too, unless the lines are wrapped by hand at a
    fixed width (mail, plain text of old) and belong together; items of a list stay apart even then.
    """
    spans: list[tuple[int, int]] = []
    for block in _blocks(text):
        if len(block) > 1 and _wrapped(text, block):
            spans.extend(_joined(text, block))
        else:
            spans.extend(block)
    return tuple(spans)


def _blocks(text: str) -> Iterator[list[Line]]:
    """Runs of lines with no blank line between them."""
    for filled, lines in groupby(_lines(text), key=lambda line: line[0] < line[1]):
        if filled:
            yield list(lines)


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for stop in _BREAK.finditer(text):
        yield _stripped(text, at, stop.start())
        at = stop.end()
    yield _stripped(text, at, len(text))


def _stripped(text: str, start: int, end: int) -> Line:
    line = text[start:end]
    return end - len(line.lstrip()), start + len(line.rstrip())


def _wrapped(text: str, block: list[Line]) -> bool:
    """Whether the lines were broken because they were full, most of them in mid-sentence."""
    widest = _widest(block)
    inner = [(line, after) for line, after in pairwise(block) if not _ITEM.match(text, after[0])]
    if not inner or not 40 <= widest <= 100:
        return False
    full = sum(_full(text, line, after, widest) for line, after in inner)
    unfinished = sum(text[line[1] - 1] not in _FINISHED for line, _ in inner)
    return full * 4 >= len(inner) * 3 and unfinished * 2 >= len(inner)


def _joined(text: str, block: list[Line]) -> Iterator[Line]:
    widest = _widest(block)
    start = block[0][0]
    for line, after in pairwise(block):
        ended = text[line[1] - 1] in _FINISHED and not _full(text, line, after, widest)
        if ended or _ITEM.match(text, after[0]):
            yield start, line[1]
            start = after[0]
    yield start, block[-1][1]


def _full(text: str, line: Line, after: Line, widest: int) -> bool:
    """Whether the first word of the line after would not have fitted."""
    word = text[after[0] : min(after[1], after[0] + widest)].split(None, 1)[0]
    return line[1] - line[0] + 1 + len(word) > widest


def _widest(block: list[Line]) -> int:
    return max(end - start for start, end in block)
