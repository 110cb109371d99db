"""Saved web pages: the article without the page around it, by trafilatura (Barbaresi, ACL 2021)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from briefing.errors import SourceError
from briefing.sources import failures
from briefing.sources.characters import decode
from briefing.sources.markup import text_of
from briefing.sources.raw import Flaw, Raw

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
_DECLARATION = re.compile(r"\s*<\?xml.*?\?>", re.DOTALL)


def read(data: bytes) -> Iterator[Raw | Flaw]:
    """The one article of a page. Raises ``SourceError`` (empty) when the page holds none."""
    declared = _CHARSET.search(data[:4096]) or _DECLARED.match(data)
    html, note = decode(data, declared[1].decode("ascii", "replace") if declared else "")
    yield from_html(_DECLARATION.sub("", html, count=1), notes=(note,) if note else ())


def from_html(html: str, notes: tuple[str, ...] = ()) -> Raw:
    """The article of a page's HTML."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
    text = (found.text or "") if found is not None else ""
    if not text.strip():
        text = text_of(html)
        if not text:
            raise SourceError(
                failures.EMPTY, "holds no article; save the page with its text, or copy it to a .txt file"
            )
        notes = (*notes, "whole page: no article found in it")
    if found is None:
        return Raw(text=text, notes=notes)
    return Raw(
        text=re.sub(r"\n+", "\n\n", text),
        title=found.title or "",
        url=found.url or "",
        source=found.sitename or "",
        author=found.author or "",
        published=found.date or "",
        language=found.language or "",
        notes=notes,
    )
