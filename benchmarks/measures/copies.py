"""Copies: do articles that carry one wire text become one original?"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

from briefing.model import Article, Cleaned, Span
from briefing.steps.dedupe import dedupe
from briefing.text.paragraphs import paragraphs


def measure(path: Path) -> dict[str, float]:
    """Precision and recall over pairs of articles; ``path`` holds rows of ``id``, ``text`` and ``wire``."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    wires: dict[str, set[str]] = {}
    cleaned = []
    for row in rows:
        article = Article.of(text=row["text"], url=f"copies:{row['id']}")
        cleaned.append(Cleaned(article, tuple(Span(*span) for span in paragraphs(article.text))))
        wires.setdefault(row["wire"], set()).add(article.id)
    gold = {pair for wire in wires.values() for pair in combinations(sorted(wire), 2)}
    found = {
        pair
        for original in dedupe(cleaned)
        for pair in combinations(sorted(a.id for a in (original.article, *original.copies)), 2)
    }
    right = len(gold & found)
    return {"precision": right / len(found) if found else 1.0, "recall": right / len(gold) if gold else 1.0}
