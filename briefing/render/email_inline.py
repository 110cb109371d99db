"""Styles put onto the elements of a mail's HTML, and what no mail may hold."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from lxml import etree
from lxml import html as parser

from briefing.errors import RenderError

# A mail that loads something tells its sender who reads it and when; clients drop it, and everything active.
_ELEMENTS = {"script", "link", "iframe", "frame", "object", "embed", "svg", "form", "base", "video", "audio"}
_LOADING = {"src", "srcset", "background", "poster", "data"}
_LEADING = {"href", "action", "cite"}
_FETCHING = re.compile(r"@import|\b(?:url|src|image-set)\s*\([^)]{0,60}|\bvar\s*\(|\\", re.IGNORECASE)
_PICTURE = re.compile(r"cid:[0-9a-f]{24}@briefing\.invalid")
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*)\s*:", re.IGNORECASE)


def inlined(html: str) -> str:
    """``html`` with the rules of its style sheets on its elements; what stands in @-rules stays in ``<style>``.

    Nothing is loaded. The library falls over deep nesting and is slow on long selectors: what a stranger wrote goes
    through ``worker.inlined``. Raises ``RenderError``.
    """
    try:
        return str(_inliner().inline(html))
    except ValueError as error:
        raise RenderError(f"email.html or email.css: {error}") from error


class Refused(NamedTuple):
    """What a mail cannot hold, in words, and as it is written."""

    what: str
    written: str


def refused(html: str) -> list[Refused]:
    """What in the finished HTML of a mail would be loaded from elsewhere, or is dropped by every client."""
    found = []
    for element in parser.document_fromstring(html).iter(etree.Element):
        if element.tag in _ELEMENTS:
            found.append(Refused(f"the element <{element.tag}>", f"<{element.tag}"))
        for name, value in element.attrib.items():
            scheme = _SCHEME.match(value)
            if name in _LOADING and not _PICTURE.fullmatch(value):
                found.append(Refused(f"{name}={value[:60]!r}, which is none of the theme's pictures (cid:NAME)", value))
            elif name in _LEADING and scheme and scheme[1].lower() not in ("http", "https", "mailto"):
                found.append(Refused(f"the address {value[:60]!r}", value))
            elif name.startswith("on"):
                found.append(Refused(f"the script {name}", name))
        styles = element.text if element.tag == "style" else element.get("style")
        if styles and (fetches := _FETCHING.search(styles)):
            found.append(Refused(f"{fetches[0]!r} in a style", fetches[0]))
    return found


@cache
def _inliner() -> Any:
    # Imported here: only a mail needs it.
    from css_inline import CSSInliner

    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False, minify_css=True)
