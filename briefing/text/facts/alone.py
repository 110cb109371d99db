"""What is wrong with a source's own words when they stand alone as a sentence of a brief."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from briefing.text.facts.difference import Difference
from briefing.text.readable import Fault, fault

_OPENING, _CLOSING = '“„«"', '”“»"'
_SAYS = (
    r"said|says|say|told|tells|added|adds|stated|states|announced|explained|claimed|insisted|argued|warned|noted"
    r"|sagte|sagten|teilte|erklärte|a dit|a déclaré|a indiqué|dijo|declaró|afirmó"
)
_SPOKE = regex.compile(rf"(?P<who>[^,;:“”\"«»]+?)\s(?:{_SAYS})(?!\w)(?P<rest>[^,;:“”\"«»]*)")
# To whom, where and when somebody spoke, which is not what was said.
_BESIDE = regex.compile(
    r"\W* | \s (?:in|on|at|to|during|by|after|before|from|via|mit|am|im|dans|lundi|en|el"
    r"|\p{Lu}[\p{L}.]+ | reporters | journalists | today | yesterday) (?!\w) .*",
    regex.VERBOSE,
)


def not_alone(text: str, language: str = "en", *, part: bool = False) -> Iterator[Difference]:
    """Why words of a source are no sentence of a brief, though every one of them stands there.

    Only a ``part`` of a sentence is asked for a verb: a whole one is taken for a sentence.
    """
    plain = " ".join(text.split())
    found = fault(plain if plain.endswith((".", "!", "”", '"')) else f"{plain}.", language, any_length=True)
    if found is Fault.SPEAKER:
        yield Difference("form", "it quotes somebody without saying who speaks", severe=False)
    elif found is Fault.FRAGMENT and part:
        yield Difference("form", "it has no verb", severe=False)
    if _says_nothing(plain, language):
        yield Difference("form", "it says that somebody spoke, and not what was said", severe=False)


def out_of_quotation(before: str, kept: str, after: str) -> Iterator[Difference]:
    """Whether ``kept`` was taken out of quotation marks that it does not show, given the rest of its sentence."""
    if not any(mark in kept for mark in _OPENING + _CLOSING) and _open_at_end(before) and _closes(after):
        words = after.strip(_CLOSING + " ,.–—-")[:40]
        reason = f"the source quotes these words (“... {words} ...”), the claim states them as fact"
        yield Difference("attribution", reason, severe=False)


def _open_at_end(text: str) -> bool:
    """Whether a quotation that begins in ``text`` is still open at its end."""
    curly = max(text.rfind(mark) for mark in "“„«")
    if curly >= 0:
        return not any(mark in text[curly + 1 :] for mark in "”»")
    return text.count('"') % 2 == 1


def _closes(text: str) -> bool:
    return any(mark in text for mark in _CLOSING)


def _says_nothing(text: str, language: str) -> bool:
    spoke = _SPOKE.fullmatch(text)
    if not spoke or not _BESIDE.fullmatch(spoke["rest"]):
        return False
    # A verb before or after that of speech tells something: "The river burst officials said", "said at least ten died".
    parts = (spoke["who"], "X" + spoke["rest"])
    return all(fault(part.rstrip(".") + ".", language, any_length=True) is Fault.FRAGMENT for part in parts)
