"""What a page says of its article: title, publisher, author, date, address, language. Only what is declared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from briefing.sources import dates

_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_SOURCES = ("og:site_name", "dc.publisher", "citation_publisher", "application-name")
_AUTHORS = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author", "citation_author")
_DATES = (
    "article:published_time", "datepublished", "og:published_time", "publishdate", "pubdate", "dc.date.issued",
    "dc.date", "dcterms.created", "dcterms.date", "parsely-pub-date", "sailthru.date", "publish-date",
    "citation_publication_date", "date",
)  # fmt: skip
_ADDRESSES = ("og:url", "twitter:url")
_LANGUAGES = ("content-language", "og:locale", "dc.language", "inlanguage")
# Where a publisher writes " - The Paper" behind each headline.
_TAILS = (" | ", " – ", " — ", " - ", " · ", " :: ", " « ", " » ")
# A page that declares more than this declares nonsense.
_MOST_NODES = 5000


class Head(NamedTuple):
    """The declarations of a page, "" where it makes none."""

    title: str = ""
    source: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    language: str = ""


def head_of(tree: Any) -> Head:
    """The declarations of a page, as an ``lxml`` tree.

    Read in this order: Open Graph and other ``meta`` elements, JSON-LD of schema.org, microdata and ``time`` elements.
    Dates in running text, in addresses and of the file are no declarations.
    """
    metas = _metas(tree)
    linked = _linked(tree)
    source = _first(metas, _SOURCES) or _name(linked.get("publisher"))
    heading = [t for h in tree.iter("h1") if (t := _words(h))]
    title = _first(metas, _TITLES) or _string(linked.get("headline"))
    title = title or (heading[0] if len(heading) == 1 else "") or _words(next(tree.iter("title"), None))
    author = _first(metas, _AUTHORS)
    if not author or "://" in author:
        author = _name(linked.get("author"))
    html = next(tree.iter("html"), tree)
    return Head(
        title=_without_site(title, source),
        source=source.lstrip("@"),
        author=author.removeprefix("By ").removeprefix("by "),
        published=_date(_string(linked.get("datePublished")), *(metas.get(n, "") for n in _DATES), _time(tree)),
        url=_canonical(tree) or _first(metas, _ADDRESSES),
        language=html.get("lang")
        or html.get("{http://www.w3.org/XML/1998/namespace}lang")
        or _first(metas, _LANGUAGES),
    )


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = " ".join((meta.get("content") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _linked(tree: Any) -> dict[str, Any]:
    """The first article in the page's JSON-LD."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            found = json.loads(script.text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(found):
            kind = node.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(k, str) and k.endswith(("Article", "Posting", "Report")) for k in kinds):
                return node
    return {}


def _nodes(found: Any) -> Iterator[dict[str, Any]]:
    waiting = [found]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node[:_MOST_NODES])
        elif isinstance(node, dict):
            yield node
            waiting.extend(v for k, v in node.items() if k in ("@graph", "mainEntity", "mainEntityOfPage"))


def _name(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, map(_name, value[:20]))))
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


def _string(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) and "://" not in value else ""


def _date(*declared: str) -> str:
    """The first that can be read; else the first, so that it is told that it cannot."""
    return next((d for d in declared if dates.parse(d)), next(filter(None, declared), ""))


def _time(tree: Any) -> str:
    """The page's own time: one marked as such, else the only one in the page."""
    times = [(t, t.get("datetime") or t.get("content") or "") for t in tree.iter("time")]
    for element, value in times:
        if value and (element.get("pubdate") is not None or (element.get("itemprop") or "") == "datePublished"):
            return value
    different = {value for _, value in times if value}
    return different.pop() if len(different) == 1 else ""


def _canonical(tree: Any) -> str:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return (link.get("href") or "").strip()
    return ""


def _without_site(title: str, source: str) -> str:
    if source:
        for tail in _TAILS:
            kept, found, site = title.rpartition(tail)
            if found and kept and site.strip().casefold() == source.casefold():
                return kept.strip()
    return title


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split()) if element is not None else ""
