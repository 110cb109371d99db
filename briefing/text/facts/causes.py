"""Causes that the source does not give, and sentences of two sources made into one.

A claim that joins two statements says more than both: that one led to the other, or that one person did both. Where
the two come from two sentences, one of these has to say so too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from briefing.text.facts.cues import Kind, cues
from briefing.text.facts.names import Name, names, unknown, vocabulary
from briefing.text.facts.thesaurus import synonyms
from briefing.text.facts.tokens import keys, tokens

Found = tuple[str, str, bool]

# What leans on the sentence before: "This led to ...".
_LEANS = regex.compile(
    r"\W*(?:this|that|it|these|those|they|he|she|as a result|therefore|das|dies|deshalb|ce|cela|esto)\b",
    regex.IGNORECASE,
)
_TIED = {
    # Words that put one event before or under another; where the claim alone has them, it has made them up.
    "en": regex.compile(
        r"\b(?:after|following|amid|in the wake of|(?<=,\s)as|since|when|(?<=\w\s)as(?=\s(?:the\s)?[\p{L}’'-]+\s"
        r"(?:[\p{L}’'-]+\s)?\p{L}+(?:ed|ell|ose|ew)\b)|before)\b",
        regex.IGNORECASE,
    ),
}
# "... and visited the school", ", who visited the school", "before visiting the school": the same subject goes on.
_SAME_SUBJECT = regex.compile(
    r"(?:,?\s(?:and|then|but)\s(?:(?:then|also|later|has|had|was|were|is|he|she|it|they)\s)*|,\s(?:who|which)\s(?:\w+ly\s|has\s|had\s|was\s)?"
    r"|\s(?:before|after|while|by)\s(?=\w+ing\b))(?=\p{Ll})"
)
_PRONOUN = regex.compile(r"\b(?:he|she|they|it|who|his|her|their|its|we|i)\b", regex.IGNORECASE)
# A part of a claim stands in a sentence that holds so much of it.
_SHARE = 0.5
_ALONE = 0.34
_LEAST = 2


class _Part(NamedTuple):
    """A part of a claim: its words of content and the index of the sentence that holds most of them (-1: none)."""

    keys: frozenset[str]
    at: int


def unfounded_causes(claim: str, given: Sequence[str], language: str = "en") -> Iterator[Found]:
    """A cause that no sentence of the evidence gives, and an order of events that none does, once each."""
    told = tokens(claim, language)
    held = [frozenset(keys(sentence, language)) for sentence in given]
    for cue in cues(claim, language):
        if cue.kind is not Kind.CAUSE:
            continue
        sides = _sides(claim, cue.start, cue.end, language)
        if not any(_causes(s, k, sides, language) for s, k in zip(given, held, strict=True)):
            yield "cause", f"the cited words give no such cause, the claim says “{cue.text}”", False
            return
    pattern = _TIED.get(language)
    for match in pattern.finditer(claim) if pattern and len(given) > 1 else ():
        sides = _sides(claim, match.start(), match.end(), language)
        parts = [_part(side, held, language) for side in sides]
        if _apart(parts, held, language) and not any(_tied(given[p.at], language) for p in parts):
            yield "cause", f"the cited words do not join what the claim joins by “{match.group()}”", False
            return
    if language == "en":
        yield from _another_subject(claim, given, held, len(told))


def _sides(claim: str, start: int, end: int, language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of content on both sides of what joins them; where it opens the claim, its comma parts them."""
    told = tokens(claim, language)
    before = frozenset(t.key for t in told if t.end <= start)
    after = frozenset(t.key for t in told if t.start >= end)
    comma = claim.find(",", end)
    if not before and comma > 0:
        return frozenset(t.key for t in told if t.start >= comma), frozenset(
            t.key for t in told if end <= t.start < comma
        )
    return before, after


def _causes(sentence: str, held: frozenset[str], sides: tuple[frozenset[str], frozenset[str]], language: str) -> bool:
    """Whether a sentence joins words of both sides by a cause; one side may stand in the sentence before."""
    if not any(c.kind is Kind.CAUSE for c in cues(sentence, language)):
        return False
    met = [sum(_told(k, held, language) for k in side) if side else 1 for side in sides]
    # What leans on the sentence before, or names the same reason in several words, need not name the effect again.
    return all(met) or (any(met) and bool(_LEANS.match(sentence))) or met[1] > _LEAST


def _told(word: str, held: frozenset[str], language: str) -> bool:
    return word in held or (language == "en" and any(synonyms(word, k) for k in held))


def _part(side: frozenset[str], held: Sequence[frozenset[str]], language: str) -> _Part:
    shares = [len(side & k) for k in held]
    best = max(range(len(held)), key=shares.__getitem__)
    return _Part(side, best if len(side) >= _LEAST and shares[best] >= _SHARE * len(side) else -1)


def _apart(parts: Sequence[_Part], held: Sequence[frozenset[str]], language: str) -> bool:
    """Whether two parts stand in two sentences, of which neither holds much of both."""
    a, b = parts
    if a.at < 0 or b.at < 0 or a.at == b.at:
        return False
    return not any(
        len(own & k) > _ALONE * len(own) and len(other & k) > _ALONE * len(other)
        for k in held
        for own, other in ((a.keys - b.keys, b.keys - a.keys),)
    )


def _tied(sentence: str, language: str) -> bool:
    """Whether a sentence refers to another event or leans on the sentence before."""
    pattern = _TIED.get(language)
    return bool(_LEANS.match(sentence) or (pattern and pattern.search(sentence))) or any(
        c.kind is Kind.CAUSE for c in cues(sentence, language)
    )


def _another_subject(claim: str, given: Sequence[str], held: Sequence[frozenset[str]], length: int) -> Iterator[Found]:
    """What one did, told of another by joining two sentences: "and visited the school"."""
    for match in _SAME_SUBJECT.finditer(claim):
        before, after = claim[: match.start()], claim[match.end() :]
        if match.group().strip().startswith((", who", ", which")):
            after = after.split(",")[0]
        after = regex.split(r"[;:]|,\s(?:and|but|who|which|while)\b|\s(?:and|but|while)\s", after)[0]
        own = frozenset(keys(after))
        part = _part(own, held, "en")
        who = _subject(before)
        if (
            part.at < 0
            or not who
            or any(_same(who, s) for s, k in zip(given, held, strict=True) if len(own & k) >= _SHARE * len(own))
        ):
            continue
        subject = _first(given[part.at])
        # "The company" may be Lorne Motors.
        if subject and not (who[0:4] == "The " and names(subject, "en")):
            yield "roles", f"the claim says of {who} what the cited words say of {subject}", True
            return


def _subject(text: str) -> str:
    """The name or noun that a claim opens with, up to its verb."""
    opening = [n for n in names(text, "en") if n.start <= 4]
    if opening:
        return opening[0].text
    match = regex.match(
        r"(?:The|An?)\s(?:[\p{L}’'-]+\s){1,3}?(?=\p{Ll}+(?:ed|s)\b|in\b|of\b|was\b|is\b|had\b|has\b)", text
    )
    return match.group().strip() if match else ""


def _first(sentence: str) -> str:
    """Who a sentence opens with, where that is a name or somebody new: "Olaf Brandt", "a baker", "police"."""
    opening = regex.match(r"\W*(?:(?:On|In|At)\s[^,]{2,30},\s)?", sentence)
    start = opening.end() if opening else 0
    for name in names(sentence, "en"):
        if start <= name.start <= start + 4:
            return name.text
    new = regex.match(r"(?:An?|Two|Three|Four|Some|Several|Many|Police)\b(?:\s[\p{L}’'-]+){0,2}", sentence[start:])
    return new.group() if new else ""


def _same(who: str, sentence: str) -> bool:
    """Whether ``who`` may be meant in a sentence: by a part of the name, initials, a pronoun or "the company"."""
    if _PRONOUN.search(sentence) or not _first(sentence):
        return True
    words = frozenset(keys(who))
    return bool(words & frozenset(keys(sentence))) or not unknown(
        Name(0, len(who), who), vocabulary([sentence]), frozenset()
    )
