"""How well ``clean`` tells a title of another story from the article's own."""

from __future__ import annotations

import json
from pathlib import Path

from briefing.model import Article
from briefing.steps.clean import clean


def measure(path: Path) -> dict[str, float]:
    """Share of wrong titles that are found, and of right titles that are trusted, over all rows of ``path``."""
    trusted: dict[bool, list[bool]] = {True: [], False: []}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = "\n\n".join(paragraph["text"] for paragraph in row["paragraphs"])
        trusted[row["title"]["right"]].append(clean(Article.of(title=row["title"]["text"], text=text)).title_trusted)
    right, wrong = trusted[True], trusted[False]
    return {
        "wrong_found": sum(not t for t in wrong) / max(1, len(wrong)),
        "right_kept": sum(right) / max(1, len(right)),
    }
