"""Keeps the paragraphs of an article that belong to it, and says what it drops and why."""

from __future__ import annotations

from briefing.model import Article, Cleaned, Dropped, Part, Reason, Span
from briefing.text.belonging import fits, profile, strays
from briefing.text.furniture import Kind, furniture
from briefing.text.instructions import instructions
from briefing.text.paragraphs import paragraphs

_REASONS = {Kind.BOILERPLATE: Reason.BOILERPLATE, Kind.CAPTION: Reason.CAPTION}


def clean(article: Article) -> Cleaned:
    """The article without page furniture, teasers of other stories and orders to language models."""
    text, language = article.text, article.language or "en"
    dropped: list[Dropped] = []

    def drop(reason: Reason, start: int, end: int, detail: str) -> None:
        dropped.append(Dropped(reason, article.id, text[start:end], detail, Part.TEXT, start, end))

    body: list[Span] = []
    ordered = False
    for start, end in paragraphs(text):
        piece = furniture(text[start:end])
        if piece:
            drop(_REASONS[piece.kind], start, end, piece.detail)
            continue
        left: list[Span] = []
        at = start
        for order in instructions(text[start:end], language, after_order=ordered):
            drop(Reason.INSTRUCTION, start + order.start, start + order.end, order.detail)
            left.append(_trimmed(text, at, start + order.start))
            at = start + order.end
        left.append(_trimmed(text, at, end))
        left = [span for span in left if span.start < span.end]
        ordered = not left
        body.extend(left)
    profiles = [profile(text[a:b], language) for a, b in body]
    stray = {s.place: s for s in strays(profiles)}
    for place, s in stray.items():
        drop(
            Reason.TEASER,
            *body[place],
            f"shares {s.shared} of its {s.of} names and rare words with the rest of the page",
        )
    kept = tuple(span for place, span in enumerate(body) if place not in stray)
    main = [own for place, own in enumerate(profiles) if place not in stray]
    trusted = bool(article.title.strip()) and fits(profile(article.title, language), main)
    if article.title.strip() and not trusted:
        detail = "its words do not fit the text"
        title = article.title
        dropped.append(Dropped(Reason.WRONG_TITLE, article.id, title, detail, Part.TITLE, 0, len(title)))
    return Cleaned(article, kept, tuple(sorted(dropped, key=lambda d: (d.part, d.start))), trusted)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), max(start, end - len(words) + len(words.rstrip())))
