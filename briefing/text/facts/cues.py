"""Words that deny, doubt, intend or attribute, each with the words that it governs.

A cue is compared through what it governs and not through its mere presence in a passage: a long passage holds some
doubt nearly always, and seldom about the matter at hand. The scope is found by position alone, after NegEx (Chapman
et al., 2001): from the cue to the end of its clause, for denial no further than a few words of content.
"""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from briefing.text.facts import cue_words
from briefing.text.facts.tokens import tokens


class Kind(StrEnum):
    """What a cue does to the words that it governs."""

    NOT = "negation"
    DOUBT = "hedge"
    INTENT = "intent"
    SAID = "attribution"
    CAUSE = "cause"


class Cue(NamedTuple):
    """A cue and the stems of the words it governs, nearest first."""

    kind: Kind
    start: int
    end: int
    text: str
    governs: tuple[str, ...]


_LISTS = {
    Kind.NOT: cue_words.NOT,
    Kind.DOUBT: cue_words.DOUBT,
    Kind.INTENT: cue_words.INTENT,
    Kind.SAID: cue_words.SAID,
    Kind.CAUSE: cue_words.CAUSE,
}
# An announcement, a report or an admission may be told as the fact that it is; an assertion may not.
_TOLD_AS_FACT = regex.compile(
    r"reports?|reported|announc\w+|acknowledg\w+|admit\w*|describ\w+|add(?:s|ed)|stat(?:es|ed)|wrote|writes|tweeted|quoted|"
    r"bericht\w+|teilten? mit|w[ai]rf\w*|so|disent|indiqu\w+|annonc\w+|declar\w+|anunci\w+|informó",
    regex.IGNORECASE,
)
_PRESS = regex.compile(
    r"report(?:s|ed)(?: that)?\b|according to (?:[\p{L}’'-]+ ){0,2}(?:reports?|media|newspapers?|news agency|press)\b",
    regex.IGNORECASE,
)
# "The mill closed, the owner added."
_LAST = regex.compile(r"[,”\"»]\s(?:[\p{L}’'.-]+\s){1,6}$")
# A comma ends a clause only before a joining word, else "fell, perhaps, to 40" would fall apart.
_BREAK = regex.compile(
    r"[;:—–()]|\.\s|,?\s(?:but|while|although|though|whereas|because|which|who|aber|während|weil|mais|tandis que|"
    r"pero|mientras|sino)\s|,\s(?:and|und|et|y|after|before|when|as|nachdem|bevor|après|avant)\s|[”\"»],?\s",
    regex.IGNORECASE,
)
# How many words of content a denial reaches: the verb and what it acts on.
_REACH = 3


@lru_cache(maxsize=4096)
def cues(text: str, language: str = "en") -> tuple[Cue, ...]:
    """The cues of one sentence in order."""
    words = tokens(text, language)
    edges = [0, *(m.start() + 1 for m in _BREAK.finditer(text)), len(text)]
    found: list[Cue] = []
    for kind in Kind:
        pattern = _pattern(kind, language)
        if pattern is None:
            continue
        for match in pattern.finditer(text):
            begin = max(e for e in edges if e <= match.start())
            end = min((e for e in edges if e >= match.end()), default=len(text))
            after = [w.key for w in words if match.end() <= w.start < end]
            if kind is Kind.NOT:
                # "Der Rat billigte den Plan nicht": what is denied may stand before.
                before = [w.key for w in words if begin <= w.start and w.end <= match.start()]
                governed = after[:_REACH] or before[: -_REACH - 1 : -1]
            elif kind is Kind.SAID:
                # What is said stands on both sides of "said", over clause breaks: "Rates will fall, he said".
                governed = [w.key for w in words if w.start >= match.end() or w.end <= match.start()]
            elif regex.fullmatch(r"\w+ly|perhaps|angeblich\w*|möglicherweise|vielleicht", match.group().casefold()):
                governed = [
                    w.key for w in words if begin <= w.start < end and not match.start() <= w.start < match.end()
                ]
            elif "if" in match.group() or "whether" in match.group():
                governed = [w.key for w in words if w.start >= match.end()]
            else:
                governed = after
            found.append(Cue(kind, match.start(), match.end(), match.group(), tuple(governed)))
    doubts = [c for c in found if c.kind is Kind.DOUBT]
    # "Not clear whether" doubts what follows; it does not deny it.
    found = [c for c in found if c.kind is not Kind.NOT or not any(d.start <= c.start < d.end for d in doubts)]
    return tuple(sorted(found, key=lambda c: (c.start, c.kind)))


def speaker(sentence: str, cue: Cue, language: str = "en") -> frozenset[str]:
    """The words next to "said" that name who said it: before it, or after it where a comma or quotation ends before."""
    held = tokens(sentence, language)
    before = sentence[: cue.start].rstrip()
    if before[-1:] in ',”"»' or regex.fullmatch(r"(?i)according to|laut|selon|d['’]après|según", cue.text):
        end = regex.search(r"[,;.]\s|$", sentence[cue.end :])
        return frozenset([t.key for t in held if cue.end <= t.start < cue.end + (end.start() if end else 0)][:3])
    edge = max(before.rfind(mark) for mark in ',;”"»') + 1
    return frozenset([t.key for t in held if edge <= t.start and t.end <= cue.start][-3:])


def asserted(sentence: str, cue: Cue, *, copied: bool = True) -> bool:
    """Whether words of saying leave open whether it is so: "claims", "said", and at the end of a sentence "added".

    That the press reported it says where it was learnt; only where the words are ``copied`` is that held against
    a claim that leaves it out.
    """
    if cue.kind is not Kind.SAID or (not copied and _PRESS.match(sentence, cue.start)):
        return False
    if not _TOLD_AS_FACT.fullmatch(cue.text):
        return True
    fact = regex.match("announc|acknowledg|admit|describ|quoted", cue.text.lower())
    return not fact and bool(_LAST.search(sentence[: cue.start])) and sentence[cue.end : cue.end + 1] in (".", ",", "")


def aimed(text: str, stems: Set[str], language: str = "en") -> bool:
    """Whether ``text`` gives one of ``stems`` as an aim: "was chosen to play"."""
    if language != "en":
        return False
    return any(t.key in stems and regex.search(r"\bto\s$", text[: t.start]) for t in tokens(text, language))


@cache
def _pattern(kind: Kind, language: str) -> regex.Pattern[str] | None:
    words = _LISTS[kind].get(language)
    # "May" with a capital inside a sentence is the month.
    return regex.compile(rf"(?<![\w'’-])(?!(?-i:May)\b)(?:{words})(?![\w-])", regex.IGNORECASE) if words else None
