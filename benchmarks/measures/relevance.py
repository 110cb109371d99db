"""Selection against gold labels: the ranking of articles, and which articles contribute at all."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from briefing.model import Article, Interest, Original, Scored
from briefing.steps.chunk import chunk
from briefing.steps.clean import clean
from briefing.steps.dedupe import dedupe
from briefing.steps.select import score, select


def measure(path: Path) -> dict[str, float]:
    """``map`` of the ranking; ``precision``, ``recall`` and ``f1`` of the articles with a selected passage.

    Each is averaged over all queries of the file. A copy contributes when its original does.
    """
    figures: list[tuple[float, float, float, float]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        pool = json.loads(line)
        names: dict[str, list[str]] = {}
        articles: dict[str, Article] = {}
        for row in pool["articles"]:
            article = Article.of(
                title=row.get("title") or "",
                text=row["text"],
                url=row.get("url") or "",
                source=row.get("source") or "",
            )
            articles[article.id] = article
            names.setdefault(article.id, []).append(str(row["id"]))
        originals = dedupe([clean(article) for article in articles.values()])
        passages = [passage for original in originals for passage in chunk(original)]
        for query in pool["queries"]:
            interest = Interest(topics=(query["query"],))
            relevant = {str(name) for name in query["relevant"]}
            ranking = _names(_articles(score(passages, interest), originals), names)
            taken = _names(_articles(select(passages, interest).taken, originals), names)
            figures.append((average_precision(ranking, relevant), *precision_recall_f1(taken, relevant)))
    means = [sum(column) / len(figures) for column in zip(*figures, strict=True)]
    return dict(zip(("map", "precision", "recall", "f1"), means, strict=True))


def average_precision(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """Precision at the rank of each relevant item, averaged; items that are not ranked count 0."""
    hits, total = 0, 0.0
    for rank, item in enumerate(ranking, 1):
        if item in relevant:
            hits += 1
            total += hits / rank
    return total / len(relevant) if relevant else 0.0


def precision_recall_f1(taken: Collection[str], relevant: Collection[str]) -> tuple[float, float, float]:
    hits = len(set(taken) & set(relevant))
    precision = hits / len(taken) if taken else 0.0
    recall = hits / len(relevant) if relevant else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0


def _articles(scored: Iterable[Scored], originals: Sequence[Original]) -> list[str]:
    """Article ids by their best passage, the best first; copies follow their original."""
    with_copies = {o.article.id: [o.article.id, *(c.id for c in o.copies)] for o in originals}
    best: dict[str, float] = {}
    for one in scored:
        id_ = one.passage.article.id
        best[id_] = max(best.get(id_, one.score), one.score)
    order = sorted(best, key=lambda id_: (-best[id_], id_))
    return [copy for id_ in order for copy in with_copies[id_]]


def _names(ids: Iterable[str], names: dict[str, list[str]]) -> list[str]:
    return [name for id_ in ids for name in names[id_]]
