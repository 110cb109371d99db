"""Which reader a file goes to, and whether it is read here or in a process that can be killed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.sources import failures
from briefing.sources.raw import Flaw, Raw

if TYPE_CHECKING:
    from briefing.sources.bounded import Bounded

Reader = Callable[[bytes], Iterable[Raw | Flaw]]

ENDINGS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".json": "json",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".eml": "mail",
    ".pdf": "pdf",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
}

# Beyond these a file may keep its parser busy for minutes; few real ones are.
_LARGE = 1_000_000
_LARGE_MARKDOWN = 200_000
_MANY_TAGS = 20_000
_DEEP = 60

_MAIL = re.compile(
    rb"(?:From|Return-Path|Received|Delivered-To|MIME-Version|Message-ID|Subject|Date|To):\s", re.IGNORECASE
)
_ASIDE = re.compile(rb"\s*(?:<!--.*?-->|<\?.*?\?>)", re.DOTALL)
_MARKED_UP = re.compile(rb"\s*<(?P<name>!doctype\s+html|[a-z][\w:]*)", re.IGNORECASE)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_MISNAMED = frozenset((("text", "page"), ("feed", "page"), ("page", "feed"), ("json", "json lines")))
_FEEDS = (b"rss", b"feed", b"rdf:rdf", b"atom:feed", b"channel")
_TAG = re.compile(rb"<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
_VOID = frozenset(b"area base br col embed hr img input link meta source track wbr p li dt dd tr td th option".split())


def format_of(name: str) -> str:
    """The format that a file's ending tells, or ""."""
    return ENDINGS.get(PurePath(name).suffix.lower(), "")


def believed(data: bytes, kind: str) -> str:
    """The format of a file whose ending says ``kind``: its content where that is plainly another."""
    if kind in ("text", "page", "feed", "json"):
        found = sniff(data)
        if (kind, found) in _MISNAMED and (kind != "text" or _PAGE.match(data)):
            return found
    return kind


def reader(kind: str) -> Reader:
    """The reader of a format. Each imports its libraries only when it is asked for."""
    match kind:
        case "page":
            from briefing.sources.page import read
        case "feed":
            from briefing.sources.feed import read
        case "mail":
            from briefing.sources.mail import read
        case "pdf":
            from briefing.sources.pdf import read
        case "json":
            from briefing.sources.records import read
        case "json lines":
            from briefing.sources.records import read_lines as read
        case "markdown":
            from briefing.sources.markdown import read
        case _:
            from briefing.sources.plain import read
    return read


def read_bytes(data: bytes, kind: str, bounded: Bounded) -> Iterable[Raw | Flaw]:
    """The raw articles and flaws of a file. Raises ``SourceError`` when the whole file cannot be read.

    Whatever may take its parser long is read in another process, within a time and a size of memory.
    """
    if risky(data, kind):
        return bounded.read(data, kind)
    try:
        return list(reader(kind)(data))
    except SourceError:
        raise
    except (RecursionError, MemoryError) as error:
        raise SourceError(failures.DAMAGED, "is nested too deeply to be read") from error


def risky(data: bytes, kind: str) -> bool:
    """Whether reading could hang: PDF and the HTML inside a mail always, else by size, tags, nesting, entities."""
    if kind == "pdf":
        return True
    if kind == "mail" and b"text/html" in data.lower():
        return True
    if kind == "markdown":
        return len(data) > _LARGE_MARKDOWN
    if len(data) > _LARGE:
        return kind in ("page", "feed", "mail")
    if kind not in ("page", "feed"):
        return False
    return data.count(b"<") > _MANY_TAGS or b"<!ENTITY" in data or _depth(data) > _DEEP


def _depth(data: bytes) -> int:
    """How deeply the tags of a page nest, at most; elements that need no end tag do not count."""
    deepest = depth = 0
    for match in _TAG.finditer(data):
        closing, name, alone = match.groups()
        if alone or name.lower() in _VOID:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def sniff(data: bytes) -> str:
    """The format of bytes that have no name."""
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:10_000]
    if head.startswith(b"%PDF-"):
        return "pdf"
    if re.match(rb'[\[{]\s*["\[{\]}]', head):
        first, _, rest = data.strip().partition(b"\n")
        if first.strip().startswith(b"{") and rest.strip().startswith(b"{"):
            try:
                json.loads(first)
            except (ValueError, RecursionError):
                return "json"
            return "json lines"
        return "json"
    start = 0
    while aside := _ASIDE.match(head, start):
        start = aside.end()
    marked = _MARKED_UP.match(head, start)
    if marked:
        return "feed" if marked["name"].lower() in _FEEDS else "page"
    if head.startswith(b"---\n") or head.startswith(b"---\r\n") or re.match(rb"#{1,3} \S", head):
        return "markdown"
    block = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if sum(bool(_MAIL.match(line)) for line in block.split(b"\n")) >= 3:
        return "mail"
    return "text"
