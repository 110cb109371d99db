"""Quotations and statements of a claim against its evidence: the words, and who is said to have spoken them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from briefing.text.facts.cues import Kind, cues
from briefing.text.facts.difference import Difference, Evidence
from briefing.text.facts.names import names, unknown, vocabulary
from briefing.text.facts.quotes import (
    Quotation,
    outside,
    plain,
    quotations,
    speaker_phrase,
    spoken,
    stands_in,
    titled,
)
from briefing.text.facts.thesaurus import synonyms
from briefing.text.facts.tokens import key, keys
from briefing.text.sentences import sentences

# Fewer quoted words are a term or a title; as many are somebody's speech.
_SPOKEN = 5
# A statement is the one that shares this much of its words.
_SHARE = 0.5
# Shorter pieces of context name a publisher or an author.
_IDENTITY = 5
_TITLES = frozenset("mr mrs ms dr sir the of a an".split())
_PRONOUN = regex.compile(
    r"\s*(?:he|she|they|it|we|i|who|er|sie|es|il|elle|ils|elles|él|ella|ellos)\s*", regex.IGNORECASE
)
_PLURAL = regex.compile(r"\p{Ll}s\s*$|\bpolice\s*$", regex.IGNORECASE)
# Words for speakers that may be told one for another.
_ALIKE = tuple(
    frozenset(map(key, words.split()))
    for words in (
        "officials official authorities police investigators prosecutors deputies officers sheriff government ministry "
        "department agency spokesman spokeswoman spokesperson statement administration",
        "researchers scientists experts doctors study authors analysts economists scholars report paper team",
        "company firm bank executives officials spokesman spokeswoman spokesperson management statement report",
        "witnesses neighbors neighbours residents locals villagers people bystanders",
    )
)


class _Statement(NamedTuple):
    """Who says something and the stems of what is said; ``known`` where the speaker is more than a pronoun."""

    who: str
    words: frozenset[str]
    text: str

    @property
    def known(self) -> bool:
        return bool(keys(self.who)) and not _PRONOUN.fullmatch(self.who)


def quotation_differences(
    claim: str, evidence: Sequence[Evidence], context: Sequence[Evidence], language: str = "en"
) -> Iterator[Difference]:
    """Quoted words that the evidence does not hold or does not quote, and words given to another speaker."""
    found = list(_quotations(claim, evidence, context, language))
    yield from found
    if not any(d.check == "quotation" for d in found):
        yield from _statements(claim, evidence, context, language)


def _quotations(
    claim: str, evidence: Sequence[Evidence], context: Sequence[Evidence], language: str
) -> Iterator[Difference]:
    together = " ".join(e.text for e in evidence)
    aloud = spoken(together)
    attributed = any(c.kind is Kind.SAID and outside(claim, c.start) for c in cues(claim, language))
    for quotation in quotations(claim, language):
        long = len(quotation.text.split()) >= _SPOKEN
        if not stands_in(quotation.text, together) and not stands_in(quotation.text, aloud):
            if not titled(quotation.text):
                yield Difference("quotation", f"the cited words do not hold “{quotation.text}”")
            continue
        speakers = [s for e in (*evidence, *context) if (s := _speaker_of(quotation, e))]
        if quotation.speaker and speakers and not any(_same_person(quotation.speaker, s) for s in speakers):
            yield Difference("quotation", f"the claim has {quotation.speaker} say what {speakers[0]} said")
        elif long and attributed and not titled(quotation.text) and not _quoted(quotation, aloud, context):
            yield Difference("quotation", f"the cited words do not quote anybody with “{quotation.text}”")
        elif speakers and long and not attributed:
            yield Difference("attribution", f"the claim leaves out that {speakers[0]} said it", severe=False)


def _quoted(quotation: Quotation, aloud: str, context: Sequence[Evidence]) -> bool:
    """Whether the words stand in quotation marks, which may open or close in a sentence beside."""
    return (
        stands_in(quotation.text, aloud)
        or any(stands_in(quotation.text, spoken(e.text)) for e in context)
        or (
            any(regex.search(r'[“”„«»"]', e.text) for e in context)
            and stands_in(quotation.text, spoken(_joined(context)))
        )
    )


def _joined(context: Sequence[Evidence]) -> str:
    return " ".join(e.text for e in context)


def _statements(
    claim: str, evidence: Sequence[Evidence], context: Sequence[Evidence], language: str
) -> Iterator[Difference]:
    theirs = [s for e in evidence if e.language == language for s in _told(e.text, language)]
    for ours in _told(claim, language) if theirs else ():
        if not ours.known:
            continue
        alike = [s for s in theirs if len(ours.words & s.words) >= max(2.0, _SHARE * len(ours.words))]
        if alike and not any(_may_be(ours, s, context, language) for s in alike):
            yield Difference("quotation", f"the claim has {ours.who.strip()} say what {alike[0].who.strip()} said")


@lru_cache(maxsize=4096)
def _told(text: str, language: str) -> tuple[_Statement, ...]:
    found = []
    for start, end in sentences(text, language):
        sentence = text[start:end]
        for cue in cues(sentence, language):
            if cue.kind is Kind.SAID and outside(sentence, cue.start):
                who = speaker_phrase(sentence, cue.start, cue.end)
                found.append(_Statement(who, frozenset(keys(sentence, language)) - set(keys(who, language)), sentence))
    return tuple(found)


def _may_be(ours: _Statement, theirs: _Statement, context: Sequence[Evidence], language: str) -> bool:
    """Whether two speakers may be one; whoever stays unnamed ("he", "the minister") may be anybody."""
    if not theirs.known:
        return True
    our_names, their_names = names(ours.who, language), names(theirs.who, language)
    if (
        our_names
        and their_names
        and not any(len(e.text.split()) <= _IDENTITY and _same_person(e.text, ours.who) for e in context)
    ):
        words = vocabulary([theirs.who])
        initials = frozenset(w for n in their_names for w in ("".join(p[0] for p in n.parts),))
        return any(len(unknown(n, words, initials)) < len(n.parts) for n in our_names) or _share_words(ours, theirs)
    if our_names and any(len(e.text.split()) <= _IDENTITY and _same_person(e.text, ours.who) for e in context):
        # The publisher reports what others said.
        return True
    if our_names:
        # "Officials" is not one of them, unless he stands in their sentence; "the minister" may be.
        plural = (
            any(w.endswith("s") for w in regex.findall(r"\p{L}+", theirs.who)[-1:]) or "police" in theirs.who.lower()
        )
        return not plural or any(_same_person(n.text, theirs.text) for n in our_names)
    if _share_words(ours, theirs):
        return True
    held = vocabulary([theirs.text, *(e.text for e in context)])
    return bool(their_names) and not held.isdisjoint(vocabulary([ours.who]) - _TITLES)


def _share_words(ours: _Statement, theirs: _Statement) -> bool:
    a, b = set(keys(ours.who)), set(keys(theirs.who))
    if a & b or any(a & group and b & group for group in _ALIKE):
        return True
    return any(synonyms(x, y) for x in a for y in b)


def _speaker_of(quotation: Quotation, evidence: Evidence) -> str:
    words = plain(quotation.text)
    for other in quotations(evidence.text, evidence.language):
        if words.strip() in plain(other.text):
            return other.speaker
    return ""


def _same_person(a: str, b: str) -> bool:
    return bool(vocabulary([a]) & vocabulary([b]) - _TITLES)
