"""Claims against their sources: balanced accuracy and AUC of ``support``, and hit rates of ``locate``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from briefing.text.facts.alignment import locate
from briefing.text.facts.support import THRESHOLD, support

_RANKS = (1, 3, 5)


class Row(NamedTuple):
    claim: str
    source: tuple[str, ...]
    supported: bool
    evidence: tuple[frozenset[int], ...] | None


def measure(path: Path) -> dict[str, float]:
    """``balanced_accuracy`` at the shipped threshold, ``auc``, and ``hit1``, ``hit3``, ``hit5`` with gold evidence.

    hit@k is the share of claims with gold evidence of whose gold sentences (of any of the sets) at least one is
    among the k that ``locate`` ranks first. Claims without gold evidence count in the accuracy only.
    """
    rows = read(path)
    supported = [row.supported for row in rows]
    scores = [support(row.claim, row.source).score for row in rows]
    figures = {
        "balanced_accuracy": balanced_accuracy(supported, scores, THRESHOLD),
        "auc": auc(supported, scores),
    }
    ranked = [
        (locate(row.claim, row.source), frozenset().union(*row.evidence))
        for row in rows
        if row.evidence and any(row.evidence)
    ]
    if ranked:
        for k in _RANKS:
            figures[f"hit{k}"] = sum(not gold.isdisjoint(order[:k]) for order, gold in ranked) / len(ranked)
    return figures


def read(path: Path) -> list[Row]:
    """The rows of a file of claims; ``evidence`` is None in files that give none."""
    rows = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        sets = row.get("evidence")
        gold = tuple(frozenset(int(i) for i in s) for s in sets) if sets is not None else None
        rows.append(Row(row["claim"], tuple(row["source"]), bool(row["supported"]), gold))
    return rows


def balanced_accuracy(truth: Sequence[bool], scores: Sequence[float], threshold: float) -> float:
    """Mean of the shares of true ones at or above ``threshold`` and of false ones below it."""
    true = [s >= threshold for t, s in zip(truth, scores, strict=True) if t]
    false = [s < threshold for t, s in zip(truth, scores, strict=True) if not t]
    if not true or not false:
        return float("nan")
    return (sum(true) / len(true) + sum(false) / len(false)) / 2


def auc(truth: Sequence[bool], scores: Sequence[float]) -> float:
    """Chance that a true one scores above a false one, ties counting half (Mann and Whitney, 1947)."""
    true = [s for t, s in zip(truth, scores, strict=True) if t]
    false = [s for t, s in zip(truth, scores, strict=True) if not t]
    if not true or not false:
        return float("nan")
    return sum((a > b) + (a == b) / 2 for a in true for b in false) / (len(true) * len(false))
