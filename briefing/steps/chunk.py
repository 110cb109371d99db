"""chunk: an original's kept paragraphs, packed into passages of whole sentences."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.model import Original, Passage, Span
from briefing.text.sentences import sentences
from briefing.text.tokens import count


def chunk(original: Original, *, size: int = 200) -> tuple[Passage, ...]:
    """Passages of at most ``size`` tokens (o200k), in reading order; offsets count in the article's text.

    No sentence is split: one longer than ``size`` is a passage alone. A paragraph is not divided if it fits into
    a passage; short neighbours share one. Nothing that was dropped stands between two sentences of a passage.

    Raises ``ValueError`` when ``size`` is not positive.
    """
    if size < 1:
        raise ValueError(f"size is at least 1 token, not {size}")
    article = original.article
    passages: list[Passage] = []
    packed: list[Span] = []
    room = size

    def close() -> None:
        nonlocal packed, room
        if packed:
            passages.append(Passage(original, tuple(packed)))
        packed, room = [], size

    for paragraph in original.cleaned.kept:
        spans, costs = _sentences(article.text, paragraph, article.language)
        if packed and (article.text[packed[-1].end : paragraph.start].strip() or sum(costs) > room):
            close()
        for span, cost in zip(spans, costs, strict=True):
            if cost > room:
                close()
            packed.append(span)
            room -= cost
    close()
    return tuple(passages)


def _sentences(text: str, paragraph: Span, language: str) -> tuple[list[Span], list[int]]:
    spans = list(_spans(text, paragraph, language))
    return spans, [count(text[span.start : span.end]) + 1 for span in spans]


def _spans(text: str, paragraph: Span, language: str) -> Iterator[Span]:
    for start, end in sentences(text[paragraph.start : paragraph.end], language or "en"):
        yield Span(paragraph.start + start, paragraph.start + end)
