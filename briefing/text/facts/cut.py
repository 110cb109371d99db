"""What a sentence loses when only a part of it is kept."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from briefing.text.facts.compare import Difference
from briefing.text.facts.cues import Kind, cues
from briefing.text.facts.tokens import tokens

_TURN = {
    "en": "but|however|although|though|unless|if|except|despite|until|only if|provided|whereas|rather than",
    "de": "aber|jedoch|doch|sondern|obwohl|wenn|falls|außer|bis|es sei denn",
    "fr": "mais|cependant|toutefois|bien que|si|sauf|à moins",
    "es": "pero|sino|aunque|si|salvo|excepto|a menos",
}


def lost_by_cutting(before: str, kept: str, after: str, language: str = "en") -> tuple[Difference, ...]:
    """Differences between the sentence ``before + kept + after`` and ``kept`` alone; empty when nothing is lost.

    A denial or doubt in the parts cut off that governs a word that is kept changes what is said; a lost "he said" or
    "but" makes it too strong.
    """
    return tuple(_lost(before, kept, after, language)) if before.strip() or after.strip() else ()


def _lost(before: str, kept: str, after: str, language: str) -> Iterator[Difference]:
    sentence = before + kept + after
    start, end = len(before), len(before) + len(kept)
    inside = [t for t in tokens(sentence, language) if start <= t.start and t.end <= end]
    keys = {t.key for t in inside}
    kept_kinds = {c.kind for c in cues(kept, language)}
    seen: set[Kind] = set()
    for cue in cues(sentence, language):
        if (start <= cue.start and cue.end <= end) or cue.kind is Kind.CAUSE or cue.kind in seen | kept_kinds:
            continue
        if not keys.intersection(cue.governs):
            continue
        seen.add(cue.kind)
        words = sentence[max(0, cue.start - 30) : cue.end + 12].strip()
        reason = f"the source's sentence goes on, and the {cue.kind} is cut off: “... {words} ...”"
        yield Difference(str(cue.kind), reason, severe=cue.kind is not Kind.SAID)
    turn = regex.search(rf"(?<!\w)(?:{_TURN.get(language, _TURN['en'])})(?!\w)", after, regex.IGNORECASE)
    if turn:
        words = after[turn.start() : turn.start() + 50].strip()
        yield Difference("contrast", f"the source's sentence goes on: “{words} ...”", severe=False)
