"""What the words mean that a near copy of a sentence leaves out, puts in or replaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

from briefing.text.facts.cue_words import (
    AT_LEAST,
    AT_MOST,
    BOUND,
    COUNT,
    EVERY,
    GENERAL,
    OFFICES,
    REFUSAL,
    SOME,
)
from briefing.text.facts.cues import Cue, Kind, aimed, asserted, cues, speaker
from briefing.text.facts.edits import Copy, Edit, Word, copy_of
from briefing.text.facts.names import Name, acronyms, unknown, vocabulary
from briefing.text.facts.opposites import base, opposites, turned
from briefing.text.facts.quotes import outside
from briefing.text.facts.strength import as_weak
from briefing.text.facts.thesaurus import antonyms, listed, synonyms
from briefing.text.facts.tokens import key, tokens

Found = tuple[str, str, bool]

# What stands in brackets denies nothing outside.
_BRACKET = regex.compile(r"[);]")
_OPEN_QUESTION = regex.compile(r".*\b(?:if|whether)|ob|si", regex.IGNORECASE)

# How near to a denial or doubt the words stand that it bears on, in words of content.
_NEAR = 3
# More words than these in exchange for others are a new wording, not a word replaced.
_EXCHANGED = 4


def copied_differences(claim: str, given: Sequence[str], language: str = "en") -> Iterator[Found]:
    """Differences as (check, reason, severe) between ``claim`` and each sentence that it nearly copies.

    What one of the sentences says word for word excuses what another does not.
    """
    copies = [(sentence, copy) for sentence in given if (copy := copy_of(claim, sentence))]
    if not copies:
        return
    sentence, copy = max(copies, key=lambda pair: len(pair[1].kept))
    ours, theirs = cues(claim, language), cues(sentence, language)
    others = [s for s in given if s is not sentence]
    yield from _lost(claim, sentence, copy, ours, theirs, others, language)
    yield from _added(claim, sentence, copy, ours, theirs, language)
    for edit in copy.edits:
        yield from _replaced(edit, sentence, language)


def _lost(
    claim: str,
    sentence: str,
    copy: Copy,
    ours: Sequence[Cue],
    theirs: Sequence[Cue],
    others: Sequence[str],
    language: str,
) -> Iterator[Found]:
    """Cues of the sentence that went although the words that they bear on were kept."""
    for cue in theirs:
        if (
            cue.kind is Kind.CAUSE
            or not _in(cue, copy.gone)
            or any(cue.start < c.end and c.start < cue.end for c in theirs if c.kind is not cue.kind and _kept(c, copy))
        ):
            continue
        if any(as_weak(c, cue, copied=True) and _in(c, copy.come) for c in ours):
            continue
        words = " ".join(sentence[cue.start :].split()[:6])
        if cue.kind is Kind.SAID:
            told = {t.key for t in tokens(claim, language)}
            # Who tells what he will do may be taken at his word; what "may" be so is no assertion of the claim's own.
            plan = speaker(sentence, cue, language) & told and any(c.kind is Kind.INTENT for c in ours)
            own = plan or any(_throughout(c, claim, language) for c in ours)
            if asserted(sentence, cue) and outside(sentence, cue.start) and not own:
                yield "attribution", f"the cited words attribute it (“{words} ...”), the claim states it as fact", False
            continue
        end = _BRACKET.search(sentence, cue.end)
        near = [t for t in tokens(sentence, language) if cue.end <= t.start < (end.start() if end else len(sentence))][
            :_NEAR
        ]
        near = near or [t for t in tokens(sentence, language) if t.end <= cue.start][-_NEAR:][::-1]
        if not any(t.start in copy.kept for t in near):
            continue
        if any(as_weak(c, cue, copied=True) and near[0].key in c.governs[:_NEAR] for c in ours):
            continue
        if cue.kind is not Kind.NOT and aimed(claim, {near[0].key}, language):
            continue
        if cue.kind is Kind.NOT and _refusing(copy.come, claim, language):
            continue
        if any(_plainly(cue, other, language) for other in others) or _by_opposite(cue, copy, claim, language):
            continue
        yield str(cue.kind), f"the cited words say “{words} ...”, the claim says it outright", True


def _added(
    claim: str, sentence: str, copy: Copy, ours: Sequence[Cue], theirs: Sequence[Cue], language: str
) -> Iterator[Found]:
    """Denials that the sentence lacks, of words that it has."""
    if any(c.kind in (Kind.NOT, Kind.DOUBT) and _in(c, copy.gone) for c in theirs):
        return
    held = {t.key for t in tokens(sentence, language) if t.start in copy.kept}
    if _refusing(copy.gone, sentence, language):
        return
    for cue in ours:
        if cue.kind is Kind.NOT and _in(cue, copy.come) and held.intersection(cue.governs[:_NEAR]):
            if not _opposite_went(copy, claim, cue, language):
                yield "negation", f"the claim says “{cue.text}”, the cited words do not deny it", True


def _refusing(starts: frozenset[int], text: str, language: str) -> bool:
    """Whether the words that went or came deny in other words: "rejected", "voted against"."""
    pattern = REFUSAL.get(language)
    return any(m.start() in starts for m in pattern.finditer(text)) if pattern else False


def _replaced(edit: Edit, sentence: str, language: str) -> Iterator[Found]:
    gone, come = edit.gone, edit.come
    bound = " ".join(w.text for w in gone)
    if not come and BOUND.fullmatch(bound) and COUNT.match(edit.after):
        yield "number", f"the cited words say {bound} {edit.after}, the claim leaves that out", False
        return
    if not come or not gone or max(len(gone), len(come)) > _EXCHANGED:
        if come and (every := _among(come, EVERY, language)) and (some := _among(gone, SOME, language)):
            yield "quantity", f"the claim says {every}, the cited words say {some}", True
        return
    low, high = _among(gone, AT_LEAST, language), _among(come, AT_MOST, language)
    if not (low and high):
        low, high = _among(gone, AT_MOST, language), _among(come, AT_LEAST, language)
    if low and high:
        yield "number", f"the claim says {high}, the cited words say {low}", True
    elif (every := _among(come, EVERY, language)) and (some := _among(gone, SOME, language)):
        yield "quantity", f"the claim says {every}, the cited words say {some}", True
    elif pair := next(((o, t) for o in come for t in gone if _opposed(o, t, language)), None):
        yield "direction", f"the claim says {pair[0].text}, the cited words say {pair[1].text}", True
    else:
        yield from _exchanged(edit, sentence, language)


def _exchanged(edit: Edit, sentence: str, language: str) -> Iterator[Found]:
    """A name in place of another, or another who said it."""
    left = [w.text for w in edit.gone if _named(w, language)]
    come = [w for w in edit.come if _named(w, language)]
    held, initials = vocabulary([sentence]), acronyms(sentence)
    if left and come and all(unknown(Name(w.start, w.end, w.text), held, initials) for w in come):
        names = " ".join(w.text for w in come)
        yield "name", f"the claim says {names} where the cited words say {' '.join(left)}", True
        return
    said = {c.start for c in cues(sentence, language) if c.kind is Kind.SAID}
    near = {edit.before, edit.after}
    if not said or not any(w in near for w in _texts(sentence, said)):
        return
    ours = [w for w in edit.come if tokens(w.text, language)]
    theirs = [w for w in edit.gone if tokens(w.text, language)]
    if language == "en" and len(ours) == len(theirs) == 1 and listed(key(ours[0].folded)):
        general = ours[0].folded in GENERAL and theirs[0].folded in OFFICES
        if not general and not synonyms(key(ours[0].folded), key(theirs[0].folded)):
            yield "attribution", f"the claim has {ours[0].text} say what {theirs[0].text} said", True


def _named(word: Word, language: str) -> bool:
    return word.text[:1].isupper() and not (word.start == 0 and _common(word.folded, language))


def _common(word: str, language: str) -> bool:
    """Whether a word that opens a sentence has its capital from there."""
    return not tokens(word, language) or (language == "en" and listed(key(word)))


def _texts(sentence: str, starts: set[int]) -> set[str]:
    return {m.group().casefold() for m in regex.finditer(r"[\p{L}\p{M}'’-]+", sentence) if m.start() in starts}


def _opposed(ours: Word, theirs: Word, language: str) -> bool:
    a, b = base(ours.text, language), base(theirs.text, language)
    if b in opposites(language).get(a, ()) or b in turned(language).get(a, ()):
        return True
    return language == "en" and antonyms(key(ours.folded), key(theirs.folded))


def _among(side: Sequence[Word], listed_words: Mapping[str, frozenset[str]], language: str) -> str:
    known = listed_words.get(language, frozenset())
    return " ".join(w.text for w in side) if any(w.folded in known for w in side) else ""


def _in(cue: Cue, starts: frozenset[int]) -> bool:
    return any(cue.start <= s < cue.end for s in starts)


def _throughout(cue: Cue, claim: str, language: str) -> bool:
    """Whether a doubt bears on the main clause of the claim."""
    before = [t for t in tokens(claim, language) if t.end <= cue.start]
    return (
        cue.kind is Kind.DOUBT
        and not _OPEN_QUESTION.fullmatch(cue.text)
        and len(before) <= _NEAR
        and "," not in claim[: cue.start]
    )


def _kept(cue: Cue, copy: Copy) -> bool:
    return any(cue.start <= s < cue.end for s in copy.kept)


def _plainly(cue: Cue, other: str, language: str) -> bool:
    """Whether another sentence says the same without such a cue."""
    near = set(cue.governs[:_NEAR])
    if not near or not near <= {t.key for t in tokens(other, language)}:
        return False
    return not any(c.kind is cue.kind and near & set(c.governs) for c in cues(other, language))


def _by_opposite(cue: Cue, copy: Copy, claim: str, language: str) -> bool:
    """Whether the claim says a denial by an opposite: "refused" for "did not accept"."""
    if cue.kind is not Kind.NOT or language != "en":
        return False
    come = {t.key for t in tokens(claim, language) if t.start in copy.come}
    return any(antonyms(c, g) for c in come for g in cue.governs[:_NEAR])


def _opposite_went(copy: Copy, claim: str, cue: Cue, language: str) -> bool:
    if language != "en":
        return False
    gone = {key(w.folded, language) for e in copy.edits for w in e.gone}
    return any(antonyms(g, ours) for g in gone for ours in cue.governs[:_NEAR])
