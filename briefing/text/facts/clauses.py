"""Denial, doubt, attribution, direction and cause of a claim against its evidence, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from briefing.text.facts.copied import copied_differences
from briefing.text.facts.cue_words import opposites
from briefing.text.facts.cues import ASSERTED, Cue, Kind, cues, speaker
from briefing.text.facts.quotes import outside
from briefing.text.facts.thesaurus import antonyms
from briefing.text.facts.tokens import tokens
from briefing.text.sentences import sentences

# A claim may weaken what a source says, so each kind may stand for those that are stronger.
_STANDS_FOR = {
    Kind.DOUBT: frozenset({Kind.DOUBT}),
    Kind.INTENT: frozenset({Kind.INTENT, Kind.DOUBT}),
    Kind.NOT: frozenset({Kind.NOT}),
}
_CLAUSE = regex.compile(r"[;:—–]|,\s|\s(?:but|while|and|because|aber|und|mais|et|pero|y)\s", regex.IGNORECASE)
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*")
_SHARE = 0.5
_UNDIRECTED = regex.compile(r"no|none|nobody|no one|neither|nor|kein\w*|ni|aucune?|ning\w+", regex.IGNORECASE)


def governed_differences(claim: str, evidence: Sequence[str], language: str = "en") -> Iterator[tuple[str, str, bool]]:
    """Differences as (check, reason, severe). A language without lists of cues yields few or none."""
    given = [text[a:b] for text in evidence for a, b in sentences(text, language)]
    if not given:
        return
    found = {check: (check, reason, severe) for check, reason, severe in copied_differences(claim, given, language)}
    for check, reason, severe in _governed(claim, given, language):
        found.setdefault(check, (check, reason, severe))
    yield from found.values()


def _governed(claim: str, given: Sequence[str], language: str) -> Iterator[tuple[str, str, bool]]:
    ours = cues(claim, language)
    theirs = [(sentence, cues(sentence, language)) for sentence in given]
    told = {t.key for t in tokens(claim, language)}
    yield from _lost(claim, ours, theirs, told, language)
    yield from _added_denial(ours, theirs, told, language)
    yield from _attribution(claim, ours, theirs, language)
    yield from _direction(claim, given, language)
    causes = [c for c in ours if c.kind is Kind.CAUSE]
    if causes and not any(c.kind is Kind.CAUSE for _, cs in theirs for c in cs):
        yield "cause", f"the cited words give no cause, the claim says “{causes[0].text}”", False


def strange_denials(claim: str, evidence: Sequence[str], language: str = "en") -> int:
    """How many denials of ``claim`` deny what no sentence of the evidence denies."""
    denied = {g for e in evidence for c in cues(e, language) if c.kind is Kind.NOT for g in c.governs[:2]}
    return sum(
        c.kind is Kind.NOT and bool(c.governs) and denied.isdisjoint(c.governs[:2]) for c in cues(claim, language)
    )


def _lost(
    claim: str, ours: Sequence[Cue], theirs: Sequence[tuple[str, tuple[Cue, ...]]], told: set[str], language: str
) -> Iterator[tuple[str, str, bool]]:
    reported: set[Kind] = set()
    for sentence, found in theirs:
        for cue in found:
            enough = _STANDS_FOR.get(cue.kind)
            if enough is None or cue.kind in reported or not _taken_up(cue, told):
                continue
            shared = told & set(cue.governs)
            if any(c.kind in enough and (shared & set(c.governs) or not c.governs) for c in ours):
                continue
            if _said_plainly(shared, cue.kind, theirs, language):
                continue
            if cue.kind is Kind.NOT and _contradicts(claim, shared, cue, language):
                continue
            reported.add(cue.kind)
            words = " ".join(sentence[cue.start :].split()[:6])
            yield str(cue.kind), f"the cited words say “{words} ...”, the claim says it outright", True


def _taken_up(cue: Cue, told: set[str]) -> bool:
    """Whether the claim repeats what the cue governs: the word it bears on, and half of those that follow."""
    # "No", "whether" and "reportedly" have a subject before the word that they bear on.
    direct = cue.kind is Kind.NOT and not _UNDIRECTED.fullmatch(cue.text)
    if not told.intersection(cue.governs[: 1 if direct else 2]):
        return False
    nearest = cue.governs[: 2 if cue.kind is Kind.NOT else 6]
    return len(told.intersection(nearest)) >= _SHARE * len(nearest)


def _said_plainly(words: set[str], kind: Kind, theirs: Sequence[tuple[str, tuple[Cue, ...]]], language: str) -> bool:
    """Whether another sentence of the evidence holds the same words without such a cue."""
    for sentence, found in theirs:
        if words <= {t.key for t in tokens(sentence, language)}:
            governed = {g for c in found if c.kind is kind for g in c.governs}
            if not words & governed:
                return True
    return False


def _contradicts(claim: str, shared: set[str], cue: Cue, language: str) -> bool:
    """Whether the claim says the denial by an opposite: "refused" for "did not accept"."""
    if language != "en":
        return False
    return any(antonyms(t.key, g) for t in tokens(claim, language) for g in cue.governs if t.key not in shared)


def _added_denial(
    ours: Sequence[Cue], theirs: Sequence[tuple[str, tuple[Cue, ...]]], told: set[str], language: str
) -> Iterator[tuple[str, str, bool]]:
    denied = {g for _, found in theirs for c in found if c.kind is Kind.NOT for g in c.governs}
    held = {t.key for sentence, _ in theirs for t in tokens(sentence, language)}
    for cue in ours:
        if cue.kind is not Kind.NOT or not cue.governs or denied.intersection(cue.governs[:2]):
            continue
        if language == "en" and any(antonyms(g, h) for g in cue.governs[:2] for h in held):
            continue
        if held.intersection(cue.governs[:2]):
            yield "negation", f"the claim says “{cue.text}”, the cited words do not deny it", True


def _attribution(
    claim: str, ours: Sequence[Cue], theirs: Sequence[tuple[str, tuple[Cue, ...]]], language: str
) -> Iterator[tuple[str, str, bool]]:
    if any(c.kind in (Kind.SAID, Kind.DOUBT) and outside(claim, c.start) for c in ours):
        return
    told = {t.key for t in tokens(claim, language)}
    attributed = ""
    for sentence, found in theirs:
        held = tokens(sentence, language)
        if len(told & {t.key for t in held}) < _SHARE * len(told):
            continue
        said = [c for c in found if c.kind is Kind.SAID and ASSERTED.fullmatch(c.text) and outside(sentence, c.start)]
        # Who reports on himself may be taken at his word: "The firm said it will close" / "The firm will close".
        if not said or any(speaker(sentence, c, language) & told for c in said):
            return
        attributed = attributed or sentence[max(0, said[0].start - 30) : said[0].end].strip()
    if attributed:
        yield "attribution", f"the cited words attribute it (“... {attributed}”), the claim states it as fact", False


def _direction(claim: str, given: Sequence[str], language: str) -> Iterator[tuple[str, str, bool]]:
    pairs = opposites(language)
    held = {m.group().casefold() for sentence in given for m in _WORD.finditer(sentence)}
    ours = {m.group().casefold() for m in _WORD.finditer(claim)}
    for match in _WORD.finditer(claim):
        word = match.group().casefold()
        against = pairs.get(word, frozenset()) & held
        if not against or word in held or against & ours:
            continue
        side = {w for w, others in pairs.items() if word != w and others & against}
        if side & held:
            continue
        around = _around(claim, match.start(), match.end(), language)
        for sentence in given:
            for other in _WORD.finditer(sentence):
                if other.group().casefold() in against and around & _around(
                    sentence, other.start(), other.end(), language
                ):
                    yield "direction", f"the claim says {match.group()}, the cited words say {other.group()}", True
                    return


def _around(text: str, start: int, end: int, language: str) -> set[str]:
    words = tokens(text, language)
    before = [t.key for t in words if t.end <= start][-3:]
    after = [t.key for t in words if t.start >= end][:3]
    return {*before, *after}
