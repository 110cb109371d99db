"""How sure a doubt or a plan is: "may" is less than "is expected to", which is less than "will"."""

from __future__ import annotations

from enum import IntEnum

import regex

from briefing.text.facts.cues import Cue, Kind


class Strength(IntEnum):
    """From what is merely possible to what is told as certain to come."""

    POSSIBLE = 1
    LIKELY = 2
    ARRANGED = 3
    CERTAIN = 4


_FORMS = {
    Strength.POSSIBLE: r"may|might|could|possib.*|perhaps|conceivab.*|potential.*|.*\b(?:if|whether)|"
    r"unclear|uncertain|unknown|threat.*|consider.*|weigh.*|in talks.*|.*not ruled out|könn.*|vielleicht|möglich.*|"
    r"pourrai.*|peut-être|possible.*|éventuel.*|podría.*|quizás?|tal vez|posible.*",
    Strength.ARRANGED: r"(?:set|scheduled|due|about|slated|ready|prepar\w+|selected|chosen)\b.*",
    Strength.CERTAIN: r"will|would|shall|werden?|wird|va|vont|van? a",
}
_PATTERNS = {strength: regex.compile(pattern, regex.IGNORECASE) for strength, pattern in _FORMS.items()}


def strength(cue: Cue) -> Strength:
    """How sure the words of a doubt or an intent are; ``LIKELY`` where they are neither of the others."""
    return next((s for s, pattern in _PATTERNS.items() if pattern.fullmatch(cue.text)), Strength.LIKELY)


def as_weak(ours: Cue, theirs: Cue, *, copied: bool) -> bool:
    """Whether the claim's cue ``ours`` may stand for ``theirs``: not stronger, or by no more than wording allows.

    In a near copy (``copied``) a word in another's place was chosen; in other words "may" and "is likely to" come
    near each other, and what is arranged may be told with "will".
    """
    if theirs.kind is Kind.NOT or ours.kind is Kind.NOT:
        return ours.kind is theirs.kind
    if theirs.kind is Kind.SAID:
        return ours.kind in (Kind.SAID, Kind.DOUBT)
    if ours.kind not in (Kind.DOUBT, Kind.INTENT) or theirs.kind not in (Kind.DOUBT, Kind.INTENT):
        return False
    a, b = strength(ours), strength(theirs)
    if a is Strength.CERTAIN:
        return b is Strength.CERTAIN or (b is Strength.ARRANGED and not copied)
    # "Planned" and "scheduled" differ in nothing that a reader could be misled by.
    return not copied or b > Strength.POSSIBLE or a is Strength.POSSIBLE
