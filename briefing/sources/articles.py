"""From what a file says to an ``Article``: visible text, safe address, known publisher, date and language."""

from __future__ import annotations

from datetime import tzinfo
from urllib.parse import urlsplit

from briefing.model import Article, Failure
from briefing.sources import dates, failures
from briefing.sources.characters import visible, visible_line
from briefing.sources.raw import Flaw, Raw
from briefing.text.language import code_of, contradicts, detect

_LONGEST_LINE = 1000


def article_of(raw: Raw | Flaw, *, where: str, kind: str, zone: tzinfo) -> Article | Failure:
    """The article of a raw one, or the failure of a flawed or empty one. ``kind`` is the format that it was read as.

    Whatever was declared and not believed (a date, an address, a language) is told in ``read_as``.
    """
    at = f"{where}#{raw.entry}" if raw.entry else where
    if isinstance(raw, Flaw):
        return Failure(at, raw.reason, raw.detail)
    text = visible(raw.text)
    if not text:
        return Failure(at, failures.EMPTY, "holds no text that can be seen; an article needs some")
    notes = [kind, *raw.notes]
    url = address(raw.url)
    if raw.url.strip() and not url:
        notes.append("address not used: not http or https")
    published = dates.parse(raw.published, zone)
    if raw.published.strip() and published is None:
        notes.append(f"date not understood: {visible_line(raw.published)[:40]}")
    declared, detected = code_of(raw.language), detect(text)
    language = declared or detected
    if contradicts(declared, detected):
        language = detected
        notes.append(f"declared {declared}, reads as {detected}")
    return Article.of(
        title=visible_line(raw.title)[:_LONGEST_LINE],
        text=text,
        url=url,
        source=visible_line(raw.source)[:_LONGEST_LINE] or host(url),
        author=visible_line(raw.author)[:_LONGEST_LINE],
        published=published,
        language=language,
        origin=at,
        read_as="; ".join(notes),
    )


def address(url: str) -> str:
    """``url`` when it is a whole http or https address without credentials, else ""."""
    url = url.strip()
    if not url.isprintable() or any(c in url for c in ' "<>\\^`{|}'):
        return ""
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        return ""
    return url if usable else ""


def host(url: str) -> str:
    """The host of an address without ``www.``, or ""."""
    if not url:
        return ""
    return (urlsplit(url).hostname or "").removeprefix("www.")
