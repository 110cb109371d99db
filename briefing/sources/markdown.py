"""Markdown with optional YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from briefing.sources.characters import decode, visible
from briefing.sources.raw import Flaw, Raw

_FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LARGEST_FRONT = 20_000
_ALIAS = re.compile(r"(?m)(?:^|[\s\[{,:-])[&*][\w-]+")
_KEYS = {
    "title": "title", "headline": "title",
    "url": "url", "link": "url", "canonical_url": "url",
    "source": "source", "publisher": "source", "site": "source",
    "author": "author", "authors": "author", "byline": "author",
    "date": "published", "published": "published", "published_at": "published",
    "language": "language", "lang": "language",
}  # fmt: skip


def read(data: bytes) -> Iterator[Raw | Flaw]:
    """The one article of a Markdown file. Links become their words; pictures and code are left out."""
    text, note = decode(data)
    text = visible(text)
    notes = [note] if note else []
    known: dict[str, str] = {}
    front = _FRONT.match(text)
    if front:
        text = text[front.end() :]
        fields = _front(front[1])
        if fields is None:
            notes.append("front matter not understood")
        else:
            known = fields
    title, text = _plain(text)
    known.setdefault("title", title)
    yield Raw(text=text, notes=tuple(notes), **known)


def _front(block: str) -> dict[str, str] | None:
    """The known fields of front matter; None when it is not a YAML mapping of plain values."""
    import yaml

    # Aliases can make a few lines stand for gigabytes; a head of an article needs none.
    if len(block) > _LARGEST_FRONT or _ALIAS.search(block):
        return None
    try:
        found = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    known: dict[str, str] = {}
    for key, value in found.items():
        name = _KEYS.get(str(key).lower())
        if name and name not in known and (words := _words(value)):
            known[name] = words
    return known


def _words(value: Any) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (str, int, float)):
        return str(value)
    if isinstance(value, dict):
        return _words(value.get("name", ""))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value[:20])))
    return ""


def _plain(markdown: str) -> tuple[str, str]:
    """The first top heading and the text below, block by block."""
    from markdown_it import MarkdownIt

    title, in_heading = "", ""
    blocks: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type == "heading_open":
            in_heading = token.tag
        elif token.type == "heading_close":
            in_heading = ""
        elif token.type == "inline":
            words = _inline(token.children or [])
            if in_heading == "h1" and not title and not blocks:
                title = words
            elif words:
                blocks.append(words)
        elif token.type == "html_block":
            from briefing.sources.markup import text_of

            if words := text_of(token.content):
                blocks.append(words)
    return title, "\n\n".join(blocks)


def _inline(children: list[Any]) -> str:
    parts = []
    for child in children:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts).strip()
