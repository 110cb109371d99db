"""What a number is of: 80 vehicles are no 80 passengers. English only, whose thesaurus knows what is a kind of what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from briefing.text.facts.difference import Difference, Evidence
from briefing.text.facts.figures import figures, stands_for
from briefing.text.facts.numbers import Number
from briefing.text.facts.thesaurus import holds, kind_of, nominal, synonyms
from briefing.text.facts.tokens import key
from briefing.text.words import fold

# From a number to the noun that it counts: "12 of the other new ferries". A plural, for which English has an ending.
_NO_NOUN = (
    "is|are|was|were|be|been|has|have|had|will|would|could|can|may|might|must|and|or|but|to|in|on|at|by|for|with|from|than"
    "|that|who|which|as|after|before|of|per|a|an|said|says|while|when|if|not|more|less|into|since"
)
_COUNTED = regex.compile(
    r"(?:[\s-]+(?:of|the|its|their|his|her|all|these|those|other|more|additional|or))*"
    rf"(?:[\s-]+(?!\p{{Lu}})(?!(?:{_NO_NOUN})\b)[\p{{L}}’'-]+){{0,3}}?"
    r"[\s-]+(?P<noun>people|men|women|children|police|(?!\p{Lu})[\p{L}-]{3,}(?<!s|u|i)s)(?![\p{L}’'])"
)
_SHARES = frozenset({"%", "points"})
_PERSON_LEVELS, _LEVELS = 6, 4
# Those who are counted one by one and those who are counted together, which the thesaurus takes for people as well.
_TOGETHER = frozenset(map(key, "families family households household homes couples groups teams crews".split()))
_PEOPLE = frozenset(map(key, "people persons residents men women children civilians victims others".split()))


def thing_differences(claim: str, evidence: Sequence[Evidence], language: str = "en") -> Iterator[Difference]:
    """Numbers that the evidence gives of other things than the claim, by the nouns right behind them."""
    if language != "en":
        return
    given = [(n, e) for e in evidence if e.language == "en" for n in figures(e.text, "en")]
    for number in figures(claim, "en"):
        ours = counted_noun(claim, number)
        theirs = [counted_noun(e.text, n) for n, e in given if stands_for(number, n)]
        if not ours or not theirs or not all(theirs) or any(_may_be(ours, other) for other in theirs):
            continue
        of = "of " if number.unit in _SHARES else ""
        said = number.text.strip()
        yield Difference("unit", f"the claim says {said} {of}{ours}, the cited words say {said} {of}{theirs[0]}")


@lru_cache(maxsize=4096)
def counted_noun(text: str, number: Number) -> str:
    """The plural that a count is of, or a share of; empty where none stands there."""
    if number.unit and number.unit not in _SHARES:
        return ""
    found = _COUNTED.match(text, number.end)
    return found["noun"] if found else ""


def _may_be(ours: str, theirs: str) -> bool:
    """Whether what is counted may be told so: a word for the same, or a broader or narrower one."""
    a, b = key(fold(ours)), key(fold(theirs))
    if a == b or (a[:5] == b[:5] and len(a) > 4) or not (_noun(ours) and _noun(theirs)):
        return True
    if (a in _TOGETHER) != (b in _TOGETHER) and (a in _PEOPLE or b in _PEOPLE):
        return False
    if a in _PEOPLE or b in _PEOPLE:
        return _persons(a) and _persons(b)
    return synonyms(a, b) or kind_of(b, a, _LEVELS) or kind_of(a, b, _LEVELS)


def _persons(stem: str) -> bool:
    return stem in _PEOPLE or any(kind_of(stem, key(w), _PERSON_LEVELS) for w in ("person", "individual"))


def _noun(word: str) -> bool:
    """Whether a word in -s can be no verb's: "deaths", not "dies"; the plurals without one are known."""
    stem = key(fold(word))
    return holds(stem) and (word[-1] == "s" or nominal(stem) or stem in _PEOPLE)
