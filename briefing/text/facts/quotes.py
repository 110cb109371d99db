"""Quotations in a text, and who is said to have spoken them."""

from __future__ import annotations

from typing import NamedTuple

import regex

from briefing.text.facts.cue_words import SAID
from briefing.text.facts.names import names

_PAIRS = (("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ("「", "」"), ("『", "』"), ("‹", "›"))
_QUOTED = regex.compile(
    "|".join(f"{a}(?P<p{i}>[^{a}{b}]{{2,}}?){b}" for i, (a, b) in enumerate(_PAIRS))
    + r"|(?<!\w)\"(?P<straight>[^\"]{2,}?)\"(?!\w)"
    # Single quotes only where they cannot be apostrophes.
    + r"|(?<![\w’'])‘(?P<single>[^‘]{8,}?)’(?!\w)|(?<![\w'])'(?P<plain>[^']{8,}?)'(?!\w)"
)
_PLAIN = regex.compile(r"[^\p{L}\p{N}]+")
_WINDOW = 90


class Quotation(NamedTuple):
    """Quoted words without their marks, their span, and the name of the speaker where one stands near."""

    start: int
    end: int
    text: str
    speaker: str = ""


def quotations(text: str, language: str = "en") -> tuple[Quotation, ...]:
    """The quotations of ``text`` in order."""
    found = []
    for match in _QUOTED.finditer(text):
        group = next(g for g in match.groupdict().values() if g is not None)
        start = match.start() + 1
        found.append(Quotation(start, start + len(group), group, _speaker(text, match.start(), match.end(), language)))
    return tuple(found)


def outside(text: str, position: int) -> bool:
    """Whether ``position`` of ``text`` lies outside every quotation, one that is not closed among them."""
    opened = max(text.rfind(mark, 0, position) for mark in "“„«「")
    closed = max(text.rfind(mark, 0, position) for mark in "”»」")
    return opened <= closed and text.count('"', 0, position) % 2 == 0


def plain(text: str) -> str:
    """``text`` folded for comparing quotations: letters and digits only, in lower case, a space between words."""
    return f" {_PLAIN.sub(' ', text.casefold()).strip()} "


def stands_in(quotation: str, text: str) -> bool:
    """Whether the quoted words stand in ``text`` letter by letter; an ellipsis may leave some out."""
    whole = plain(text)
    pieces = [plain(p) for p in regex.split(r"\.\.\.|…|\[[^\]]*\]", quotation) if plain(p).strip()]
    at = 0
    for piece in pieces:
        at = whole.find(piece, at)
        if at < 0:
            return False
    return True


def _speaker(text: str, start: int, end: int, language: str) -> str:
    verbs = SAID.get(language, SAID["en"])
    after = text[end : end + _WINDOW]
    verb = rf"(?:{verbs})"
    led = regex.match(
        rf"[\s,]*(?:(?:{verb})\s+(?P<who>.+)|(?P<subject>.{{2,60}}?)\s+(?:{verb})(?!\w))", after, regex.I | regex.S
    )
    if led:
        # "said Mary Doe, who …" names her first; "Mary Doe, a farmer, said" too.
        near = names(led["who"] or led["subject"], language)
        if near and not regex.search(r"[.!?]\s", (led["who"] or led["subject"])[: near[0].start]):
            return near[0].text
    before = text[max(0, start - _WINDOW) : start]
    said = list(regex.finditer(rf"(?<!\w)(?:{verb})(?!\w)", before, regex.I))
    if not said:
        return ""
    told = said[-1]
    sentence = regex.split(r"[.!?]\s", before[: told.start()])[-1]
    near = names(sentence, language)
    if near:
        return near[0].text
    # "according to Mary Doe, “…”"
    near = names(before[told.end() :], language)
    return near[0].text if near else ""
