"""Words written so that a machine reads them and a filter does not: look-alike letters, digits for letters, gaps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import regex

# Letters that look like Latin ones (Unicode TR 39, confusables), of Cyrillic and Greek.
_LOOK_ALIKE = str.maketrans(
    "аАвВеЕкКмМнНоОпрРсСтТуУхХиіІјЈѕЅԁԛԝһӏαΑΒεΕΖηΗιΙκΚΜνΝοΟρΡτΤυΥχΧ",
    "aAbBeEkKmMhHoOnpPcCtTyYxXuiIjJsSdqwhlaABeEZnHiIkKMvNoOpPtTuYxX",
)
_OTHER = re.compile(r"[\u0370-\u052f]")
_MIXED = regex.compile(r"(?=\p{L}*\p{Latin})(?=\p{L}*[\p{Cyrillic}\p{Greek}])\p{L}+")
_STYLED = regex.compile(r"[\uff01-\uff5e\U0001d400-\U0001d7ff\u2460-\u24ff\U0001f130-\U0001f189]")
_DIGITS = str.maketrans("03457", "oeast")
_LEET = regex.compile(r"\p{L}[013457]{1,2}\p{L}|(?<!\S)[013457]\p{L}{3,}")
# Cheaper than the next: a digit of a number does not stand beside a letter.
_DIGIT = re.compile(r"[013457](?<=[^\W\d].)[^\W\d_]|\b[013457][^\W\d_]")
_LEET_WORD = regex.compile(r"(?<!\S)\W*(?=\S*\p{L})(?=\S*[013457])[\p{L}013457]+(?=\W*(?:\s|$))")
# Of fewer such words, some are names of things.
_LEAST_WORDS = 2
_GAP = r"[ \u00a0._·*|-]{1,3}"
_APART = regex.compile(rf"(?<!\p{{L}})\p{{L}}(?:{_GAP}\p{{L}}(?!\p{{L}})){{7,}}")
_ORDER = regex.compile(
    r"(?:ignor|disregard|forget|overrid)\p{L}*(?:instruct|prompt|previous|above|rules|everything|all)|systemprompt"
    r"|languagemodel|(?:your|the)(?:summary|answer|brief|output|response|headline)|instructions?(?:to|for)"
    r"|(?:write|state|report|mention|say)that|please(?:write|say|state|mention|name|report)",
    regex.IGNORECASE,
)


def undisguised(text: str) -> str:
    """``text`` with look-alike letters as the letters that they stand for, each at its place."""
    if not text.isascii():
        text = _STYLED.sub(_unstyled, text)
        if _OTHER.search(text):
            text = _MIXED.sub(lambda m: m.group().translate(_LOOK_ALIKE), text)
    if _DIGIT.search(text) and len(_LEET.findall(text)) >= _LEAST_WORDS:
        text = _LEET_WORD.sub(_letters, text)
    return text


def spaced_order(text: str, lengths: Sequence[int]) -> int:
    """Where an order starts whose letters are set apart, else -1. ``lengths`` are those of the text's words."""
    if lengths.count(1) < 8 and sum(map(text.count, "._-·*|")) < 7:
        return -1
    return next(
        (m.start() for m in _APART.finditer(text) if _ORDER.search("".join(filter(str.isalpha, m.group())))), -1
    )


def _unstyled(match: regex.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", match.group())
    return plain if len(plain) == 1 else match.group()


def _letters(match: regex.Match[str]) -> str:
    word = match.group().translate(_DIGITS)
    return regex.sub("1(?=[1l])|(?<=[1l])1", "l", word).replace("1", "i")
