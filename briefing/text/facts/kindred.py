"""Names that stand for one another: countries with their people and adjectives, cities, bodies, in four languages.

A modest list (``kindred.txt``) of what news turns on. Most other names are the same in every language, or nearly so,
and meet by their letters.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def kin(word: str) -> int | None:
    """The row that a folded word, or words joined by hyphens, belongs to: the same number for "french" and "france"."""
    exact, begins = _rows()
    if word in exact:
        return exact[word]
    # Short beginnings begin too many words.
    return next((begins[word[:n]] for n in range(len(word), 3, -1) if word[:n] in begins), None)


@cache
def _rows() -> tuple[dict[str, int], dict[str, int]]:
    """Words, and beginnings of words (with "*" in the file), with the number of their row."""
    exact: dict[str, int] = {}
    begins: dict[str, int] = {}
    text = (files("briefing.text.facts") / "kindred.txt").read_text("utf-8")
    for number, row in enumerate(text.splitlines()):
        for word in row.split():
            if word.endswith("*"):
                begins.setdefault(word[:-1], number)
            else:
                exact.setdefault(word, number)
    return exact, begins
