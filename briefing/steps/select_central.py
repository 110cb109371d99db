"""How central passages are among all: what the articles themselves are most about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from briefing.model import Passage, Scored
from briefing.text.similarity import Terms, nearest, tfidf
from briefing.text.words import terms

# What an article is about stands at its beginning.
_LEAD_PASSAGES = 2
# Cosine from which two articles may tell of the same.
_NEAR = 0.12
# An article that no other is near is left out where the batch shows what it is about: so many articles at least, and so
# large a share of them with others near. In a small or mixed batch it may be as good as any.
_MANY, _SHARED = 12, 0.75


class Central(NamedTuple):
    """A passage with its centrality; ``aside`` says that its article is not what the batch is about."""

    scored: Scored
    aside: bool


def central(passages: Sequence[Passage], language: str) -> tuple[Central, ...]:
    """Every passage with its article's centrality, 0 to 1, in the order given.

    An article's centrality is 1 plus the sum of its cosines with the articles near it (degree centrality, as in
    LexRank; Erkan & Radev, 2004), as a share of the highest. Later passages of an article count less, down to half,
    since news says first what matters. ``language`` is that of articles that do not say.
    """
    articles: dict[str, list[Passage]] = {}
    for passage in passages:
        articles.setdefault(passage.article.id, []).append(passage)
    links = nearest(tfidf(Terms.of(_lead(own, language) for own in articles.values())))
    links.data[links.data < _NEAR] = 0
    links.eliminate_zeros()
    degree = 1 + np.asarray(links.sum(axis=1), dtype=np.float64)
    degree /= degree.max(initial=1.0)
    others: list[int] = np.diff(links.indptr).tolist()
    told = len(others) >= _MANY and sum(near > 0 for near in others) >= _SHARED * len(others)
    found: dict[str, Central] = {}
    for own, share, near in zip(articles.values(), degree, others, strict=True):
        why = f"{near} more article{'s' * (near != 1)} near it" if near else "no other article near it"
        for place, passage in enumerate(own):
            scored = Scored(passage, float(share) * (0.5 + 0.5 / (1 + place)), (why,))
            found[passage.id] = Central(scored, told and not near)
    return tuple(found[passage.id] for passage in passages)


def _lead(passages: Sequence[Passage], language: str) -> Counter[str]:
    article = passages[0].article
    text = [passage.text for passage in passages[:_LEAD_PASSAGES]]
    if passages[0].original.cleaned.title_trusted:
        text.append(article.title)
    return Counter(terms("\n".join(text), article.language or language))
