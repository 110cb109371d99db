"""What a sentence loses when only a part of it is kept."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from briefing.text.facts.compare import Difference
from briefing.text.facts.cue_words import BOUND, COUNT
from briefing.text.facts.cues import Kind, cues
from briefing.text.facts.tokens import tokens

_TURN = {
    "en": "but|however|although|though|unless|if|except|despite|until|only if|provided|whereas|rather than",
    "de": "aber|jedoch|doch|sondern|obwohl|wenn|falls|außer|bis|es sei denn",
    "fr": "mais|cependant|toutefois|bien que|si|sauf|à moins",
    "es": "pero|sino|aunque|si|salvo|excepto|a menos",
}

# What no longer speaks of the clause it follows: contrast, condition, another voice, another clause.
_LEAVES = (
    r"[,;:–—()\"“”]|\s(?:but|however|although|though|unless|if|except|despite|until|provided|whereas|while|because"
    r"|rather than|instead of|according to|\S+\s(?:said|says|say|told|reported)(?=(?:\s\S+){0,2}\W*$))(?!\w)"
)
_OWN = regex.compile(
    rf"(?:(?P<relative>\s(?:who|whose)\s)|,\s(?:which|who|whose)\s(?!(?:\S+\s){{0,4}}(?:den|disput|reject|doubt|contradict|question))|\safter\s\w+ing\s"
    rf"|,\s(?:after\s\w+ing|confirming|saying|adding|declaring|announcing|warning|arguing|claiming|insisting)\s)"
    rf"(?:(?!{_LEAVES}).)*",
    regex.IGNORECASE | regex.DOTALL,
)
# Without its relative clause a noun still means the same where it is named or introduced: "the men | who" is neither.
_MEANT = regex.compile(
    r"\b(?:an?|two|three|four|five|six|seven|eight|nine|ten|\d[\d,.]*|dozens of|hundreds of|thousands of)"
    r"(?:\s[\w-]+){1,3}$|\s\p{Lu}[\w’'-]+(?:\s[\w-]+)?$"
)
_EVERY = regex.compile(
    r"\b(?:all|every|each|any|no|none|those|only|few|most|people|any(?:one|body)|every(?:one|body)|no one|nobody)"
    r"(?:\s[\w-]+){0,3}$",
    regex.IGNORECASE,
)


def own_clause(kept: str, after: str, language: str = "en") -> int:
    """Characters at the start of ``after`` that are a clause whose doubt and denial concern that clause alone.

    It is a relative clause on a noun that ``kept`` names or introduces, or a participle clause on its subject; 0 where
    there is none. English alone has these rules.
    """
    if not language.startswith("en") or not (clause := _OWN.match(after)):
        return 0
    if clause["relative"] and (_EVERY.search(kept) or not _MEANT.search(kept)):
        return 0
    return clause.end()


def lost_by_cutting(before: str, kept: str, after: str, language: str = "en") -> tuple[Difference, ...]:
    """Differences between the sentence ``before + kept + after`` and ``kept`` alone; empty when nothing is lost.

    A denial or doubt in the parts cut off that governs a word that is kept changes what is said; a lost "he said" or
    "but" makes it too strong. What stands in a clause of its own (``own_clause``) does not count.
    """
    return tuple(_lost(before, kept, after, language)) if before.strip() or after.strip() else ()


def _lost(before: str, kept: str, after: str, language: str) -> Iterator[Difference]:
    sentence = before + kept + after
    start, end = len(before), len(before) + len(kept)
    inside = [t for t in tokens(sentence, language) if start <= t.start and t.end <= end]
    keys = {t.key for t in inside}
    kept_kinds = {c.kind for c in cues(kept, language)}
    own = own_clause(kept, after, language)
    seen: set[Kind] = set()
    for cue in cues(sentence, language):
        if (start <= cue.start and cue.end <= end) or cue.kind is Kind.CAUSE or cue.kind in seen | kept_kinds:
            continue
        if end <= cue.start < end + own:
            continue
        if not keys.intersection(cue.governs):
            continue
        seen.add(cue.kind)
        words = sentence[max(0, cue.start - 30) : cue.end + 12].strip()
        reason = f"the source's sentence goes on, and the {cue.kind} is cut off: “... {words} ...”"
        yield Difference(str(cue.kind), reason, severe=cue.kind is not Kind.SAID)
    bound = regex.search(rf"(?<!\w)(?:{BOUND.pattern})\s*$", before, regex.IGNORECASE)
    if bound and COUNT.match(kept):
        yield Difference(
            "number", f"the source's sentence says “{bound.group().strip()} {kept[:20]} ...”", severe=False
        )
    turn = regex.search(rf"(?<!\w)(?:{_TURN.get(language, _TURN['en'])})(?!\w)", after, regex.IGNORECASE, pos=own)
    if turn:
        words = after[turn.start() : turn.start() + 50].strip()
        yield Difference("contrast", f"the source's sentence goes on: “{words} ...”", severe=False)
