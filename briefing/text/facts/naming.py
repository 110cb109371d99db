"""The names of a claim that its evidence does not give."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from briefing.text.facts.difference import Difference, Evidence
from briefing.text.facts.kindred import kin
from briefing.text.facts.names import Name, acronyms, names, part, unknown, vocabulary
from briefing.text.facts.thesaurus import listed
from briefing.text.facts.tokens import key, keys

_LATIN = regex.compile(r"\p{Latin}")
_CAPITALISED = regex.compile(r"(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{M}]+")
_LETTERS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# Words of a headline that have their capital from its style begin where most long words have one.
_TITLED, _LONG, _FEWEST = 0.7, 4, 5
_DETERMINERS = frozenset(
    "the a an this that his her their its our der die das den dem des ein eine einen einem einer eines kein keine "
    "dieser diese dieses sein seine ihr ihre im am zum zur beim vom le la les l un une des du ce cette son sa ses leur "
    "el los las una unos unas del al este esta su sus".split()
)
_CLUSTERS = (
    ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("sh", "s"), ("ch", "k"), ("kh", "k"), ("ph", "f"), ("th", "t"),
    ("dj", "j"), ("gh", "g"), ("qu", "k"), ("q", "k"), ("ck", "k"), ("c", "k"), ("w", "v"), ("z", "s"), ("x", "ks"),
    ("h", ""),
)  # fmt: skip
_SKELETON = 3
_PREFIX, _SHARE = 4, 0.6
_ACRONYM = 5
_NEAREST = 0.7


def strange_names(claim: str, evidence: Sequence[Evidence], language: str = "en") -> tuple[tuple[str, float], ...]:
    """The names of ``claim`` that the evidence does not hold, with the share of their parts that is missing."""
    return tuple((name.text, len(missing) / len(name.parts)) for name, missing in _strange(claim, evidence, language))


def name_differences(
    claim: str, evidence: Sequence[Evidence], context: Sequence[Evidence], language: str, article: Evidence | None
) -> list[Difference]:
    """Names that neither the evidence gives nor, where it leaves open whom it means, the text around it."""
    strange = _strange(claim, evidence, language)
    if not strange:
        return []
    lost, words = _lost(claim, evidence, language), vocabulary(e.text for e in evidence)
    around = {n.start for n, _ in _strange(claim, (*evidence, *context), language)} if context else None
    return [
        Difference("name", f"the cited words do not name {name.text}")
        for name, _ in strange
        if not (
            _told_in_full(name, words, article)
            or (
                ((around is not None and name.start not in around) or _stands_in(name, article))
                and not any(_place(name) == _place(other) for other in lost)
            )
        )
    ]


def _told_in_full(name: Name, words: frozenset[str], article: Evidence | None) -> bool:
    """Whether the article gives in full a name of which the ``words`` of the evidence are a part."""
    return len(unknown(name, words, frozenset())) < len(name.parts) and _stands_in(name, article)


def _stands_in(name: Name, article: Evidence | None) -> bool:
    """Whether the article holds the name as it stands; a country, in any of its forms."""
    if article is None:
        return False
    plain = regex.sub(r"['’]s?$", "", name.text)
    return plain in article.text or (_place(name) and not unknown(name, vocabulary([article.text]), frozenset()))


def _place(name: Name) -> bool:
    """Whether a name is a country's or a city's: it does not stand in a person's place."""
    return any(kin(p) is not None for p in name.parts)


def _strange(claim: str, evidence: Sequence[Evidence], language: str) -> list[tuple[Name, tuple[str, ...]]]:
    if not any(_LATIN.search(e.text) for e in evidence):
        # Names in another script are not the claim's letters.
        return []
    words = vocabulary(e.text for e in evidence)
    initials = frozenset().union(*(acronyms(e.text) for e in evidence))
    abroad = all(e.language != language for e in evidence)
    titled = headlined(claim)
    found = []
    for name in names(claim, language):
        missing = unknown(name, words, initials)
        if missing and abroad:
            missing = _untranslated(claim, name, missing, words, language)
        if missing and (titled or name.opens) and not abroad:
            missing = _capital_by_place(claim, name, missing, titled, evidence, language)
        if missing:
            found.append((name, missing))
    return found if abroad else [*found, *((n, n.parts) for n in _replaced_nouns(claim, evidence, language))]


def headlined(text: str) -> bool:
    """Whether the words of ``text`` have the capitals of an English headline."""
    long = [w for w in _LETTERS.findall(text) if len(w) >= _LONG]
    return (
        len(long) >= _FEWEST and text.rstrip()[-1:] != "." and sum(w[0].isupper() for w in long) >= _TITLED * len(long)
    )


def _capital_by_place(
    claim: str, name: Name, missing: tuple[str, ...], titled: bool, evidence: Sequence[Evidence], language: str
) -> tuple[str, ...]:
    """The missing parts without common words that have their capital from the headline or the sentence they open."""
    first = part(_LETTERS.findall(name.text)[0])
    kept = tuple(
        p
        for p in missing
        if kin(p) is not None or not (titled or p == first) or (language == "en" and not listed(key(p)))
    )
    # "Officials" for "Police" is no name for all that.
    alone = not titled and len(name.parts) == 1 and not name.text.endswith("s")
    return missing if not kept and alone and _takes_a_place(claim, name, evidence) else kept


def _takes_a_place(claim: str, name: Name, evidence: Sequence[Evidence]) -> bool:
    """Whether a name of the evidence that the claim leaves out stands between the same two words."""
    between = _neighbours(claim, name.start, name.end)
    told = vocabulary([claim])
    if between[0] in _DETERMINERS or not between[1]:
        return False
    return any(
        between == _neighbours(e.text, other.start(), other.end()) and part(other.group()) not in told
        for e in evidence
        for other in _CAPITALISED.finditer(e.text)
    )


def _neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    before, after = _LETTERS.findall(text[max(0, start - 30) : start]), _LETTERS.findall(text[end : end + 30])
    return (before[-1].casefold() if before else "", after[0].casefold() if after else "")


def _replaced_nouns(claim: str, evidence: Sequence[Evidence], language: str) -> list[Name]:
    """German names of one word, which look like any noun, where they stand in another name's place."""
    if language != "de":
        return []
    words = vocabulary(e.text for e in evidence)
    found = (Name(m.start(), m.end(), m.group(), m.start() == 0) for m in _CAPITALISED.finditer(claim))
    return [n for n in found if n.parts and unknown(n, words, frozenset()) and _takes_a_place(claim, n, evidence)]


def _untranslated(
    claim: str, name: Name, missing: tuple[str, ...], words: frozenset[str], language: str
) -> tuple[str, ...]:
    """The parts of a name that cannot be what ``words`` of another language say.

    Countries and cities are known by their names; other words by their letters, as far as spelling differs between
    languages. Common words ("the Foreign Ministry") and acronyms are translated, and left to a judge.
    """
    skeletons = _skeletons(words)
    body = _neighbours(claim, name.start, name.end)[0] in _DETERMINERS
    alone = len(_LETTERS.findall(name.text)) == 1

    def translated(p: str) -> bool:
        if body or (p.rstrip(".").upper() in name.text and len(p) <= _ACRONYM) or (alone and language != "en"):
            return True
        return language == "en" and (name.opens or not alone) and listed(key(p))

    return tuple(
        p for p in missing if kin(p) is not None or not (translated(p) or skeleton(p) in skeletons or _alike(p, words))
    )


def _alike(word: str, words: frozenset[str]) -> bool:
    return any(
        word[:_PREFIX] == w[:_PREFIX] and _common(word, w) >= _SHARE * min(len(word), len(w))
        for w in words
        if len(w) >= _PREFIX
    )


def _common(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


@lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """The consonants of a folded word, as languages spell them alike: Putin and Poutine both come to "ptn"."""
    plain = word
    for cluster, letter in _CLUSTERS:
        plain = plain.replace(cluster, letter)
    plain = regex.sub(r"(.)\1+", r"\1", plain[:1] + regex.sub(r"[aeiouyj]", "", plain[1:]))
    return plain if len(plain) >= _SKELETON else word


@lru_cache(maxsize=256)
def _skeletons(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(skeleton, words))


def _lost(claim: str, evidence: Sequence[Evidence], language: str) -> list[Name]:
    """The names of the sentences of the evidence that are most like the claim, as far as the claim leaves them out.

    "She" and "the minister" may be named elsewhere; but a name that stands in another's place is no such case.
    """
    told = set(keys(claim, language))
    shared = [len(told.intersection(keys(e.text, e.language))) for e in evidence]
    words, initials = vocabulary([claim]), acronyms(claim)
    return [
        name
        for e, count in zip(evidence, shared, strict=True)
        if count >= _NEAREST * max(shared)
        for name in names(e.text, e.language)
        if len(unknown(name, words, initials)) == len(name.parts)
    ]
