"""Saved RSS and Atom feeds: every entry is an article."""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Any

from briefing.errors import SourceError
from briefing.sources import failures
from briefing.sources.markup import text_of
from briefing.sources.raw import SUMMARY_ONLY, Flaw, Raw

_ENTITY = re.compile(r"&[\w.-]+;")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def read(data: bytes) -> Iterator[Raw | Flaw]:
    """The entries of a feed, numbered from 1. Raises ``SourceError`` when the file is no feed, or an empty one."""
    import feedparser

    try:
        # As a stream: feedparser takes a string for an address or a file to open.
        parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except RecursionError as error:
        raise SourceError(failures.DAMAGED, "is nested too deeply to be read") from error
    except Exception as error:  # feedparser promises none and, on broken feeds, raises any
        raise SourceError(failures.DAMAGED, f"is not a readable feed: {type(error).__name__}") from error
    if not parsed.entries:
        if not parsed.get("version"):
            raise SourceError(failures.DAMAGED, "is not an RSS or Atom feed")
        raise SourceError(failures.EMPTY, "is a feed without entries")
    for number, entry in enumerate(parsed.entries, start=1):
        yield _entry(entry, str(number), parsed.feed)


def _entry(entry: Any, number: str, feed: Any) -> Raw | Flaw:
    notes: tuple[str, ...] = ()
    text = max((_text(c) for c in entry.get("content", ())), key=len, default="")
    summary = _text(entry.get("summary_detail") or {})
    if len(summary) > len(text):
        text, notes = summary, (SUMMARY_ONLY,)
    if not _ENTITY.sub("", text).strip():  # what a document defines for itself is not expanded, and is no text
        return Flaw(number, failures.EMPTY, "an entry without text; the feed gives no more than a headline")
    owner = entry.get("source") or {}
    return Raw(
        text=text,
        title=_line(entry.get("title_detail") or {}),
        url=str(entry.get("link") or ""),
        source=_line(owner.get("title_detail") or {}) or _line(feed.get("title_detail") or {}),
        author=_person(str(entry.get("author") or "")),
        published=_when(entry),
        language=str((entry.get("title_detail") or {}).get("language") or feed.get("language") or ""),
        entry=number,
        notes=notes,
    )


def _text(detail: Any) -> str:
    value = str(detail.get("value") or "")
    # RSS does not say whether its titles are HTML: tags in one that is called plain were meant as tags.
    return value if detail.get("type") == "text/plain" and not _TAG.search(value) else text_of(value)


def _line(detail: Any) -> str:
    return " ".join(_text(detail).split())


def _person(author: str) -> str:
    """The name beside a mail address, as RSS writes authors (``a@b.example (Name)``)."""
    return parseaddr(author)[0] if "@" in author else author


def _when(entry: Any) -> str:
    for key in ("published", "updated"):
        parsed, written = entry.get(f"{key}_parsed"), entry.get(key)
        if parsed:
            try:
                return datetime.fromtimestamp(timegm(parsed), UTC).isoformat()
            except (ValueError, OverflowError, OSError):
                return str(written or "")
        if written:
            return str(written)
    return ""
