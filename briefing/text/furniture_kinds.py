"""What furniture of a page there is, and what a rule to know it by is made of."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import regex


class Kind(StrEnum):
    """What a piece of furniture is."""

    BOILERPLATE = "boilerplate"
    CAPTION = "caption"


class Furniture(NamedTuple):
    """What a paragraph is, and what gives it away, in words."""

    kind: Kind
    detail: str


class Rule(NamedTuple):
    """What a paragraph is whose start ``pattern`` matches, if it is no longer than ``longest`` and holds a cue.

    Cues are lower-cased strings; ``first`` are beginnings of the first word. Where there are none, none is needed.
    """

    found: Furniture
    pattern: regex.Pattern[str]
    longest: int
    cues: frozenset[str]
    first: tuple[str, ...]
    plain: bool


def rule(
    kind: Kind,
    detail: str,
    *phrases: str,
    longest: int = 300,
    cues: str = "",
    first: str = "",
    exact: bool = False,
    plain: bool = False,
) -> Rule:
    """A rule that one of ``phrases`` meets at the start of a paragraph of up to ``longest`` characters.

    ``cues`` and ``first`` are cheap looks before a dear one. ``exact`` minds case. ``plain`` furniture reports
    nothing that anybody said.
    """
    pattern = regex.compile("|".join(phrases), 0 if exact else regex.IGNORECASE)
    return Rule(Furniture(kind, detail), pattern, longest, frozenset(cues.split()), tuple(first.split()), plain)
