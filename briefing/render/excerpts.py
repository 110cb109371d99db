"""The words around a cited passage: enough to read it by, no more than a page may repeat of another's text."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model import Article, Citation, Dropped, Part, Reason, Span
from briefing.text.paragraphs import paragraphs
from briefing.text.sentences import sentences

# A neighbouring sentence is cut at this many characters: newspapers' sentences are about 150.
NEIGHBOUR = 200
# Words that the cleaning threw out of an article must not come back as the neighbour of a cited passage.
_NEVER_SHOWN = {Reason.TEASER, Reason.BOILERPLATE, Reason.CAPTION, Reason.INSTRUCTION}


def surroundings(article: Article, citation: Citation, dropped: Iterable[Dropped] = ()) -> tuple[str, str]:
    """The words before and after a citation: at most one sentence each, of the same paragraph.

    Titles have none. Nothing that ``dropped`` names as foreign to the article is repeated.
    """
    if citation.part is Part.TITLE:
        return "", ""
    span = context(article, citation, dropped)
    if article.text:
        return article.text[span.start : citation.start], article.text[citation.end : span.end]
    start, end = citation.start, citation.end
    holding = [e for e in article.excerpts if e.part is Part.TEXT and e.start <= start and end <= e.start + len(e.text)]
    # Every citation was given its own excerpt; where several hold it, the others' are wider.
    own = min(holding, key=lambda e: len(e.text))
    return own.text[: start - own.start], own.text[end - own.start :]


def context(article: Article, citation: Citation, dropped: Iterable[Dropped] = ()) -> Span:
    """The span of a citation of the text together with its neighbouring sentences.

    Of an article whose text is withheld: the citation's own span.
    """
    start, end = citation.start, citation.end
    if not article.text:
        return Span(start, end)
    low, high = _paragraph(article.text, start, end)
    for drop in dropped:
        if drop.article == article.id and drop.part is Part.TEXT and drop.reason in _NEVER_SHOWN:
            if low < drop.end <= start:
                low = drop.end
            if end <= drop.start < high:
                high = drop.start
    before = sentences(article.text[low:start], article.language)
    after = sentences(article.text[end:high], article.language)
    if before:
        start = max(low + before[-1][0], _after_space(article.text, citation.start - NEIGHBOUR, citation.start))
    if after:
        end = min(end + after[0][1], _before_space(article.text, citation.end + NEIGHBOUR, citation.end))
    return Span(start, end)


def shorten(text: str, limit: int) -> str:
    """``text`` on one line and of at most ``limit`` characters, cut between words and ended by an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > limit // 2 else cut).rstrip(" ,;:–—") + "…"


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the paragraphs that ``start:end`` touches."""
    touched = [(a, b) for a, b in paragraphs(text) if a < end and start < b]
    return (min(touched[0][0], start), max(touched[-1][1], end)) if touched else (start, end)


def _after_space(text: str, at: int, limit: int) -> int:
    if at <= 0:
        return 0
    space = text.find(" ", at, limit)
    return space + 1 if space >= 0 else at


def _before_space(text: str, at: int, limit: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", limit, at + 1)
    return space if space > limit else at
