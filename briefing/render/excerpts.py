"""The words around a cited passage: enough to read it by, no more than a page may repeat of another's text."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model import Article, Citation, Dropped, Part, Reason, Span
from briefing.text.furniture import furniture
from briefing.text.paragraphs import paragraphs
from briefing.text.sentences import sentences

# A neighbouring sentence is cut at this many characters: newspapers' sentences are about 150.
NEIGHBOUR = 200
# Words that the cleaning threw out of an article must not come back as the neighbour of a cited passage.
_NEVER_SHOWN = {Reason.TEASER, Reason.BOILERPLATE, Reason.CAPTION, Reason.INSTRUCTION}


def thrown_out(dropped: Iterable[Dropped]) -> dict[str, list[Dropped]]:
    """By article, what ``dropped`` says is foreign to its text."""
    found: dict[str, list[Dropped]] = {}
    for drop in dropped:
        if drop.part is Part.TEXT and drop.reason in _NEVER_SHOWN:
            found.setdefault(drop.article, []).append(drop)
    return found


def surroundings(article: Article, citation: Citation, dropped: Iterable[Dropped] = ()) -> tuple[str, str]:
    """The words before and after a citation: at most one sentence each, of the same paragraph.

    Titles have none. Nothing of ``dropped``, what was thrown out of this article, is repeated.
    """
    if citation.part is Part.TITLE:
        return "", ""
    offset, text = _stretch(article, citation)
    start, end = context(article, citation, dropped)
    return text[start - offset : citation.start - offset], text[citation.end - offset : end - offset]


def context(article: Article, citation: Citation, dropped: Iterable[Dropped] = ()) -> Span:
    """The span of a citation of the text together with its neighbouring sentences."""
    offset, text = _stretch(article, citation)
    start, end = citation.start - offset, citation.end - offset
    low, high = _paragraph(text, start, end)
    for drop in dropped:
        if low < drop.end - offset <= start:
            low = drop.end - offset
        if end <= drop.start - offset < high:
            high = drop.start - offset
    # A neighbour is cut anyway, so no more of a long paragraph needs to be split than a few times its length.
    low, high = max(low, start - 4 * NEIGHBOUR), min(high, end + 4 * NEIGHBOUR)
    before = sentences(text[low:start], article.language)
    after = sentences(text[end:high], article.language)
    first, last = start, end
    if before and _worth_showing(text[low + before[-1][0] : start]):
        first = max(low + before[-1][0], _after_space(text, start - NEIGHBOUR, start))
    if after and _worth_showing(text[end : end + after[0][1]]):
        last = min(end + after[0][1], _before_space(text, end + NEIGHBOUR, end))
    return Span(offset + first, offset + last)


def _worth_showing(neighbour: str) -> bool:
    """Whether a neighbour helps to read a passage by: not a lone full stop, no “(Continue reading …)” of a feed."""
    return furniture(neighbour.strip()) is None


def shorten(text: str, limit: int) -> str:
    """``text`` on one line and of at most ``limit`` characters, cut between words and ended by an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > limit // 2 else cut).rstrip(" ,;:–—") + "…"


def _stretch(article: Article, citation: Citation) -> tuple[int, str]:
    """The text of an article and the place where it starts; of a withheld text, what was kept around a citation."""
    if article.text:
        return 0, article.text
    start, text = citation.start, citation.quote
    kept = sorted((e.start, e.text) for e in article.excerpts if e.part is Part.TEXT)
    # Excerpts overlap where cited sentences are neighbours.
    grown = ""
    while grown != text:
        grown = text
        for at, words in kept:
            if at <= start + len(text) and start <= at + len(words):
                head = words[: max(0, start - at)]
                tail = words[max(0, start + len(text) - at) :]
                start, text = min(start, at), head + text + tail
    return start, text


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the paragraphs that ``start:end`` touches."""
    # A blank line ends a paragraph whatever stands around it, so the rest of a long text need not be looked at.
    low, high = text.rfind("\n\n", 0, start) + 1, text.find("\n\n", end)
    block = text[low : high if high >= 0 else len(text)]
    touched = [(low + a, low + b) for a, b in paragraphs(block) if low + a < end and start < low + b]
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
