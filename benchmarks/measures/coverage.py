"""How many of the insights of a hundred documents a brief tells, and whether it cites documents that hold them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.insights import Insights
from briefing.engines.extractive import Extractive
from briefing.model import Article, Ask, Claim, Interest, Passage, Story
from briefing.steps.chunk import chunk
from briefing.steps.clean import clean
from briefing.steps.dedupe import dedupe
from briefing.steps.select import select

_WORDS_A_BULLET = 27  # as the summaries that people judged have on average


def measure(path: Path) -> dict[str, float]:
    """``coverage`` and ``citation_f1``, mean over insights, after "Summary of a Haystack" (Laban et al., 2024).

    For each subtopic a brief of one story answers its query, in 27 words for each insight. An insight counts 1
    when told fully, 0.5 partially. Citations are counted where it is told: those of the sentences
    that tell it, against the documents that hold it.
    """
    covered: list[float] = []
    cited: list[float] = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            documents, passages = _read(row)
            judge = Insights(passage.text for passage in passages)
            for subtopic in row["subtopics"]:
                claims = _write(passages, subtopic["query"], len(subtopic["insights"]))
                for insight in subtopic["insights"]:
                    told = judge.told(insight["text"], [claim.text for claim in claims])
                    covered.append(told.coverage)
                    if told.coverage:
                        sources = {documents[c.article] for place in told.lines for c in claims[place].citations}
                        cited.append(_f1(sources, set(insight["documents"])))
    return {"coverage": _mean(covered), "citation_f1": _mean(cited)}


def _read(row: dict[str, Any]) -> tuple[dict[str, str], list[Passage]]:
    """The id of the document behind each article's id, and all passages."""
    articles = {
        document["id"]: Article.of(text=document["text"], url=document["id"], language="en")
        for document in row["documents"]
    }
    originals = dedupe([clean(article) for article in articles.values()])
    return {a.id: id for id, a in articles.items()}, [p for original in originals for p in chunk(original)]


def _write(passages: Sequence[Passage], query: str, bullets: int) -> tuple[Claim, ...]:
    taken = select(passages, Interest(topics=(query,))).taken
    if not taken:
        return ()
    ask = Ask("en", _WORDS_A_BULLET * bullets, datetime(2000, 1, 1, tzinfo=UTC), sentences=2 * bullets)
    return asyncio.run(Extractive().write(Story("subtopic", taken), ask)).claims


def _f1(found: set[str], right: set[str]) -> float:
    hits = len(found & right)
    return 2 * hits / (len(found) + len(right)) if hits else 0.0


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
