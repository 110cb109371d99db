"""ROUGE of the embedded engine's text against summaries written by people."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer

from briefing.engines.extractive import Extractive
from briefing.model import Article, Ask, Scored, Story
from briefing.steps.chunk import chunk
from briefing.steps.clean import clean
from briefing.steps.dedupe import dedupe
from briefing.text.sentences import sentences

_WORDS = 220
_METRICS = ("rouge1", "rouge2", "rougeLsum")


def measure(path: Path) -> dict[str, float]:
    """F1 in percent, mean over rows: one story of all documents of a row, 220 words, no cap on sentences.

    For rougeLsum both texts are split into lines by the project's own sentence splitter.
    """
    scorer = RougeScorer(list(_METRICS), use_stemmer=True)
    totals = dict.fromkeys(_METRICS, 0.0)
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    for row in rows:
        written = _lines(summary([document["text"] for document in row["documents"]]))
        scores = scorer.score(_lines(row["reference"]), written)
        for metric in _METRICS:
            totals[metric] += 100 * scores[metric].fmeasure
    return {metric: total / max(1, len(rows)) for metric, total in totals.items()}


def summary(texts: list[str]) -> str:
    """What the engine writes of ``texts``, one sentence a line, without the headline."""
    articles = [Article.of(text=text, url=f"https://example.org/{i}", language="en") for i, text in enumerate(texts)]
    originals = dedupe([clean(article) for article in articles])
    passages = tuple(Scored(passage, 1.0) for original in originals for passage in chunk(original))
    if not passages:
        return ""
    ask = Ask("en", _WORDS, datetime(2000, 1, 1, tzinfo=UTC), sentences=_WORDS)
    draft = asyncio.run(Extractive().write(Story("row", passages), ask))
    return "\n".join(claim.text for claim in draft.claims)


def _lines(text: str) -> str:
    return "\n".join(" ".join(text[start:end].split()) for start, end in sentences(text))
