"""Main text of pages against gold: 4-gram F1 as in the article-extraction-benchmark (Scrapinghub, 2020).

Shingles of four word tokens are counted as multisets; a page's counts are divided by their sum, so that long pages
do not weigh more; precision and recall are means over the pages, and F1 is theirs.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
from collections import Counter
from pathlib import Path

import trafilatura

from briefing.errors import SourceError
from briefing.sources.bounded import Bounded
from briefing.sources.formats import read_bytes
from briefing.sources.raw import Raw

_SHINGLE = 4


def measure(path: Path) -> dict[str, float]:
    """``f1`` of the product's reader, and ``trafilatura_f1`` of ``trafilatura.extract`` called plainly."""
    lines = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in lines.decode("utf-8").split("\n") if line.strip()]
    gold = [str(row["text"]) for row in rows]
    with Bounded(seconds=30) as bounded:
        ours = [_ours(row["html"], bounded) for row in rows]
    plain = [trafilatura.extract(row["html"]) or "" for row in rows]
    return {"f1": f1(gold, ours), "trafilatura_f1": f1(gold, plain)}


def f1(gold: list[str], found: list[str]) -> float:
    """4-gram F1 of found texts, 0 to 1."""
    pairs = [_counts(g, f) for g, f in zip(gold, found, strict=True)]
    precision = statistics.mean(tp / (tp + fp) for tp, fp, _ in pairs if tp + fp)
    recall = statistics.mean(tp / (tp + fn) for tp, _, fn in pairs if tp + fn)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _counts(gold: str, found: str) -> tuple[int, int, int]:
    wanted, had = _shingles(gold), _shingles(found)
    both = (wanted & had).total()
    return both, had.total() - both, wanted.total() - both


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text)
    count = max(1, len(tokens) - _SHINGLE + 1) if tokens else 0
    return Counter(tuple(tokens[i : i + _SHINGLE]) for i in range(count))


def _ours(html: str, bounded: Bounded) -> str:
    # The file holds decoded text: a page's own declaration of its encoding no longer fits.
    data = b"\xef\xbb\xbf" + html.encode("utf-8", "replace")
    try:
        return "\n\n".join(a.text for a in read_bytes(data, "page", bounded) if isinstance(a, Raw))
    except SourceError:
        return ""
