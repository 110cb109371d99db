"""Whether the measure of coverage agrees with people."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
from scipy.stats import rankdata

from benchmarks.insights import Insights

_CITATIONS = re.compile(r"\[[\d,; ]+\]")


def measure(path: Path) -> dict[str, float]:
    """``auc``: how often an insight that people found told (fully or partially) scores above one that is not."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    summaries = {tuple(row["summary"]) for row in rows}
    judge = Insights(_CITATIONS.sub("", line) for summary in sorted(summaries) for line in summary)
    scores = [judge.told(row["insight"], [_CITATIONS.sub("", line) for line in row["summary"]]).score for row in rows]
    told = np.array([row["coverage"] != "not" for row in rows])
    positive, negative = int(told.sum()), int((~told).sum())
    if not positive or not negative:
        return {"auc": float("nan")}
    ranks = rankdata(scores)
    return {"auc": float((ranks[told].sum() - positive * (positive + 1) / 2) / (positive * negative))}
