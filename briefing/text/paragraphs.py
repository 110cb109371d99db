"""Paragraphs of a text, as spans."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"\S(?:.*?\S)?(?=[^\S\n]*\n[^\S\n]*(?:\n|\Z)|\s*\Z)", re.DOTALL)
_LINE = re.compile(r"\S(?:[^\n]*\S)?")


def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the paragraphs of ``text``, white space around them left out.

    A blank line ends a paragraph. A single line break ends one too, unless the block is wrapped by hand
    at a fixed width (mail, plain text of old), where lines belong together.
    """
    spans: list[tuple[int, int]] = []
    for block in _BLOCK.finditer(text):
        lines = [(block.start() + m.start(), block.start() + m.end()) for m in _LINE.finditer(block.group())]
        if len(lines) > 1 and _wrapped([text[a:b] for a, b in lines]):
            spans.append((lines[0][0], lines[-1][1]))
        else:
            spans.extend(lines)
    return tuple(spans)


def _wrapped(lines: list[str]) -> bool:
    body = lines[:-1]
    widest = max(len(line) for line in lines)
    if not 40 <= widest <= 100 or min(len(line) for line in body) < 0.6 * widest:
        return False
    unfinished = sum(line[-1] not in '.!?:"”’)' for line in body)
    return unfinished * 2 >= len(body)
