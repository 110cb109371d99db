"""What a claim says in words that its evidence neither holds nor has a relative of: "to prevent looting", "rural".

A model that invents seldom changes a word; it adds an attribute, a reason, a purpose, an object. A person who rewords
replaces words one by one. So strange words are not counted one by one either: only a phrase without one word of the
evidence, a strange word before a known one that it qualifies or right behind a number, and a strange noun in an
otherwise copied sentence. English only, since no other thesaurus is at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from briefing.text.facts.dates import dates
from briefing.text.facts.edits import copy_of
from briefing.text.facts.names import names
from briefing.text.facts.numbers import numbers
from briefing.text.facts.quotes import quotations
from briefing.text.facts.thesaurus import above, kind_of, nominal, synonyms, verbal
from briefing.text.facts.tokens import function_words, key, keys, tokens
from briefing.text.words import fold

# Words that tell nothing by themselves: light verbs, verbs of reporting, connectives, the most general nouns.
_LIGHT = frozenset(
    key(word)
    for word in """announce announcement report confirm reveal declare state tell add note explain claim describe
    mention warn speak call make take give get put go come become remain stay keep continue begin start end stop use
    need want seek plan expect intend aim try attempt decide allow enable permit let help cause lead result face deal
    follow involve concern relate base occur happen place carry reach spend
    new recent current latest additional further several various certain main key former other others same different
    such many more most much less least few enough high low long longer short larger bigger greater smaller wider
    next last first second early earlier
    late later own well due prior ahead amid among across along around near nearby against within without below before
    after since including include back away together still already now then ago soon mostly largely nearly
    almost approximately currently recently previously originally initially reportedly allegedly also however
    meanwhile thus therefore instead despite although though whether rather
    person people man woman resident worker employee employer citizen official authority member individual group team
    organisation organization company firm business country nation state government city town area region site
    location thing matter issue problem situation case event incident accident move decision step action effort
    measure way part number amount total rest half quarter day time year month week hour today night period age
    account deal agreement worth delay takeover nobody nothing none anyone everyone someone""".split()
)
_BREAK = regex.compile(
    r"[,;:()—–]|(?<!\w)(?:to|of|in|on|at|by|for|with|from|into|onto|upon|about|over|under|between|through|during|as|"
    r"because|while|until|after|before|since|among|against|without|within|across|along|around|near|despite|if|when|"
    r"where|who|which|that|whose|and|or|but|than|including|amid|due|like|via|per|towards?)(?!\w)",
    regex.IGNORECASE,
)
_AUXILIARY = regex.compile(
    r"(?<!\w)(?:is|are|was|were|be|been|being|has|have|had|to|will|would|could|can|may|might|must)\s$", regex.IGNORECASE
)
# Behind these a word may be a verb: it qualifies nothing.
_SUBJECTS = frozenset(
    "to will would could can may might must shall should he she it they who which that and or".split()
)
_JOINED = regex.compile(r"[\s-]")
_SAME, _INSIDE = 5, 4
# What a strange word counts: one that the evidence has a broader word or a sibling of may be another word for it.
_NARROWER, _SIBLING, _STRANGE = 0.5, 0.7, 1.0
_ELSEWHERE = 0.5
# Levels of the thesaurus that a word of the claim may stand above one of the evidence ("people" for "recruits").
_BROADER = 4
# A claim of fourteen words of content may hold one strange word that fills a phrase alone.
_MOST = 0.068
# A sentence that keeps so many of its words is a copy, in which every strange word is a change.
_COPIED = 0.85


class _Word(NamedTuple):
    """A word of content. ``strange`` is 0 for what the evidence has a word for and for what other checks compare;
    ``light`` words tell nothing, ``known`` ones stand in the evidence or are facts of their own (a ``number``)."""

    start: int
    end: int
    text: str
    key: str
    strange: float
    light: bool = False
    known: bool = False
    number: bool = False


def unfounded(
    claim: str, evidence: Sequence[str], context: Sequence[str] = (), language: str = "en", article: str = ""
) -> tuple[str, ...]:
    """The phrases of ``claim`` that neither ``evidence`` nor ``context`` (who "she" is) says, if they are too many.

    What stands elsewhere in the ``article`` is not invented and counts half. Empty where fewer are strange than people
    leave in paraphrases of that length, and in any language but English.
    """
    if language != "en":
        return ()
    read = _read(claim, evidence, context, article)
    found = [*_phrases(claim, read), *_qualifiers(claim, read)]
    strange = {word for phrase in found for word in phrase}
    if sum(word.strange for word in strange) >= _MOST * len(read) and strange:
        return _texts(claim, found)
    return _texts(claim, [*_changed(claim, read, evidence)])


def _texts(claim: str, found: Sequence[Sequence[_Word]]) -> tuple[str, ...]:
    spans = sorted({(phrase[0].start, phrase[-1].end) for phrase in found})
    inner = [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]
    return tuple(claim[a:b] for a, b in inner)


def _read(claim: str, evidence: Sequence[str], context: Sequence[str], article: str) -> list[_Word]:
    whole = frozenset(keys(article))
    held = frozenset(k for text in evidence for k in keys(text))
    near = frozenset(k for text in context for k in keys(text))
    counted = [(n.start, n.end) for n in numbers(claim)]
    checked = [(d.start, d.end) for d in dates(claim)] + [(q.start, q.end) for q in quotations(claim)]
    checked += [(n.start, n.end) for n in names(claim) if not n.opens or " " in n.text]
    read = []
    for start, end, stem, _ in tokens(claim):
        number = any(a <= start < b for a, b in counted)
        fact = number or any(a <= start < b for a, b in checked)
        light = not fact and stem in _LIGHT
        free = fact or light or stem in near
        strange = 0.0 if free else _strange(stem, held) * (_ELSEWHERE if stem in whole else 1.0)
        known = fact or (not light and strange == 0.0 and (stem in held or not _broader(stem, held)))
        read.append(_Word(start, end, claim[start:end], stem, strange, light, known, number))
    return read


def _phrases(claim: str, read: Sequence[_Word]) -> Iterator[Sequence[_Word]]:
    """Phrases between two joints of the sentence of which no word is known and one at least is strange."""
    cuts = [0, *(m.start() for m in _BREAK.finditer(claim)), len(claim)]
    for low, high in pairwise(cuts):
        words = [w for w in read if low <= w.start < high and not w.light]
        if words and not any(w.known for w in words) and max(w.strange for w in words) >= _SIBLING:
            if len(words) > 1 or not (verbal(words[0].key) and _AUXILIARY.search(claim[: words[0].start])):
                yield [w for w in words if w.strange]


def _qualifiers(claim: str, read: Sequence[_Word]) -> Iterator[Sequence[_Word]]:
    """Strange words that qualify a known one ("nuclear power"), or are what a number is of ("800 villages")."""
    counting = False
    for before, after in pairwise(read):
        if not _JOINED.fullmatch(claim[before.end : after.start]):
            counting = False
            continue
        # "800 villages", "a 3 million crowns bonus": what is counted stands behind the number or behind its unit.
        if (before.number or (counting and nominal(after.key))) and after.strange:
            yield [after]
        if before.strange and after.known and not after.number and _attribute(claim, before):
            yield [before]
        counting = before.number and not after.number and after.known


def _attribute(claim: str, word: _Word) -> bool:
    """Whether a word can stand for no verb, or stands behind an article, a preposition or a number."""
    if not verbal(word.key):
        return True
    before = regex.findall(r"[\p{L}\p{N}]+", claim[: word.start])[-1:]
    return any(w.isdigit() or (fold(w) in function_words("en") and fold(w) not in _SUBJECTS) for w in before)


def _changed(claim: str, read: Sequence[_Word], evidence: Sequence[str]) -> Iterator[Sequence[_Word]]:
    """The strange nouns of a sentence that is a copy but for them; verbs and adjectives have too many likes."""
    for sentence in evidence:
        copy = copy_of(claim, sentence)
        changed = [w for w in read if copy and w.start in copy.come and w.strange >= _NARROWER and nominal(w.key)]
        total = len(regex.findall(r"[\p{L}\p{N}]+", claim))
        if copy and changed and len(copy.come) <= (1 - _COPIED) * total:
            yield from ([w] for w in changed)
            return


@lru_cache(maxsize=65536)
def _alike(a: str, b: str) -> bool:
    """Whether two stems are of one family by their letters: "negotiat", "negoti"; "firefight", "fire"."""
    if a == b or (a[:_SAME] == b[:_SAME] and min(len(a), len(b)) >= _SAME):
        return True
    return min(len(a), len(b)) >= _INSIDE and (a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a))


def _strange(stem: str, held: frozenset[str]) -> float:
    if stem in held or any(_alike(stem, h) or synonyms(stem, h) for h in held) or _broader(stem, held):
        return 0.0
    if any(kind_of(stem, h, 2) for h in held):
        return _NARROWER
    return _SIBLING if any(not above(stem, 1).isdisjoint(above(h, 1)) for h in held) else _STRANGE


def _broader(stem: str, held: frozenset[str]) -> bool:
    """Whether only a broader word for one of the evidence: it is true, and says little."""
    if any(_alike(stem, h) or synonyms(stem, h) for h in held):
        return False
    return any(kind_of(h, stem, _BROADER) for h in held)
