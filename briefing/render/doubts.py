"""What a reader must know of a sentence that did not pass its checks, and of a story that went otherwise.

The checks and the engines give their reasons in English. A page in another language says what it can in its own words
and sets the reason beside it, marked as English: the reader who has to answer for a sentence needs it.
"""

from __future__ import annotations

from briefing.model import BriefStory, Claim, Finding, Status
from briefing.render.labels import Words
from briefing.render.method import NOTES

_DOUBTS = {
    Status.PARTLY: "doubt_partly",
    Status.UNSUPPORTED: "doubt_unsupported",
    Status.UNCITED: "doubt_uncited",
}
# Checks that another's label names as well.
_ALSO_CALLED = {"calibrated judge": "judge", "numbers": "number"}


def doubt(claim: Claim, words: Words) -> tuple[str, str]:
    """What the checks hold against a claim in the page's words, and their reasons in English; both empty of one that
    passed."""
    if claim.verdict is None:
        return words.say("doubt_unchecked"), ""
    if claim.verdict.status is Status.SUPPORTED:
        return "", ""
    said = words.say(_DOUBTS[claim.verdict.status])
    checks = [] if words.english else _checks(claim.verdict.findings, words)
    if checks:
        said = words.say("doubt_checks", doubt=said, checks=words.listed(checks))
    return said, "; ".join(f.reason for f in claim.verdict.findings if f.reason)


def note(story: BriefStory, words: Words) -> tuple[str, str]:
    """What a story's note says in the page's words, and the reason in English; one of them may be empty."""
    for what, label in NOTES.items():
        if story.note.startswith(what):
            return words.say(label), story.note.removeprefix(what).removeprefix(": ")
    return "", story.note


def together(said: tuple[str, str], words: Words) -> str:
    """Both as one line of plain text."""
    return words.say("labelled", label=said[0], text=said[1]) if all(said) else "".join(said)


def _checks(findings: tuple[Finding, ...], words: Words) -> list[str]:
    """The names of the checks that found something, each once."""
    keys = (f"check_{_ALSO_CALLED.get(f.check, f.check)}" for f in findings)
    return [words.say(key) for key in dict.fromkeys(keys) if key in words.labels]
