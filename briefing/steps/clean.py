"""Keeps the paragraphs of an article that belong to it, and says what it drops and why."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.model import Article, Cleaned, Dropped, Part, Reason, Span
from briefing.text.belonging import Profile, fits, profile, strays
from briefing.text.furniture import caption_before, furniture
from briefing.text.furniture_kinds import Kind
from briefing.text.instructions import instructions
from briefing.text.paragraphs import paragraphs

_REASONS = {Kind.BOILERPLATE: Reason.BOILERPLATE, Kind.CAPTION: Reason.CAPTION}


def clean(article: Article) -> Cleaned:
    """The article without page furniture, teasers of other stories and orders to language models.

    Every character of the text that is not white space is either kept or dropped with a reason. A kept span is a
    paragraph, or what is left of one when an order was cut out of it. An empty title is not trusted.
    """
    language = article.language or "en"
    body, dropped = _body(article, language)
    profiles = [profile(article.text[start:end], language) for start, end in body]
    title = profile(article.title, language) if article.title.strip() else None
    found = {stray.place: stray for stray in strays(profiles, title)}
    for place, stray in found.items():
        detail = f"shares {stray.shared} of its {stray.of} names and rare words with the rest of the page"
        dropped.append(_part(article, Reason.TEASER, *body[place], detail))
    kept = tuple(span for place, span in enumerate(body) if place not in found)
    main = [own for place, own in enumerate(profiles) if place not in found]
    trusted, wrong = _title(article, title, main, language)
    return Cleaned(article, kept, (*wrong, *sorted(dropped, key=lambda d: d.start)), trusted)


def _body(article: Article, language: str) -> tuple[list[Span], list[Dropped]]:
    """The paragraphs that are neither furniture nor orders, and those that are."""
    text = article.text
    body: list[Span] = []
    dropped: list[Dropped] = []
    after_order = opened = False
    names = {name.casefold() for name in (article.source, article.author) if name}
    for start, end in paragraphs(text):
        if opened:
            dropped.append(_part(article, Reason.INSTRUCTION, start, end, "stands under the opening of an order"))
            after_order, opened = True, False
            continue
        piece = furniture(text[start:end])
        if piece:
            dropped.append(_part(article, _REASONS[piece.kind], start, end, piece.detail))
            continue
        if text[start:end].casefold() in names:
            dropped.append(_part(article, Reason.BOILERPLATE, start, end, "the publisher's or author's name"))
            continue
        if run_in := caption_before(text[start:end], language):
            caption = _trimmed(text, start, start + run_in)
            dropped.append(_part(article, Reason.CAPTION, *caption, "begins as a caption that the text runs on from"))
            start += run_in
        orders = instructions(text[start:end], language, after_order=after_order)
        left: list[Span] = []
        at = start
        for order in orders:
            dropped.append(_part(article, Reason.INSTRUCTION, start + order.start, start + order.end, order.detail))
            left.append(_trimmed(text, at, start + order.start))
            at = start + order.end
        left.append(_trimmed(text, at, end))
        body.extend(span for span in left if span.start < span.end)
        after_order = not any(span.start < span.end for span in left)
        opened = bool(orders) and orders[-1].opens
    return body, dropped


def _title(
    article: Article, own: Profile | None, main: Sequence[Profile], language: str
) -> tuple[bool, tuple[Dropped, ...]]:
    """Whether the title is trusted, and the title itself as dropped when it is not."""
    title = article.title
    if own is None:
        return False, ()
    orders = instructions(title, language)
    if orders:
        return False, (Dropped(Reason.INSTRUCTION, article.id, title, orders[0].detail, Part.TITLE, 0, len(title)),)
    if fits(own, main):
        return True, ()
    detail = "too few of its words stand in the text"
    return False, (Dropped(Reason.WRONG_TITLE, article.id, title, detail, Part.TITLE, 0, len(title)),)


def _part(article: Article, reason: Reason, start: int, end: int, detail: str) -> Dropped:
    return Dropped(reason, article.id, article.text[start:end], detail, Part.TEXT, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), max(start, end - len(words) + len(words.rstrip())))
