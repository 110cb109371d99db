"""The checks once more, over a finished brief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.model import (
    Article,
    Brief,
    Claim,
    Cleaned,
    Draft,
    Dropped,
    Original,
    Part,
    Passage,
    Reason,
    Scored,
    Span,
    Story,
    digest,
)

# Reasons of the cleaning: what they name is no part of the article's own text.
_NOT_ITS_OWN = frozenset({Reason.TEASER, Reason.BOILERPLATE, Reason.CAPTION, Reason.INSTRUCTION})


@dataclass(frozen=True, slots=True)
class Printed:
    """The claims of one story of a brief as a draft, and where on the page each stands, the headline first."""

    draft: Draft
    places: tuple[str, ...]


def printed(brief: Brief) -> tuple[Printed, ...]:
    """Every story of ``brief`` with its conflicts' sides, to be checked as if it had just been written.

    Where the texts were withheld, only the excerpts in the file can be looked at: sentences around a citation that
    are not among them are unknown to the checks. Stories without any citation are given the brief's first article.
    """
    articles = {a.id: _restored(a) for a in brief.articles}
    originals = {id: _original(a, brief.dropped) for id, a in articles.items()}
    return tuple(_story(brief, number, originals) for number in range(len(brief.stories)))


def _story(brief: Brief, number: int, originals: dict[str, Original]) -> Printed:
    told = brief.stories[number]
    sides = [(c.about, side) for c in brief.conflicts if c.story == number for side in c.sides]
    claims = (*told.claims, *(side for _, side in sides))
    where = f"story {number + 1}"
    places = (
        f"{where}, headline",
        *(f"{where}, sentence {n}" for n in range(1, len(told.claims) + 1)),
        *(f"{where}, where sources disagree on {about}" for about, _ in sides),
    )
    cited = _cited((told.headline, *claims)) or list(originals)[:1]
    passages = tuple(Scored(_whole(originals[id]), 0.0) for id in cited)
    return Printed(Draft(Story(f"story-{number + 1}", passages), told.headline, claims), places)


def _cited(claims: Sequence[Claim]) -> list[str]:
    return list(dict.fromkeys(c.article for claim in claims for c in claim.citations))


def _original(article: Article, dropped: Sequence[Dropped]) -> Original:
    own = tuple(d for d in dropped if d.article == article.id)
    left_out = tuple(d for d in own if d.reason in _NOT_ITS_OWN and d.part is Part.TEXT and d.start < d.end)
    trusted = not any(d.reason is Reason.WRONG_TITLE for d in own)
    return Original(Cleaned(article, (Span(0, len(article.text)),), left_out, trusted))


def _whole(original: Original) -> Passage:
    return Passage(original, (Span(0, len(original.article.text)),))


def _restored(article: Article) -> Article:
    """The article with its excerpts in their places, and blank lines where its text was withheld."""
    if not article.excerpts:
        return article if article.text else replace(article, text="\n", sha256=digest("\n"))
    excerpts = sorted((e for e in article.excerpts if e.part is Part.TEXT), key=lambda e: e.start)
    length = max((e.start + len(e.text) for e in excerpts), default=0)
    blank = ["\n"] * (length + 1)
    for excerpt in excerpts:
        blank[excerpt.start : excerpt.start + len(excerpt.text)] = excerpt.text
    text = "".join(blank)
    return replace(article, text=text, sha256=digest(text), excerpts=())
