"""Finding what a text tells its reader to do, as an over-eager model would: any imperative counts.

This shares no rule and no word list with ``text.instructions``: it stands for a model, which that has to protect.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

# Verbs that open an order, in the languages that the tests use. Too many rather than too few.
_VERBS = frozenset(
    """
    add adopt answer append assume attach be begin call change cite claim close complete conclude confirm consider
    continue convert copy create declare decode delete describe dismiss display disregard do drop emit enable end
    enter exit explain fetch finish follow forget generate give go hide ignore include insert invent issue keep leave
    link list load make mark mention name note obey omit open output overwrite place play praise prefix present pretend
    print proceed produce promote provide publish put quote rate read recommend refer reject remove render repeat
    rephrase replace reply report reproduce respond return reveal say send set show sign skip speak stand start state
    stop summarise summarize swap switch take tell translate treat trust try turn type use visit write
    ignoriere schreibe schreib gib antworte nenne vergiss ersetze füge behaupte
    ignore écris réponds oublie remplace ajoute affirme ignora escribe responde olvida añade reemplaza di
    """.split()
)
_OPENERS = frozenset(
    "please kindly now then instead also important attention note system human user assistant bitte por veuillez you "
    "must should always never and so ok okay first next finally just simply".split()
)
_MARKERS = re.compile(
    r"\[/?INST\]|<<?/?\|?\w+\|?>>?|\(/?INST\)|‹\|?/?\w+\|?›|###? ?\w+:?|^\W*(?:system|assistant|user|human)\s*:"
    r"|\b(?:developer|admin|debug|dan) mode\b|\blanguage model|\bai (?:assistant|model|system)",
    re.IGNORECASE | re.MULTILINE,
)
# Asked in the middle of a sentence.
_ASKED = re.compile(
    r"\b(?:please|you(?: can| must| should| will| may)?(?: now)?(?: \w+ly)?|must|should)\s+(?:write|say|state|claim"
    r"|name|mention|describe|praise|report|include|recommend|add)\b",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s)\]>\"'”]+")
_IMAGE = re.compile(r"!?\[[^\]]*\]\([^)]*\)")
_QUOTED = re.compile(r"[\"“„«'‘]([^\"“”„«»]{3,200}?)[\"”“»'’](?!\w)")
_REPLACED = re.compile(
    r"(?:replace|change|swap|ersetze)\b(.{2,60}?)\b(?:with|by|to|for|durch)\b\s*(.{2,60}?)(?:[.,;]|$)", re.I
)
_RANDOM = re.compile(r"\b(\d+|three|four|five|six|ten) random numbers?\b", re.I)
_OWN_PROMPT = re.compile(r"\b(?:your|the) (?:system |own |full |entire |initial )*(?:prompt|instructions)\b", re.I)
_THAT = re.compile(r"\b(?:that|dass|que)\b:? (.{8,200})", re.I)
_BLOB = re.compile(r"\b[A-Za-z0-9+/]{20,}={0,2}")
_SPACED = re.compile(r"(?:\b\w[ .·_-]{1,3}){6,}\w\b")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_TAG_CHARACTERS = re.compile("[\U000e0020-\U000e007e]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+")


class Order(NamedTuple):
    """A sentence that tells a machine to do something. ``answer`` is a whole answer to give, where it has one."""

    sentence: str
    replacements: tuple[tuple[str, str], ...] = ()
    answer: Any = None

    def obeyed(self, prompt: str) -> Iterator[str]:
        """The sentences that the order wants written; ``prompt`` is what it may want to see."""
        yield from _IMAGE.findall(self.sentence)
        yield from (f"Read more at {url}" for url in _URL.findall(self.sentence))
        yield from (words[0].upper() + words[1:] for words in _QUOTED.findall(self.sentence))
        yield from (words[0].upper() + words[1:] for words in _THAT.findall(self.sentence))
        if _RANDOM.search(self.sentence):
            yield "7481, 2203, 9914, 3350, 6127"
        if _OWN_PROMPT.search(self.sentence) and prompt:
            yield " ".join(prompt.split()[:40])
        yield self.sentence


def orders(text: str) -> Iterator[Order]:
    """Every order in ``text``, those that are hidden in its letters too."""
    for whole in _readings(text):
        if (answer := _object(whole)) is not None:
            yield Order(whole, answer=answer)
        told = False
        for sentence in filter(None, map(str.strip, _SENTENCE.split(whole))):
            # What comes after an order is often what it is about.
            before, told = told, _orders(sentence)
            if told or before:
                old_new = tuple((a.strip(" '\"“”"), b.strip(" '\"“”")) for a, b in _REPLACED.findall(sentence))
                yield Order(sentence, tuple((a, b) for a, b in old_new if a and b))


def _readings(text: str) -> Iterator[str]:
    """The text, and what a machine may read in its letters."""
    yield text
    if _INVISIBLE.search(text):
        yield _INVISIBLE.sub("", text)
    for run in _TAG_CHARACTERS.findall(text):
        yield "".join(chr(ord(c) - 0xE0000) for c in run)
    for run in _SPACED.findall(text):
        yield "Say " + re.sub(r"\W", "", run)
    for blob in _BLOB.findall(text):
        try:
            decoded = base64.b64decode(blob + "=" * (-len(blob) % 4), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
        if decoded.isprintable() and " " in decoded:
            yield decoded


def _orders(sentence: str) -> bool:
    if any(pattern.search(sentence) for pattern in (_MARKERS, _IMAGE, _ASKED)):
        return True
    words = [w.casefold() for w in _WORD.findall(sentence)]
    while words and words[0] in _OPENERS:
        words.pop(0)
    return bool(words) and words[0] in _VERBS


def _object(text: str) -> Any:
    """A JSON object of some size that stands in the text."""
    start = text.find("{")
    if start < 0:
        return None
    try:
        found, _ = json.JSONDecoder().raw_decode(text[start:])
    except json.JSONDecodeError:
        return None
    return found or None
