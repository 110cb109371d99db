"""Which articles a brief may use at all, before anything else is done with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from briefing.model import Article, Dropped, Interest, Publisher, Reason


def admit(
    articles: Iterable[Article], interest: Interest, *, now: datetime
) -> tuple[tuple[Article, ...], tuple[Dropped, ...]]:
    """Splits off articles of blocked publishers, of earlier editions and outside ``since <= published < until``.

    The period ends at ``now`` at the latest: a brief has no news of later. An article without a time stays. This
    comes before copies are joined: a text that a blocked publisher carried too, or that was first printed before
    the period, is still news where another outlet prints it now.
    """
    kept: list[Article] = []
    dropped: list[Dropped] = []
    blocked = {name.casefold() for name, publisher in interest.publishers.items() if _silent(publisher)}
    for article in articles:
        shown = article.label
        published = article.published
        if article.source.casefold() in blocked:
            dropped.append(Dropped(Reason.BLOCKED, article.id, shown, article.source))
        elif article.id in interest.seen:
            dropped.append(Dropped(Reason.EARLIER, article.id, shown))
        elif published and published > now:
            detail = f"published {published:%Y-%m-%d %H:%M}, after the time of the brief"
            dropped.append(Dropped(Reason.OUTSIDE_PERIOD, article.id, shown, detail))
        elif published and not _within(published, interest):
            dropped.append(Dropped(Reason.OUTSIDE_PERIOD, article.id, shown, f"published {published:%Y-%m-%d %H:%M}"))
        else:
            kept.append(article)
    return tuple(kept), tuple(dropped)


def _within(published: datetime, interest: Interest) -> bool:
    after = interest.since is None or published >= interest.since
    return after and (interest.until is None or published < interest.until)


def _silent(publisher: Publisher) -> bool:
    return publisher.blocked or publisher.weight == 0
