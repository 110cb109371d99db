"""Sentences: are texts split where people split them?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

from briefing.text.sentences import sentences


def measure(path: Path) -> dict[str, float]:
    """Share of rows split exactly, and F1 of the boundaries inside a row.

    ``path`` holds rows of ``text`` and ``sentences`` (and ``language``, else English). A boundary is the number
    of non-space characters before it, so white space around sentences does not matter.
    """
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    exact = right = found = wanted = 0
    for row in rows:
        text = row["text"]
        ours = [text[start:end] for start, end in sentences(text, row.get("language", "en"))]
        mine, gold = _boundaries(ours), _boundaries(row["sentences"])
        exact += mine == gold
        right += len(mine & gold)
        found += len(mine)
        wanted += len(gold)
    return {"exact": exact / len(rows), "boundary_f1": 2 * right / (found + wanted) if found + wanted else 1.0}


def _boundaries(pieces: Iterable[str]) -> set[int]:
    # The end of the text is no decision, so it is not counted.
    return set(list(accumulate(len("".join(piece.split())) for piece in pieces))[:-1])
