"""Stories against gold labels: B-cubed F1 (Bagga & Baldwin, 1998), adjusted Rand index (Hubert & Arabie, 1985)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import UTC, datetime
from math import comb
from pathlib import Path

from briefing.model import Article, Interest
from briefing.steps.chunk import chunk
from briefing.steps.clean import clean
from briefing.steps.cluster import cluster
from briefing.steps.dedupe import dedupe
from briefing.steps.select import select

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def measure(path: Path) -> dict[str, float]:
    """``b3_f1`` and ``ari`` of the stories that the product's stages make of the file's texts."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    # The row number stands in the address, so that equal texts stay articles of their own.
    articles = [
        Article.of(
            title=row.get("title") or "",
            text=row["text"],
            url=f"row:{number}",
            published=_date(row.get("date")),
        )
        for number, row in enumerate(rows)
    ]
    found = stories(articles)
    gold = [str(row["story"]) for row in rows]
    made = [found[article.id] for article in articles]
    return {"b3_f1": b3_f1(gold, made), "ari": ari(gold, made)}


def stories(articles: Sequence[Article]) -> dict[str, str]:
    """The story of each article, by article id. Copies go with their original.

    An article whose passages fall into several stories counts in the one that holds most of them; one that lost
    all its passages is a story of its own.
    """
    originals = dedupe([clean(article) for article in articles])
    passages = [passage for original in originals for passage in chunk(original)]
    taken = select(passages, Interest()).taken
    votes: dict[str, Counter[str]] = {}
    for story in cluster(taken, now=NOW):
        for scored in story.passages:
            votes.setdefault(scored.passage.article.id, Counter())[story.id] += len(scored.passage.text)
    found: dict[str, str] = {}
    for original in originals:
        mine = votes.get(original.article.id)
        story_id = mine.most_common(1)[0][0] if mine else f"alone:{original.article.id}"
        for article in (original.article, *original.copies):
            found[article.id] = story_id
    return found


def b3_f1(gold: Sequence[Hashable], made: Sequence[Hashable]) -> float:
    """Harmonic mean of B-cubed precision and recall, each averaged over items."""
    both, of_gold, of_made = Counter(zip(gold, made, strict=True)), Counter(gold), Counter(made)
    pairs = list(zip(gold, made, strict=True))
    precision = sum(both[p] / of_made[p[1]] for p in pairs) / len(pairs)
    recall = sum(both[p] / of_gold[p[0]] for p in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def ari(gold: Sequence[Hashable], made: Sequence[Hashable]) -> float:
    """Rand index adjusted for chance; 1 when the two partitions are equal."""
    together = sum(comb(n, 2) for n in Counter(zip(gold, made, strict=True)).values())
    in_gold = sum(comb(n, 2) for n in Counter(gold).values())
    in_made = sum(comb(n, 2) for n in Counter(made).values())
    expected = in_gold * in_made / comb(len(gold), 2) if len(gold) > 1 else 0.0
    most = (in_gold + in_made) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def _date(value: str | None) -> datetime | None:
    if not value:
        return None
    when = datetime.fromisoformat(value)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
