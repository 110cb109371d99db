"""chunk: an original's kept paragraphs, packed into passages of whole sentences."""

from __future__ import annotations

from math import ceil

from briefing.model import Original, Passage, Span
from briefing.text.sentences import sentences
from briefing.text.tokens import count


def chunk(original: Original, *, size: int = 200) -> tuple[Passage, ...]:
    """Passages of at most ``size`` tokens (o200k), in reading order; offsets count in the article's text.

    No sentence is split: one longer than ``size`` is a passage alone. A paragraph that fits into a passage is not
    divided, a longer one is divided evenly; short neighbours share a passage. Nothing that was dropped stands
    between two sentences of a passage.

    Raises ``ValueError`` when ``size`` is not positive.
    """
    if size < 1:
        raise ValueError(f"size is at least 1 token, not {size}")
    text, language = original.article.text, original.article.language
    packs: list[list[Span]] = [[]]
    spent = 0
    for paragraph in original.cleaned.kept:
        spans = [
            Span(paragraph.start + start, paragraph.start + end)
            for start, end in sentences(text[paragraph.start : paragraph.end], language)
        ]
        done = packs[-1][-1].end if packs[-1] else paragraph.start
        apart = text[done : paragraph.start].strip() != ""
        costs = _costs(text, paragraph.start if apart else done, spans)
        whole = sum(costs)
        if apart or spent + whole > size:
            packs.append([])
            spent = 0
        share = whole / ceil(whole / size) if whole > size else size
        for span, cost in zip(spans, costs, strict=True):
            if packs[-1] and (spent >= share or spent + cost > size):
                packs.append([])
                spent = 0
            packs[-1].append(span)
            spent += cost
    return tuple(Passage(original, tuple(pack)) for pack in packs if pack)


def _costs(text: str, done: int, spans: list[Span]) -> list[int]:
    """Tokens of each sentence with the white space before it, from ``done``.

    Each sentence is counted once, so that this stays linear. White space begins a token and never ends one, so the
    sum is not less than the count of the whole; where sentences touch, one token more makes up for the seam.
    """
    costs = []
    for span in spans:
        costs.append(count(text[done : span.end]) + (done == span.start))
        done = span.end
    return costs
