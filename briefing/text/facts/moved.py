"""Facts moved from one event to another: the day of one sentence, told of what another sentence tells.

Every fact of a claim may stand in the cited words and the claim be false for all that. So each fact is looked up with
the words around it: if they stand in a sentence that gives another day, number or name in its place, and the fact
stands in one that has hardly any of these words, it was told of something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from briefing.text.facts.dates import Day, dates, same_day
from briefing.text.facts.difference import Difference, Evidence
from briefing.text.facts.figures import figures, stands_for
from briefing.text.facts.kindred import kin
from briefing.text.facts.names import Name, names, unknown, vocabulary
from briefing.text.facts.numbers import Number
from briefing.text.facts.tokens import tokens
from briefing.text.sentences import sentences

_CLAUSE = regex.compile(
    r"[,;:()—–]|(?<!\w)(?:and|but|while|after|before|when|because|which|who|und|aber|während|nachdem|bevor|weil|et|mais"
    r"|tandis|après|avant|qui|y|pero|mientras|después|antes)(?!\w)",
    regex.IGNORECASE,
)
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# Fewer words around a fact say too little of what it is told of.
_FEWEST = 2
# The words of another event: a third at most stands where the fact stands, two of three where it does not.
_FEW, _MOST = 0.34, 0.66


class _Fact(NamedTuple):
    check: str
    start: int
    end: int
    text: str
    stands: Callable[[Evidence], bool]
    rivals: Callable[[Evidence], list[str]]


def moved_differences(claim: str, evidence: Sequence[Evidence], language: str = "en") -> Iterator[Difference]:
    """The days, numbers and names of ``claim`` that the evidence gives of something else."""
    told = [s for e in evidence if e.language == language for s in _split(e)]
    if len(told) < 2:
        return
    for fact in (*_days(claim, told, language), *_numbers(claim, language), *_names(claim, language)):
        standing = [e for e in told if fact.stands(e)]
        around = _around(claim, fact, language)
        if not standing or len(around) < _FEWEST:
            continue
        shares = {e: len(around & _keys(e)) / len(around) for e in told}
        about = max(told, key=lambda e: shares[e])
        if about in standing or shares[about] < _MOST or max(shares[e] for e in standing) > _FEW:
            continue
        if rivals := fact.rivals(about):
            said = f"the cited words say {rivals[0]} of it, and {fact.text} of something else"
            yield Difference(fact.check, f"the claim says {fact.text}, {said}")


def _around(claim: str, fact: _Fact, language: str) -> frozenset[str]:
    """The stems of the clause that a fact stands in, without its own; "On Friday, ..." belongs to the next clause."""
    told = [t for t in tokens(claim, language) if not fact.start <= t.start < fact.end]
    cuts = [0, *(m.start() for m in _CLAUSE.finditer(claim)), len(claim)]
    low = max(c for c in cuts if c <= fact.start)
    near: frozenset[str] = frozenset()
    for high in (c for c in cuts if c >= fact.end):
        near = frozenset(t.key for t in told if low <= t.start < high)
        if len(near) >= _FEWEST:
            break
    return near


def _days(claim: str, told: Sequence[Evidence], language: str) -> Iterator[_Fact]:
    published = next((e.published for e in told if e.published), None)
    for day, bare in zip(dates(claim, language, published), dates(claim, language), strict=True):

        def stands(e: Evidence, day: Day = day, bare: Day = bare) -> bool:
            given = dates(e.text, e.language, e.published)
            return any(same_day(day, g, e.published) for g in given) or any(
                bare.weekday is not None and bare.weekday == g.weekday for g in dates(e.text, e.language)
            )

        def rivals(e: Evidence, bare: Day = bare) -> list[str]:
            return [g.text for g in dates(e.text, e.language) if _kind(g) == _kind(bare)]

        yield _Fact("date", day.start, day.end, day.text, stands, rivals)


def _kind(day: Day) -> tuple[bool, bool, bool]:
    return (day.month is not None, day.month is None and day.weekday is not None, day.relative is not None)


def _numbers(claim: str, language: str) -> Iterator[_Fact]:
    for number in figures(claim, language):

        def stands(e: Evidence, number: Number = number) -> bool:
            return any(stands_for(number, n) for n in figures(e.text, e.language))

        def rivals(e: Evidence, number: Number = number) -> list[str]:
            return [n.text.strip() for n in figures(e.text, e.language) if n.unit == number.unit]

        if number.unit != "ordinal":
            yield _Fact("number", number.start, number.end, number.text.strip(), stands, rivals)


def _names(claim: str, language: str) -> Iterator[_Fact]:
    words = vocabulary([claim])
    for name in names(claim, language):

        def stands(e: Evidence, name: Name = name) -> bool:
            return len(unknown(name, vocabulary([e.text]), frozenset())) < len(name.parts)

        def rivals(e: Evidence, name: Name = name) -> list[str]:
            beside = _beside(claim, name)
            return [
                n.text
                for n in names(e.text, e.language)
                if len(unknown(n, words, frozenset())) == len(n.parts)
                and beside & _beside(e.text, n)
                and _place(n) == _place(name)
            ]

        yield _Fact("name", name.start, name.end, name.text, stands, rivals)


def _place(name: Name) -> bool:
    return any(kin(p) is not None for p in name.parts)


def _beside(text: str, name: Name) -> frozenset[tuple[str, str]]:
    """The words right before and behind a name, each with its side: what stands in its place has one of them."""
    before, after = _WORD.findall(text[: name.start])[-1:], _WORD.findall(text[name.end :])[:1]
    return frozenset((side, word[0].casefold()) for side, word in (("before", before), ("after", after)) if word)


@lru_cache(maxsize=1024)
def _split(evidence: Evidence) -> tuple[Evidence, ...]:
    return tuple(evidence._replace(text=evidence.text[a:b]) for a, b in sentences(evidence.text, evidence.language))


def _keys(evidence: Evidence) -> frozenset[str]:
    return frozenset(t.key for t in tokens(evidence.text, evidence.language))
