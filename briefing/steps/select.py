"""Stage 5, select: the passages that meet the reader's interest, and why; everything else is dropped by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from briefing.model import Dropped, Interest, Passage, Publisher, Reason, Scored, Selection
from briefing.text.similarity import Terms, bm25
from briefing.text.words import terms


def select(passages: Sequence[Passage], interest: Interest) -> Selection:
    """The passages near ``interest``, best first, and those left out with the reason."""
    dropped: list[Dropped] = []
    open_: list[Passage] = []
    for passage in passages:
        reason = _barred(passage, interest)
        if reason is None:
            open_.append(passage)
        else:
            dropped.append(_drop(passage, reason))
    scored = score(open_, interest)
    taken = [s for s in scored if s.score > 0 or not interest.topics]
    dropped += [_drop(s.passage, Reason.OFF_TOPIC) for s in scored if interest.topics and s.score <= 0]
    return Selection(tuple(sorted(taken, key=lambda s: (-s.score, s.passage.id))), tuple(dropped))


def score(passages: Sequence[Passage], interest: Interest) -> tuple[Scored, ...]:
    """Every passage with its nearness to the interest, in the order given."""
    if not interest.topics:
        return tuple(Scored(p, 1.0) for p in passages)
    table = Terms([Counter(terms(p.text, p.article.language or interest.language)) for p in passages])
    weights = bm25(table)
    query = np.zeros(weights.shape[1])
    for topic in interest.topics:
        for term in terms(topic, interest.language):
            if term in table.column:
                query[table.column[term]] = 1.0
    return tuple(Scored(p, float(s)) for p, s in zip(passages, weights @ query, strict=True))


def _barred(passage: Passage, interest: Interest) -> Reason | None:
    article = passage.article
    names = {name.casefold(): rule for name, rule in interest.publishers.items()}
    rule = names.get(article.source.casefold(), Publisher())
    if rule.blocked:
        return Reason.BLOCKED
    if article.published is not None:
        if interest.since and article.published < interest.since:
            return Reason.OUTSIDE_PERIOD
        if interest.until and article.published >= interest.until:
            return Reason.OUTSIDE_PERIOD
    return None


def _drop(passage: Passage, reason: Reason) -> Dropped:
    return Dropped(reason, passage.article.id, passage.text, start=passage.start, end=passage.end)
