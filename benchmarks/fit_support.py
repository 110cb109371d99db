"""Fits the weights of ``briefing.text.facts.support`` and says how well they carry over to data they never saw.

    python -m benchmarks.fit_support CLAIMS_DIR

``CLAIMS_DIR`` holds files as ``benchmarks/measures/claims.py`` reads them. Prints balanced accuracy and AUC with each
file left out in turn, and with each source left out (one fold in ten), then the weights fitted on all of it, to be
written into ``support.py``. Every file and, within it, supported and unsupported claims weigh the same, so that the
threshold is one half.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.measures.claims import auc, balanced_accuracy, read
from briefing.text.facts.support import Features, features, pieces

Vector = npt.NDArray[np.float64]
_FOLDS = 10
# Ridge penalty on standardised weights; from 2 to 20 the folds agree within a point.
_RIDGE = 5.0


class Data(NamedTuple):
    name: str
    values: Vector
    supported: npt.NDArray[np.bool_]
    groups: npt.NDArray[np.int64]


def load(path: Path) -> Data:
    rows = read(path)
    texts = [[piece for source in row.source for piece in pieces(source)] for row in rows]
    values = np.array([features(row.claim, text) for row, text in zip(rows, texts, strict=True)], dtype=np.float64)
    number: dict[tuple[str, ...], int] = {}
    groups = [number.setdefault(row.source, len(number)) for row in rows]
    return Data(path.stem, values, np.array([row.supported for row in rows]), np.array(groups, dtype=np.int64))


def fit(parts: list[tuple[Vector, npt.NDArray[np.bool_]]]) -> Callable[[Vector], Vector]:
    weights = _weights(parts)
    return lambda values: 1 / (1 + np.exp(-(values @ weights[:-1] + weights[-1])))


def _weights(parts: list[tuple[Vector, npt.NDArray[np.bool_]]]) -> Vector:
    values = np.concatenate([v for v, _ in parts])
    signs = np.concatenate([np.where(s, 1.0, -1.0) for _, s in parts])
    size = len(signs) / len(parts)
    each = np.concatenate([size * np.where(s, 0.5 / max(1, s.sum()), 0.5 / max(1, (~s).sum())) for _, s in parts])
    middle, spread = values.mean(0), values.std(0) + 1e-9
    scaled = np.c_[(values - middle) / spread, np.ones(len(values))]

    def loss(w: Vector) -> tuple[float, Vector]:
        margin = signs * (scaled @ w)
        slope = -each * signs / (1 + np.exp(margin))
        ridge = np.r_[w[:-1], 0.0]
        return float((each * np.logaddexp(0, -margin)).sum() + _RIDGE * (ridge**2).sum()), (
            scaled.T @ slope + 2 * _RIDGE * ridge
        )

    w = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
    raw = w[:-1] / spread
    return np.append(raw, w[-1] - raw @ middle)


def main(folder: Path) -> None:
    data = [load(path) for path in sorted(folder.glob("*.jsonl"))]
    for held in data:
        others = [(d.values, d.supported) for d in data if d is not held]
        if others:
            _report(f"{held.name}, fitted on the others", held.supported, fit(others)(held.values))
    for held in data:
        scores = np.zeros(len(held.supported))
        for n in range(_FOLDS):
            out = held.groups % _FOLDS == n
            parts = [(d.values, d.supported) if d is not held else (d.values[~out], d.supported[~out]) for d in data]
            scores[out] = fit(parts)(held.values[out])
        _report(f"{held.name}, fitted on other sources", held.supported, scores)
    weights = _weights([(d.values, d.supported) for d in data])
    print("WEIGHTS =", Features(*(round(float(w), 2) for w in weights[:-1])))
    print("BIAS =", round(float(weights[-1]), 2))


def _report(name: str, supported: npt.NDArray[np.bool_], scores: Vector) -> None:
    s, y = scores.tolist(), supported.tolist()
    low = float(np.quantile(scores[supported], 0.05))
    caught = float((scores[~supported] < low).mean())
    print(
        f"{name}: balanced accuracy {balanced_accuracy(y, s, 0.5):.3f}, AUC {auc(y, s):.3f}; "
        f"at {low:.2f} it keeps .95 of the supported and catches {caught:.2f} of the others"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
