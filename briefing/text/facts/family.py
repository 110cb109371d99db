"""Who is whose: a brother is no husband. Words for relatives in four languages, by what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import regex

from briefing.text.facts.difference import Difference, Evidence
from briefing.text.words import fold

# A row for each relation: its words, what they are in general, and what the other side of it is called, so that "her
# husband" may be told as "his wife".
_ROWS = (
    ("father dad vater pere padre", "parent", "child"),
    ("mother mom mum mutter mere madre", "parent", "child"),
    ("parent parents eltern", "parent", "child"),
    ("son sons sohn fils hijo", "child", "parent"),
    ("daughter daughters tochter fille hija", "child", "parent"),
    ("child children kind kinder enfant enfants hijos", "child", "parent"),
    ("husband mann mari marido esposo", "spouse", "spouse"),
    ("wife ehefrau epouse esposa widow widower", "spouse", "spouse"),
    ("spouse partner married", "spouse", "spouse"),
    ("brother brothers bruder frere hermano", "sibling", "sibling"),
    ("sister sisters schwester soeur hermana", "sibling", "sibling"),
    ("sibling siblings geschwister", "sibling", "sibling"),
    ("uncle aunt onkel tante oncle tio tia", "uncle", "nephew"),
    ("nephew niece neffe nichte neveu sobrino sobrina", "nephew", "uncle"),
    ("cousin cousins vetter primo prima", "cousin", "cousin"),
    ("grandfather grandmother grandparents grossvater grossmutter abuelo abuela", "grandparent", "grandchild"),
    ("grandson granddaughter grandchild grandchildren enkel nieto nieta", "grandchild", "grandparent"),
    ("fiance fiancee verlobte", "fiance", "fiance"),
    ("boyfriend girlfriend freundin novio novia", "friend", "friend"),
)
_GENERAL = frozenset(
    "parent parents eltern child children kind kinder enfant spouse partner married sibling siblings".split()
)
_WORD = regex.compile(r"[\p{L}\p{M}]+")


def family_differences(claim: str, evidence: Sequence[Evidence]) -> Iterator[Difference]:
    """Relatives of the claim in whose place the evidence has others."""
    given = [r for e in evidence for r in relatives(e.text)]
    told = relatives(claim)
    ours, theirs = {word for _, word in told}, {word for _, word in given}
    for before, word in told:
        if word in theirs or any(_may_be(word, other, before == other_before) for other_before, other in given):
            continue
        if rival := next((other for _, other in given if other not in ours), ""):
            yield Difference("name", f"the claim says {word}, the cited words say {rival}")


@lru_cache(maxsize=4096)
def relatives(text: str) -> tuple[tuple[str, str], ...]:
    """The folded words for relatives in ``text``, each with the word before it."""
    words = [fold(w) for w in _WORD.findall(text)]
    return tuple((words[i - 1] if i else "", w) for i, w in enumerate(words) if w in _rows())


def _may_be(ours: str, theirs: str, same_place: bool) -> bool:
    """Whether one may be told for the other: one word for the same, a general one, or the other side of it."""
    a, b = _rows()[ours], _rows()[theirs]
    if a == b or (a[1] == b[1] and (ours in _GENERAL or theirs in _GENERAL)):
        return True
    return a[1] == b[2] and not same_place


@cache
def _rows() -> dict[str, tuple[str, str, str]]:
    return {word: row for row in _ROWS for word in row[0].split() if word not in ("mann", "fille", "prima", "kind")}
