"""Saved web pages: the article without the page around it, by trafilatura (Barbaresi, ACL 2021)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from briefing.errors import SourceError
from briefing.sources import failures
from briefing.sources.characters import decode
from briefing.sources.head import Head, head_of
from briefing.sources.markup import concealed, parsable, text_of, text_of_tree
from briefing.sources.plain import without_title
from briefing.sources.raw import Flaw, Raw

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_BULLET = re.compile(r"(?m)^[-*•] (?=\S)")
# What is shorter was cut too hard, or is no article; then the looser settings may find more.
_SHORT = 200
_LINKED = 0.85


def read(data: bytes) -> Iterator[Raw | Flaw]:
    """The one article of a page. Raises ``SourceError`` (empty) when the page holds none."""
    declared = _CHARSET.search(data[:4096]) or _DECLARED.match(data)
    html, note = decode(data, declared[1].decode("ascii", "replace") if declared else "")
    yield from_html(html, notes=(note,) if note else ())


def from_html(html: str, notes: tuple[str, ...] = ()) -> Raw:
    """The article of a page's HTML: what is not seen is taken out first, then what is not the article."""
    html = _DECLARATION.sub("", parsable(html), count=1)
    tree = _tree(html)
    head = head_of(tree) if tree is not None else Head()
    text = ""
    if tree is not None:
        for element in (*concealed(tree), *_link_lists(tree)):
            if element.getparent() is not None:
                element.drop_tree()
        text = _main_text(tree)
    if not text:
        text = text_of(html) if tree is None else text_of_tree(tree)
        if not text:
            detail = "holds no article; save the page with its text, or copy it to a .txt file"
            raise SourceError(failures.EMPTY, detail)
        notes = (*notes, "whole page: no article found in it")
    return Raw(
        text=without_title(text, head.title),
        title=head.title,
        url=head.url,
        source=head.source,
        author=head.author,
        published=head.published,
        language=head.language,
        notes=notes,
    )


def _tree(html: str) -> Any:
    from trafilatura.utils import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it calls an error is a failure here, or none
    try:
        return load_html(html)
    except RecursionError:
        raise
    except Exception:  # lxml has no common base for what broken markup raises
        return None


def _link_lists(tree: Any) -> list[Any]:
    """Lists and paragraphs that are links and little else: ways to other pages, not words of this one."""
    found = []
    for element in tree.iter("ul", "ol", "p", "tr", "nav"):
        words = _letters(element)
        if words and sum(map(_letters, element.iter("a"))) >= _LINKED * words:
            found.append(element)
    return found


def _letters(element: Any) -> int:
    return sum(len(piece.strip()) for piece in element.itertext())


def _main_text(tree: Any) -> str:
    """The article's paragraphs, divided by blank lines.

    Trafilatura's precise mode: what stands around an article does more harm in a brief than a lost aside.
    """
    from trafilatura import bare_extraction

    best = ""
    for precise in (True, False):
        try:
            found: Any = bare_extraction(tree, include_comments=False, favor_precision=precise)
        except RecursionError:
            raise
        except Exception:  # trees that its rules do not foresee: the whole page's text stands in
            found = None
        text = (found.text or "").strip() if found is not None else ""
        best = max(best, text, key=len)
        if len(best) >= _SHORT:
            break
    return re.sub(r"\n+", "\n\n", _BULLET.sub("", best))
