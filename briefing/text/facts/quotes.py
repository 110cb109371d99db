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
_SENTENCE = regex.compile(r"[.!?]\s+(?=\p{Lu})")
_ACCORDING = regex.compile(r"according to|laut|selon|d['’]après|según|nach angaben", regex.IGNORECASE)
# Where a subject begins, and where one that follows its verb ends.
_EDGES = regex.compile(
    r"[,;:“”\"«»()—–]\s*|[.!?]\s+|(?<!\w)(?:and|but|that|who|which|because|while|when|as|und|dass|aber|et|que|mais|y|"
    r"pero)\s",
    regex.IGNORECASE,
)
_ENDS = regex.compile(
    r"[.,;:“”\"«»()—–](?:\s|$)|\s(?:that|in|on|at|to|during|after|when|as|who|and|but|dass|am|im|que|qui)\s",
    regex.IGNORECASE,
)
# A subject behind its verb: "said Mara Lind", "said the mayor", and no "said Thursday", "said more".
_FOLLOWS = regex.compile(
    r"\s+(?!\p{Lu}\p{Ll}+(?:day|tag|di)\b)(?:(?-i:\p{Lu})|(?:an?|the|his|her|ein|eine|der|die|un|une|le|la|el|police|officials)\s)",
    regex.IGNORECASE,
)
_TOLD = regex.compile(r"t(?:old|ells?|elling)", regex.IGNORECASE)
_APPOSED = regex.compile(r"(?:an?|the|who|whose|ein|eine|der|die|un|une|le|la|el)\s", regex.IGNORECASE)


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


def spoken(text: str) -> str:
    """The words of ``text`` that are quoted, one after another; a mark without its fellow takes the rest."""
    pieces = [m.group() for m in _QUOTED.finditer(text)]
    rest = _QUOTED.sub(" ", text)
    for mark in regex.finditer(r'[“„«"”»]', rest):
        opens = mark.group() in "“„«" or (mark.group() == '"' and not rest[: mark.start()].strip()[-1:].isalpha())
        pieces.append(rest[mark.end() :] if opens else rest[: mark.start()])
    return " ".join(pieces)


def titled(words: str) -> bool:
    """Whether quoted words are the title of a work: every long word has a capital."""
    long = regex.findall(r"[\p{L}'’]{4,}", words)
    return len(words.split()) > 1 and bool(long) and all(w[0].isupper() for w in long)


def speaker_phrase(text: str, start: int, end: int) -> str:
    """The words that name who speaks, for a verb of saying at ``start:end``: its subject, before it or after it."""
    if _ACCORDING.fullmatch(text[start:end]):
        return _ENDS.split(text[end : end + _WINDOW].lstrip())[0]
    before = text[max(0, start - _WINDOW) : start].rstrip()
    if before and before[-1] not in ',”"»’“':
        return _EDGES.split(before)[-1]
    if before.endswith(",") and not regex.search(r'[”"»’]\s*,$|,\s*[”"»’]$', before):
        pieces = _EDGES.split(before[:-1])
        if len(pieces) > 1 and _APPOSED.match(pieces[-1].lstrip()):
            # "Mara Lind, a farmer, said"
            return ", ".join(pieces[-2:])
        if not _FOLLOWS.match(text, end):
            return ""
    if _TOLD.fullmatch(text[start:end]):
        return ""
    return _ENDS.split(text[end : end + _WINDOW].lstrip())[0]


def _speaker(text: str, start: int, end: int, language: str) -> str:
    """The name of who speaks the quotation at ``start:end``, by the nearest verb of saying behind or before it."""
    verbs = regex.compile(rf"(?<!\w)(?:{SAID.get(language, SAID['en'])})(?!\w)", regex.IGNORECASE)
    after = text[end : end + _WINDOW]
    behind = verbs.search(_SENTENCE.split(after)[0])
    if behind and "“" not in after[: behind.start()]:
        subject = after[: behind.start()].strip(" ,")
        phrase = subject or _ENDS.split(after[behind.end() :].lstrip())[0]
    else:
        before = _SENTENCE.split(text[max(0, start - _WINDOW) : start])[-1]
        told = list(verbs.finditer(before))
        if not told:
            return ""
        phrase = speaker_phrase(before, told[-1].start(), told[-1].end())
    near = names(phrase, language)
    return near[0].text if near else ""
