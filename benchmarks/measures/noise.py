"""How well ``clean`` finds paragraphs of other stories."""

from __future__ import annotations

import json
from pathlib import Path

from briefing.model import Article
from briefing.steps.clean import clean


def measure(path: Path) -> dict[str, float]:
    """F1, precision and recall of dropping the paragraphs of other stories, over all rows of ``path``.

    A paragraph counts as dropped when less than half of its characters are kept.
    """
    hit = false = missed = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        rows = json.loads(line)["paragraphs"]
        article = Article.of(text="\n\n".join(row["text"] for row in rows))
        kept = clean(article).kept
        at = 0
        for row in rows:
            start = article.text.index(Article.of(text=row["text"]).text, at)
            at = end = start + len(Article.of(text=row["text"]).text)
            if row["keep"] is None:
                continue
            left = sum(max(0, min(b, end) - max(a, start)) for a, b in kept)
            dropped = left * 2 < end - start
            hit += dropped and not row["keep"]
            false += dropped and row["keep"]
            missed += not dropped and not row["keep"]
    precision, recall = hit / max(1, hit + false), hit / max(1, hit + missed)
    return {"f1": 2 * hit / max(1, 2 * hit + false + missed), "precision": precision, "recall": recall}
