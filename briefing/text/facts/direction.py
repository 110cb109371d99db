"""Which way: rose or fell, won or lost, before or after, bigger or smaller than.

A word is compared through the words beside it, so that a sentence in which one thing rose and another fell is read
right. Some pairs say the same with their sides changed: who lost to Northway was beaten by Northway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from briefing.text.facts.cues import Kind, cues
from briefing.text.facts.opposites import base, directed, opposites
from briefing.text.facts.thesaurus import synonyms
from briefing.text.facts.tokens import tokens

Found = tuple[str, str, bool]

# How many words of content on each side say what it is that rose.
_REACH = 3
_CONVERSE = frozenset(
    base(word)
    for word in "beat defeat win lose buy purchase sell lend borrow before after earlier later ahead behind".split()
)
_COMPARED = regex.compile(r"(?:\s[\w-]+){0,3}\sthan\b")
# Another thing rises or falls behind these.
_EDGE = regex.compile(r"[;:]|,?\s(?:while|whereas|but|as)\s|,\s(?:and\s)?(?=(?:the\s)?\p{L}+\s\p{L}+ed\b)")
_PASSIVE = regex.compile(r"\b(?:was|were|is|are|been|being|be)\s(?:\w+ly\s)?$")


class _Use(NamedTuple):
    """A word that has an opposite, and the words beside it: what it is said of, and what follows."""

    text: str
    base: str
    before: frozenset[str]
    after: frozenset[str]
    converse: bool

    @property
    def around(self) -> frozenset[str]:
        return self.before | self.after


def turned_round(claim: str, given: Sequence[str], language: str = "en") -> Iterator[Found]:
    """Where ``claim`` gives something the direction that the cited words deny it."""
    pairs = opposites(language)
    ours = _uses(claim, language)
    theirs = [use for sentence in given for use in _uses(sentence, language)] if ours else []
    told = {use.base for use in ours}
    held = {use.base for use in theirs}
    for use in ours:
        against = pairs[use.base]
        side = {use.base} | {w for w, others in pairs.items() if others & against} - against
        same = [other for other in theirs if other.base in side]
        agreed = max((_overlap(use, other, same=True, language=language) for other in same), default=0)
        if not same and against & told:
            continue
        for other in theirs:
            turned = other.base in against or (other.base == use.base and use.converse and other.base in held)
            if not turned or _overlap(use, other, same=other.base == use.base, language=language) >= 0:
                continue
            if agreed < -_overlap(use, other, same=other.base == use.base, language=language):
                yield "direction", f"the claim says {use.text}, the cited words say {other.text}", True
                return


def _overlap(ours: _Use, theirs: _Use, *, same: bool, language: str) -> int:
    """How many of the words beside two uses say that they agree; below zero where they say the contrary."""
    straight = len(ours.before & theirs.before) + len(ours.after & theirs.after)
    crossed = (len(ours.before & theirs.after), len(ours.after & theirs.before))
    if ours.converse and theirs.converse:
        if same:
            return -sum(crossed) if all(crossed) and sum(crossed) > straight else straight
        return sum(crossed) if sum(crossed) > straight else -straight
    shared = len(ours.around & theirs.around) or int(
        language == "en" and any(synonyms(a, b) for a in ours.around for b in theirs.around)
    )
    return shared if same else -shared


def _uses(text: str, language: str) -> list[_Use]:
    pairs = opposites(language)
    listed = [word for word in directed(text, language) if word.base in pairs]
    if not listed:
        return []
    told = tokens(text, language)
    denied = {g for c in cues(text, language) if c.kind is Kind.NOT for g in c.governs[:2]}
    found = []
    for word in listed:
        if word.base in denied:
            continue
        low = max((m.end() for m in _EDGE.finditer(text, 0, word.start)), default=0)
        edge = _EDGE.search(text, word.end)
        before = frozenset([t.key for t in told if low <= t.start and t.end <= word.start][-_REACH:])
        after = frozenset([t.key for t in told if word.end <= t.start < (edge.start() if edge else len(text))][:_REACH])
        if _PASSIVE.search(text[: word.start]) and regex.match(r"\s(?:by|to|from)\b", text[word.end :]):
            before, after = after, before
        converse = word.base in _CONVERSE or bool(_COMPARED.match(text, word.end))
        found.append(_Use(word.text, word.base, before, after, converse))
    return found
