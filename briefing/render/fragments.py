"""Addresses that open a page at a passage and mark it: text fragments (https://wicg.github.io/scroll-to-text-fragment).

A browser that knows no text fragments, or a page whose words have changed, opens at the top.
"""

from __future__ import annotations

import re
from urllib.parse import quote as percent_encoded

# Chromium's own "copy link to highlight" tells a passage whole up to so many characters.
EXACT = 300
# So many words of a longer one are told at either end; fewer would be found elsewhere on the page too.
ENDS = 6
_DIRECTIVE = ":~:"
_LINES = re.compile(r"\s*[\n\r\u2028\u2029]+\s*")
# Scripts without spaces are cut after their stops and commas: within a word, the start of a range is not found.
_PARTS = re.compile(r"[^\s、。，．！？；：]+[、。，．！？；：]*")


def text_fragment(url: str, quote: str, exact: int = EXACT) -> str:
    """``url`` leading to ``quote`` on its page; ``url`` alone where either says nothing.

    A passage of several paragraphs, or of more than ``exact`` characters, is told by its first and last words, since
    words that are told in one piece must stand in one block of the page.
    """
    lines = [line for line in _LINES.split(quote.strip()) if line]
    if not url or not lines:
        return url
    first, last = " ".join(lines[0].split()), " ".join(lines[-1].split())
    terms = [first]
    if len(lines) > 1 or len(first) > exact:
        terms = [_head(first), _tail(last)]
        if len(lines) == 1 and len(terms[0]) + len(terms[1]) >= len(first):
            terms = [first]
    page, _, fragment = url.partition("#")
    fragment = fragment.partition(_DIRECTIVE)[0]
    return f"{page}#{fragment}{_DIRECTIVE}text={','.join(map(_encoded, terms))}"


def _head(text: str) -> str:
    parts = list(_PARTS.finditer(text))[:ENDS]
    return text[: parts[-1].end()] if parts else text


def _tail(text: str) -> str:
    parts = list(_PARTS.finditer(text))[-ENDS:]
    return text[parts[0].start() :] if parts else text


def _encoded(term: str) -> str:
    # A dash and a comma are marks of the directive's own syntax; ``&`` would end it.
    return percent_encoded(term, safe="", errors="replace").replace("-", "%2D")
