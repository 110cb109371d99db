"""What was left out of a brief, short enough for a page. The whole ledger stands in ``brief.json``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from briefing.model import Article, Brief, Dropped, Part, Reason
from briefing.render.attribution import publisher
from briefing.render.excerpts import shorten
from briefing.render.labels import Words

WORDS = 160
EXAMPLES = 12
TITLES = 3
# Of which articles the titles are told: the first question to a brief is why one's own is not in it.
_TITLED = (Reason.OFF_TOPIC,)
# What a reader may want to object to; the rest is everyday and only counted.
_NOTABLE = (
    Reason.UNSUPPORTED,
    Reason.INSTRUCTION,
    Reason.WRONG_TITLE,
    Reason.TEASER,
    Reason.EXCLUDED,
    Reason.BLOCKED,
    Reason.PUBLISHER_SHARE,
)


def summary(brief: Brief, articles: Mapping[str, Article], words: Words) -> dict[str, Any]:
    """``total``, and under ``reasons`` for each reason its count and its first few items, notable reasons first.

    An item's ``detail`` is English, as the steps wrote it.
    """
    by_reason: dict[Reason, list[Dropped]] = {}
    for drop in brief.dropped:
        by_reason.setdefault(drop.reason, []).append(drop)
    notable = [r for r in _NOTABLE if r in by_reason]
    usual = sorted((r for r in by_reason if r not in notable), key=lambda r: -len(by_reason[r]))
    return {
        "total": len(brief.dropped),
        "reasons": [
            {
                "reason": reason.value,
                "label": words.say(f"dropped_{reason.name.lower()}"),
                "count": len(by_reason[reason]),
                "notable": reason in notable,
                "titles": _titles(by_reason[reason], articles, words) if reason in _TITLED else [],
                "items": [_item(d, articles.get(d.article), words) for d in by_reason[reason][:EXAMPLES]],
                "more": max(0, len(by_reason[reason]) - EXAMPLES),
            }
            for reason in (*notable, *usual)
        ],
    }


def _titles(drops: Iterable[Dropped], articles: Mapping[str, Article], words: Words) -> list[str]:
    """Publisher and title of the first few articles that were left out whole: their entries have no span."""
    whole = islice((d for d in drops if not d.end), TITLES)
    return [
        words.say("labelled", label=_publisher(articles[d.article], words), text=shorten(d.text, WORDS))
        if d.article in articles
        else shorten(d.text, WORDS)
        for d in whole
    ]


def _item(drop: Dropped, article: Article | None, words: Words) -> dict[str, Any]:
    # The words of an article that was left out whole are its title.
    title = article.title if article and drop.part is Part.TEXT and article.title != drop.text else ""
    return {
        "publisher": _publisher(article, words) if article else "",
        "title": shorten(title, WORDS),
        "words": shorten(drop.text, WORDS),
        "detail": shorten(drop.detail, WORDS),
    }


def _publisher(article: Article, words: Words) -> str:
    return publisher(article, words.say("unnamed_publisher"))
