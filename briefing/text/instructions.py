"""Sentences that give orders to a reading machine: prompt injection (Greshake et al., 2023).

Such a sentence must not become citable, so a model never gets to read it. News about the matter stays: a phrase in
quotation marks that a sentence reports on, or that is told in the past or of somebody else, gives no order to
the reader. Wording that is new and images of text are not caught.
"""

from __future__ import annotations

import binascii
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import regex

from briefing.text.instructions_disguise import spaced_order, undisguised
from briefing.text.instructions_turns import is_turn, marked, may_turn
from briefing.text.letters import letter_runs
from briefing.text.orders import FORMS, MACHINE, Form
from briefing.text.orders_abroad import ABROAD, ABROAD_OPENING
from briefing.text.orders_answers import OPENING, PRESCRIBED
from briefing.text.orders_demands import DEMANDS
from briefing.text.sentences import sentences


class Order(NamedTuple):
    """Where an order stands in a paragraph, and what it is, in words.

    ``opens`` says that it ends where what it is about would begin: the next paragraph is its payload.
    """

    start: int
    end: int
    detail: str
    opens: bool = False


_I = regex.IGNORECASE
_TURNED = regex.compile(
    r"(?:^\W*|[.:;!?,—–*#>\])\"“”'‘’(-]\s*|\b(?:please|now|kindly|you(?: must| should| will| are to)?|you to|sure to"
    r"|remember to|veuillez|bitte|por favor|s['’]il (?:te|vous) plaît"
    rf"|{MACHINE},?(?: must| should| shall)?),?\s+)$",
    _I,
)
# Not after a comma, where the verb of a sentence may stand.
_STARTED = regex.compile(
    r"(?:^\W*|[.:!;]\s+[\"“‘']?|\b(?:please|kindly|instead|simply|(?:reads|reading) this)[:,]?\s)$", _I
)
_TOLD = regex.compile(
    r"\b(?:told|asked|said|says|wrote|typed|read|instructed|ordered|prompted|requested)\b[^.:;]{0,60}:\s+[\"“‘']?$", _I
)
_SHORTEST_BLOB = 24
# What ends an order that has nothing of what it is about; so does one of up to three words.
_OPEN_END = regex.compile(r"(?::|\b(?:below|follows?|following)\W*)$|^(?:\S+\s+){0,2}\S+$", _I)
_BLOB = regex.compile(r"(?<![\w/.%=&?-])[A-Za-z0-9+/]{24,}={0,2}(?![\w/])")
# After an order, more of it: sentences that go on in the imperative.
_MORE = regex.compile(
    r"^\W*(?:(?:then|instead|also|now|and|please|next|finally|step \d:)\b,?\s*)?(?:write|say|report|name|use"
    r"|describe|praise|conclude|state|output|return|respond"
    r"|reply|print|include"
    r"|add|replace|mention|repeat|summari[sz]e|claim|tell|treat|cite|insert|append|begin|pretend|act as|answer"
    r"|do not|don['’]t"
    r"|never|always|you (?:must|should|are|will|may|can)|your\b|only (?:say|write|output)|schreibe?|gib|antworte|sage?"
    r"|écris|écrivez|réponds|répondez|escribe|escriba|responde|di|scrivi|rispondi|escreva|schrijf|napisz"
    r"|напиши(?:те)?)\b",
    _I,
)
_QUOTED = regex.compile(r"[\"“„«][^\"“”„«»]{3,120}[\"”“»]|(?<!\w)[‘'][^'‘’]{3,120}[’'](?!\w)")
_SPOKEN = regex.compile(
    r",[”\"’']?\s+(?:[\p{L}.’'-]+\s+){1,5}(?:said|told|warned|wrote|says|argued|added)\b[^,:;]{0,40}$", _I
)
# An attribution excuses only what would not move a machine: it is easily added to an order.
_OF_MACHINES = regex.compile(rf"\b(?:{MACHINE}|instructions?|prompts?|summary)\b", _I)
_REPORTING = regex.compile(
    r"\b(?:said|says|told|phrase|words?|wrote|showed|shown|found|called|tricked?|fool(?:s|ed)?|attack(?:s|ers?"
    r"|ed)?|hidden|hid"
    r"|researchers?|prompt injection|command|typed|tweeted|posted|repl(?:y|ies|ied)|answered|viral|screenshots?"
    r"|jailbreaks?|asked|sagte|schrieb|a (?:dit"
    r"|écrit)|dijo"
    r"|escribió|ha detto)\b",
    _I,
)
_OTHER_SCRIPT = regex.compile(r"[\u0370-\u1fff\u2e80-\uffff]")
_INVISIBLE = regex.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")

# The invisible twins of ASCII; longer runs than the name of a region in a flag are text.
_SMUGGLED = regex.compile(r"[\U000e0020-\U000e007e]{8,}(?:.*[\U000e0020-\U000e007e])?", regex.DOTALL)


_OPENS = OPENING + ABROAD_OPENING
_FORMS = _OPENS + FORMS + PRESCRIBED + DEMANDS + ABROAD
_OPENING = frozenset(map(id, _OPENS))


def _bits() -> tuple[dict[str, int], list[tuple[Form, int]]]:
    """The bits of each cue, one for each set that holds it, and of each form, one for each of its sets.

    So one look at each word of a text tells which forms have a word of all their sets.
    """
    cues: dict[str, int] = defaultdict(int)
    forms: list[tuple[Form, int]] = []
    bit = 1
    for form in _FORMS:
        needed = 0
        for words in form.cues:
            needed |= bit
            for word in words:
                cues[word] |= bit
            bit <<= 1
        forms.append((form, needed))
    return dict(cues), forms


_CUES, _NEEDED = _bits()


def instructions(paragraph: str, language: str = "en", *, after_order: bool = False) -> tuple[Order, ...]:
    """The orders in ``paragraph``, each one or more whole sentences, in order.

    ``after_order`` says that the paragraph before was all orders, so that this one may carry on.
    """
    plain = paragraph.isascii()
    if not plain and (smuggled := _SMUGGLED.search(paragraph)):
        return (Order(smuggled.start(), smuggled.end(), "hides text in characters that nobody sees"),)
    visible, origin = _visible(paragraph)
    seen = undisguised(visible)
    lowered = seen.lower()
    words = frozenset(letter_runs(lowered))
    found: list[Order] = []
    if imitated := marked(seen, lowered):
        detail = "imitates the marks of a chat"
        found.append(Order(origin[imitated.start], origin[imitated.end - 1] + 1, detail, imitated.opens))
    lengths = list(map(len, seen.split()))
    spaced = spaced_order(seen, lengths)
    blob = max(lengths, default=0) >= _SHORTEST_BLOB
    suspects = [form for form in _cued(lowered, words) if any(p.search(lowered) for p, _, _ in form.wordings)]
    turns = after_order or may_turn(lowered)
    if not (blob or suspects or turns or spaced >= 0):
        return _apart(found)
    armed = after_order
    for start, end in sentences(seen, language):
        sentence = seen[start:end]
        detail, rest = _order(sentence, suspects, blob)
        if turns and is_turn(sentence, seen[start:], after_order=armed):
            detail, rest = "speaks as the system or the assistant of a chat", True
        elif start <= spaced < end:
            detail, rest = "sets the letters of an order apart", True
        if not detail and armed and _MORE.match(sentence):
            detail = "goes on with the order before"
        armed = bool(detail)
        if detail and (rest or seen != visible):
            # What follows in the paragraph is what the order is about; where nothing does, the next paragraph is.
            opens = rest and not seen[end:].strip() and _OPEN_END.search(sentence.strip()) is not None
            found.append(Order(origin[start], len(paragraph), detail, opens))
            break
        if detail:
            found.append(Order(origin[start], origin[end - 1] + 1, detail))
    return _apart(found)


def _cued(lowered: str, words: frozenset[str]) -> Sequence[Form]:
    """The forms of order whose cues stand in the text; all of them where it is not all in Latin letters."""
    if not lowered.isascii() and _OTHER_SCRIPT.search(lowered):
        return _FORMS
    held = 0
    for cue in _CUES.keys() & words:
        held |= _CUES[cue]
    return [form for form, needed in _NEEDED if held & needed == needed]


def _apart(found: Sequence[Order]) -> tuple[Order, ...]:
    """``found`` in order, with those that overlap made one."""
    apart: list[Order] = []
    for order in sorted(found):
        if not apart or order.start >= apart[-1].end:
            apart.append(order)
        elif order.end > apart[-1].end:
            apart[-1] = apart[-1]._replace(end=order.end, opens=order.opens)
    return tuple(apart)


def _order(sentence: str, suspects: Sequence[Form], blob: bool) -> tuple[str, bool]:
    """What order ``sentence`` gives to a machine, empty when it gives none; whether the rest belongs to it."""
    if blob and any(_hides_text(found) for found in _BLOB.findall(sentence)):
        return "hides text in base64", False
    lowered = sentence.lower()
    if len(lowered) != len(sentence):
        sentence = lowered  # some letters grow when lowered; spans within the sentence must fit
    for form in suspects:
        for pattern, turn, start in form.wordings:
            for match in pattern.finditer(lowered):
                if turn and not _TURNED.search(sentence, max(0, match.start() - 60), match.start()):
                    continue
                if start and not _starts(sentence, match.start()):
                    continue
                if not _reported(sentence, match.start(), match.end()):
                    return form.detail, id(form) in _OPENING
    return "", False


def _starts(sentence: str, at: int) -> bool:
    """Whether a sentence starts at ``at``, or what a colon opens that nobody is told to say."""
    return _STARTED.search(sentence, max(0, at - 20), at) is not None and not _TOLD.search(sentence, 0, at)


def _reported(sentence: str, start: int, end: int) -> bool:
    """Whether somebody is reported to have said the words: in quotation marks, or with the speaker named after them."""
    if _SPOKEN.search(sentence, end) and not _OF_MACHINES.search(sentence):
        return True
    for quote in _QUOTED.finditer(sentence):
        if quote.start() <= start + 1 and end <= quote.end() + 1:
            around = sentence[: quote.start()] + " " + sentence[quote.end() :]
            return len(around.split()) >= 2 and _REPORTING.search(around) is not None
    return False


def _hides_text(blob: str) -> bool:
    try:
        plain = binascii.a2b_base64(blob + "=" * (-len(blob) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return False
    return plain.isprintable() and " " in plain


def _visible(paragraph: str) -> tuple[str, Sequence[int]]:
    """``paragraph`` without characters that nobody sees, and where each of its characters stood."""
    if paragraph.isascii() or not _INVISIBLE.search(paragraph):
        return paragraph, range(len(paragraph))
    places = [i for i, c in enumerate(paragraph) if not _INVISIBLE.match(c)]
    return "".join(paragraph[i] for i in places), places
