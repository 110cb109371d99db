"""Denial, doubt, attribution, direction and cause of a claim against its evidence, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from briefing.text.facts.acts import swapped_roles
from briefing.text.facts.causes import unfounded_causes
from briefing.text.facts.copied import copied_differences
from briefing.text.facts.cue_words import CONDITION, EVERY, REFUSAL, SOME
from briefing.text.facts.cues import Cue, Kind, aimed, asserted, cues, speaker
from briefing.text.facts.direction import turned_round
from briefing.text.facts.ordering import orders
from briefing.text.facts.quotes import outside
from briefing.text.facts.strength import as_weak
from briefing.text.facts.thesaurus import antonyms, synonyms
from briefing.text.facts.tokens import key, tokens
from briefing.text.sentences import sentences

Found = tuple[str, str, bool]

_LOSABLE = (Kind.NOT, Kind.DOUBT, Kind.INTENT)
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*")
_SHARE = 0.5
# So much of a claim stands in the clause that hangs on a condition.
_MOST = 0.6
# Words of content on each side of "rejected" that it may bear on.
_NEAR = 4
# Characters from "some" to what it counts: "some of the residents".
_REACH = 12
# These have a subject before the word that they bear on.
_UNDIRECTED = regex.compile(
    r"no|none|nobody|no one|neither|nor|if|whether|kein\w*|ob|falls|ni|si|aucune?|ning\w+|\w+ly|perhaps|"
    r".*(?:if|whether)",
    regex.IGNORECASE,
)
# Denials of less than the clause: "not only", "not all", "rather than waiting".
_PARTIAL = regex.compile(
    r"(?:not|n['’]t)\s(?:only|just|all|every\w*|necessarily|always|merely|simply|even|so|the\sonly)\b|no\s(?:longer|further|doubt)|"
    r"(?:rather\sthan|instead\sof|without|except|otherwise)\b",
    regex.IGNORECASE,
)
_NAMED = regex.compile(
    r"\b(?:the|an?|in|of|on|for|with|to|by|about|against|over|his|her|its|their|\w+['’]s)\s$", regex.IGNORECASE
)
# Adverbs that stand between "may" and its verb.
_BETWEEN = frozenset(
    key(w) for w in "soon also still even eventually already never well yet now later ultimately".split()
)


class _Sentence(NamedTuple):
    text: str
    cues: tuple[Cue, ...]
    keys: frozenset[str]


def governed_differences(claim: str, evidence: Sequence[str], language: str = "en") -> Iterator[Found]:
    """Differences as (check, reason, severe). A language without lists of cues yields few or none.

    Each sentence of the claim is compared by itself; each check reports once.
    """
    every = [text[a:b] for text in evidence for a, b in sentences(text, language)]
    given = [sentence for sentence in every if not orders(sentence, language)]
    if not given:
        if every:
            yield "order", "the cited words order what to write, and state nothing", True
        return
    read = [_read(text, language) for text in given]
    found: dict[str, Found] = {}
    for a, b in sentences(claim, language):
        for difference in (
            *copied_differences(claim[a:b], given, language),
            *_governed(_read(claim[a:b], language), read, language),
        ):
            found.setdefault(difference[0], difference)
    yield from found.values()


def _read(text: str, language: str) -> _Sentence:
    return _Sentence(text, cues(text, language), frozenset(t.key for t in tokens(text, language)))


def _governed(claim: _Sentence, given: Sequence[_Sentence], language: str) -> Iterator[Found]:
    yield from _lost(claim, given, language)
    yield from _added_denial(claim, given, language)
    yield from _attribution(claim, given, language)
    yield from turned_round(claim.text, [s.text for s in given], language)
    yield from unfounded_causes(claim.text, [s.text for s in given], language)
    yield from _condition(claim, given, language)
    yield from _quantity(claim, given, language)
    yield from swapped_roles(claim.text, [s.text for s in given], language)


def strange_denials(claim: str, evidence: Sequence[str], language: str = "en") -> int:
    """How many denials of ``claim`` deny what no sentence of the evidence denies."""
    denied = {g for e in evidence for c in cues(e, language) if c.kind is Kind.NOT for g in c.governs[:2]}
    return sum(
        c.kind is Kind.NOT and bool(c.governs) and denied.isdisjoint(c.governs[:2]) for c in cues(claim, language)
    )


def _lost(claim: _Sentence, given: Sequence[_Sentence], language: str) -> Iterator[Found]:
    reported: set[Kind] = set()
    for sentence in given:
        for cue in sentence.cues:
            if cue.kind not in _LOSABLE or cue.kind in reported or _attributive(cue, sentence.text):
                continue
            if not _taken_up(cue, sentence, claim, language):
                continue
            shared = claim.keys & set(cue.governs)
            if any(as_weak(c, cue, copied=False) and (shared & set(c.governs) or not c.governs) for c in claim.cues):
                continue
            if _said_plainly(shared, cue.kind, given) or aimed(claim.text, shared, language):
                continue
            if cue.kind is Kind.NOT and (
                _contradicts(claim, shared, cue, language) or shared & _refused(claim.text, language)
            ):
                continue
            reported.add(cue.kind)
            words = " ".join(sentence.text[cue.start :].split()[:6])
            yield str(cue.kind), f"the cited words say “{words} ...”, the claim says it outright", True


def _attributive(cue: Cue, sentence: str) -> bool:
    """Whether a plan is only named by what it is: "the proposed merger"."""
    return bool(cue.kind is Kind.INTENT and cue.text.endswith("ed") and _NAMED.search(sentence[: cue.start]))


def _taken_up(cue: Cue, sentence: _Sentence, claim: _Sentence, language: str) -> bool:
    """Whether the claim repeats what the cue governs: the word it bears on, half of those that follow, and more
    of its sentence than these."""
    governed = [g for g in cue.governs if g not in _BETWEEN]
    first = governed[: 2 if _UNDIRECTED.fullmatch(cue.text) else 1]
    if not any(_told(g, claim, language) for g in first):
        return False
    nearest = governed[: 2 if cue.kind is Kind.NOT else 6]
    if sum(_told(g, claim, language) for g in nearest) < _SHARE * len(nearest):
        return False
    # One word in common, of a longer sentence about something else, is no clause taken up.
    return len(sentence.keys & claim.keys) >= min(3, len(claim.keys) / 2)


def _told(word: str, claim: _Sentence, language: str) -> bool:
    return word in claim.keys or (language == "en" and any(synonyms(word, k) for k in claim.keys))


def _said_plainly(words: frozenset[str], kind: Kind, given: Sequence[_Sentence]) -> bool:
    """Whether another sentence of the evidence holds the same words without such a cue."""
    return any(
        words <= sentence.keys and not words & {g for c in sentence.cues if c.kind is kind for g in c.governs}
        for sentence in given
    )


def _contradicts(claim: _Sentence, shared: frozenset[str], cue: Cue, language: str) -> bool:
    """Whether the claim says the denial by an opposite: "refused" for "did not accept"."""
    if language != "en":
        return False
    return any(antonyms(k, g) for k in claim.keys for g in cue.governs if k not in shared)


def _added_denial(claim: _Sentence, given: Sequence[_Sentence], language: str) -> Iterator[Found]:
    denied = {g for s in given for c in s.cues if c.kind is Kind.NOT for g in c.governs}
    denied |= {g for s in given for g in _refused(s.text, language)}
    held = frozenset().union(*(s.keys for s in given))
    for cue in claim.cues:
        if cue.kind is not Kind.NOT or not cue.governs or denied.intersection(cue.governs[:2]):
            continue
        if _PARTIAL.match(claim.text, cue.start) or not held.intersection(cue.governs[:2]):
            continue
        if language == "en" and any(antonyms(g, h) for g in cue.governs[:2] for h in held):
            continue
        yield "negation", f"the claim says “{cue.text}”, the cited words do not deny it", True


def _refused(text: str, language: str) -> set[str]:
    """The words near a denial in other words: what was rejected, opposed or missed."""
    pattern = REFUSAL.get(language)
    near: set[str] = set()
    for match in pattern.finditer(text) if pattern else ():
        told = tokens(text, language)
        near.update([t.key for t in told if t.start >= match.end()][:_NEAR])
        near.update([t.key for t in told if t.end <= match.start()][-_NEAR:])
    return near


def _attribution(claim: _Sentence, given: Sequence[_Sentence], language: str) -> Iterator[Found]:
    if any(c.kind in (Kind.SAID, Kind.DOUBT) and outside(claim.text, c.start) for c in claim.cues):
        return
    attributed = ""
    for sentence in given:
        if len(claim.keys & sentence.keys) < _SHARE * len(claim.keys):
            continue
        said = [c for c in sentence.cues if _reports(c, sentence.text)]
        if not said or any(_own_plan(c, sentence, claim, language) for c in said):
            return
        attributed = attributed or sentence.text[max(0, said[0].start - 30) : said[0].end].strip()
    if attributed:
        yield "attribution", f"the cited words attribute it (“... {attributed}”), the claim states it as fact", False


def _own_plan(cue: Cue, sentence: _Sentence, claim: _Sentence, language: str) -> bool:
    """Whether somebody tells what he himself will do: "The firm said it will close", not "said it killed ten"."""
    told = speaker(sentence.text, cue, language) & claim.keys
    return bool(told) and any(c.kind is Kind.INTENT for c in claim.cues)


def _reports(cue: Cue, sentence: str) -> bool:
    """Whether the rest of the sentence is asserted: not "who argued for a road", and not in a quotation."""
    if not asserted(sentence, cue, copied=False) or not outside(sentence, cue.start):
        return False
    return not regex.search(r"(?:\bwho|\bwhich|#)\s*$", sentence[: cue.start]) and not regex.match(
        r"\s(?:for|about|against|of|on|by)\b", sentence[cue.end :]
    )


def _condition(claim: _Sentence, given: Sequence[_Sentence], language: str) -> Iterator[Found]:
    """What the source says on a condition, told without it."""
    pattern = CONDITION.get(language)
    if pattern is None or pattern.search(claim.text) or any(c.kind is Kind.DOUBT for c in claim.cues):
        return
    for sentence in given:
        match = pattern.search(sentence.text)
        if match is None or any(claim.keys <= s.keys for s in given if s is not sentence):
            continue
        told = tokens(sentence.text, language)
        comma = sentence.text.find(",", match.end())
        leads = not any(t.end <= match.start() for t in told)
        split = comma if leads and comma > 0 else match.start()
        sides = ({t.key for t in told if t.end <= split}, {t.key for t in told if t.start >= split})
        main, condition = sides[::-1] if leads else sides
        if len(claim.keys & main) > max(1, _MOST * len(claim.keys)) and not claim.keys & (condition - main):
            words = " ".join(sentence.text[match.start() :].split()[:6])
            yield "hedge", f"the cited words say “{words} ...”, the claim leaves the condition out", True
            return


def _quantity(claim: _Sentence, given: Sequence[_Sentence], language: str) -> Iterator[Found]:
    """All of what the source says of some."""
    for text, word in _quantified(claim.text, EVERY, language):
        same = [s for s in given if word in s.keys]
        some = [found for s in same for found, other in _quantified(s.text, SOME, language) if other == word]
        if some and not any(other == word for s in same for _, other in _quantified(s.text, EVERY, language)):
            yield "quantity", f"the claim says “{text}”, the cited words say “{some[0]}”", True
            return


def _quantified(text: str, words: Mapping[str, frozenset[str]], language: str) -> Iterator[tuple[str, str]]:
    """The words of quantity in ``text``, each with the word that it counts."""
    told = tokens(text, language)
    for match in _WORD.finditer(text):
        if match.group().casefold() in words.get(language, ()):
            after = next((t for t in told if t.start >= match.end() and t.start - match.end() < _REACH), None)
            if after and not regex.search(r"[,;:.()]", text[match.end() : after.start]):
                yield text[match.start() : after.end], after.key
