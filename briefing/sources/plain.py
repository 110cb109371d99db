"""Plain text: an optional block of ``Key: value`` lines, an optional title, the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.sources.characters import decode, visible
from briefing.sources.raw import Flaw, Raw

_KEYS = {
    "title": "title", "headline": "title",
    "source": "source", "publisher": "source", "outlet": "source",
    "author": "author", "by": "author", "byline": "author",
    "date": "published", "published": "published",
    "url": "url", "link": "url",
    "language": "language", "lang": "language",
}  # fmt: skip
_HEADER = re.compile(r"(\w{2,20}):[ \t]+(\S.*)")
_LONGEST_TITLE = 150


def read(data: bytes) -> Iterator[Raw | Flaw]:
    """The one article of a text file."""
    text, note = decode(data)
    yield from_text(text, notes=(note,) if note else ())


def from_text(text: str, notes: tuple[str, ...] = ()) -> Raw:
    """An article from text. The first line is its title when it is short, ends without a full stop and stands alone."""
    text = visible(text)
    known, text = _headers(text)
    title = known.pop("title", "")
    if not title:
        title, text = _title(text)
    return Raw(text=text, title=title, notes=notes, **known)


def without_title(text: str, title: str) -> str:
    """``text`` without the paragraph among its first three that only says the title again."""
    blocks = text.split("\n\n")
    words = _words(title)
    for at, block in enumerate(blocks[:3]):
        if len(blocks) > 1 and words and _words(block) == words:
            return "\n\n".join(blocks[:at] + blocks[at + 1 :])
    return text


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _headers(text: str) -> tuple[dict[str, str], str]:
    """Metadata of a leading block of ``Key: value`` lines, of which at least two are known; others are passed over."""
    block, _, rest = text.partition("\n\n")
    found: dict[str, str] = {}
    if len(block) > 4000:
        return {}, text
    for line in block.split("\n"):
        match = _HEADER.fullmatch(line)
        if match is None:
            return {}, text
        key = _KEYS.get(match[1].lower())
        if key in found:
            return {}, text
        if key:
            found[key] = match[2].strip()
    return (found, rest.strip()) if len(found) >= 2 and rest.strip() else ({}, text)


def _title(text: str) -> tuple[str, str]:
    line, _, rest = text.partition("\n\n")
    if "\n" in line or not rest.strip() or len(line) > _LONGEST_TITLE or line[-1:] in ".,;:…。،؛।、，；：":
        return "", text
    return line.strip(), rest.strip()
