"""JSON: one article, a list of them, ``{"articles": [...]}``, JSON Lines, or a JSON Feed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from briefing.errors import SourceError
from briefing.sources import failures
from briefing.sources.characters import decode
from briefing.sources.markup import text_of
from briefing.sources.raw import SUMMARY_ONLY, Flaw, Raw

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

_FEED = "https://jsonfeed.org/version/"


def read(data: bytes) -> Iterator[Raw | Flaw]:
    """The articles of a JSON file, numbered from 1 where it holds many."""
    text, note = decode(data)
    found = _parsed(text)
    notes = (note,) if note else ()
    if isinstance(found, dict) and str(found.get("version", "")).startswith(_FEED):
        yield from _feed(found)
    elif isinstance(found, dict) and isinstance(found.get("articles"), list):
        yield from _many(found["articles"], notes)
    elif isinstance(found, list):
        yield from _many(found, notes)
    else:
        yield _article(found, "", notes)


def read_lines(data: bytes) -> Iterator[Raw | Flaw]:
    """The articles of JSON Lines; ``entry`` is the number of the line. A line that is broken is one flaw."""
    text, note = decode(data)
    notes = (note,) if note else ()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found = _parsed(line)
        except SourceError as error:
            yield Flaw(str(number), error.reason, error.detail)
        else:
            yield _article(found, str(number), notes)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise SourceError(failures.DAMAGED, "is nested too deeply to be read") from error
    except ValueError as error:
        raise SourceError(failures.DAMAGED, f"is not JSON: {error}") from error


def _many(items: list[Any], notes: tuple[str, ...]) -> Iterator[Raw | Flaw]:
    if not items:
        raise SourceError(failures.EMPTY, "holds an empty list of articles")
    for number, item in enumerate(items, start=1):
        yield _article(item, str(number), notes)


def _article(item: Any, entry: str, notes: tuple[str, ...]) -> Raw | Flaw:
    try:
        error = next(iter(_schema().iter_errors(item)), None)
    except RecursionError:
        return Flaw(entry, failures.DAMAGED, "is nested too deeply to be read")
    if error is not None:
        return Flaw(entry, failures.DAMAGED, f"is not an article: {_wrong(error)}")
    text, html = str(item.get("text") or ""), str(item.get("html") or "")
    if not text.strip() and html:
        text = text_of(html)
    return Raw(
        text=text,
        title=str(item.get("title") or ""),
        url=str(item.get("url") or ""),
        source=str(item.get("source") or ""),
        author=str(item.get("author") or ""),
        published=str(item.get("published") or ""),
        language=str(item.get("language") or ""),
        entry=entry,
        notes=notes,
    )


def _wrong(error: ValidationError) -> str:
    """What the schema says against an item, in words for a person."""
    if error.validator == "anyOf":
        return "it needs a 'text' or an 'html' with words in it"
    at = ".".join(str(p) for p in error.absolute_path)
    return f"{at + ': ' if at else ''}{error.message[:200]}"


def _feed(feed: dict[str, Any]) -> Iterator[Raw | Flaw]:
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        raise SourceError(failures.EMPTY, "is a feed without entries")
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            yield Flaw(
                str(number), failures.DAMAGED, "is no entry: an entry is an object with content_text or content_html"
            )
            continue
        notes: tuple[str, ...] = ()
        text = _text(item, "content_text") or text_of(_text(item, "content_html"))
        if not text:
            text, notes = _text(item, "summary"), (SUMMARY_ONLY,)
        if not text:
            yield Flaw(str(number), failures.EMPTY, "an entry without text; the feed gives no more than a headline")
            continue
        yield Raw(
            text=text,
            title=_text(item, "title"),
            url=_text(item, "url"),
            source=_text(feed, "title"),
            author=_authors(item) or _authors(feed),
            published=_text(item, "date_published") or _text(item, "date_modified"),
            language=_text(item, "language") or _text(feed, "language"),
            entry=str(number),
            notes=notes,
        )


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _authors(item: dict[str, Any]) -> str:
    listed = item.get("authors") or [item.get("author")]
    if not isinstance(listed, list):
        return ""
    return ", ".join(n for a in listed if isinstance(a, dict) and isinstance(n := a.get("name"), str))


@cache
def _schema() -> Validator:
    from jsonschema import Draft202012Validator

    schema = json.loads(files("briefing.sources").joinpath("article.schema.json").read_text("utf-8"))
    return Draft202012Validator(schema)
