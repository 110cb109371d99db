"""A model's words as plain text: nothing that a page, a mail or a terminal would act on."""

from __future__ import annotations

import re
import unicodedata

# Links and pictures of Markdown keep their words and lose their target; a picture loses both.
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ADDRESS = re.compile(r"\b(?:[a-z][a-z0-9+.-]{1,15}://|www\.|mailto:|data:[a-z]+/|javascript:)\S*", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>|<\|[^<>|]*\|>")
_EMPHASIS = re.compile(r"(\*\*|__|~~|`+)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])([*_])(?=\S)([^*_]+?)(?<=\S)\3(?![\w*])")
_LINE_MARK = re.compile(r"^\s*(?:#{1,6}\s+|>\s+|[-*+•]\s+)", re.MULTILINE)
# The ids of passages, where a model puts them into its sentence: [p3], (p1, p2).
_IDS = re.compile(r"\s*[\[(]\s*p\d+(?:\s*[,;–-]\s*p\d+)*\s*[\])]")
# Unseen characters: controls and formats, among them those that turn the direction of writing, private ones and tags.
# The two joiners shape words of Persian and Indian scripts.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_JOINERS = "\u200c\u200d"


def plain(text: str) -> str:
    """``text`` on one line, without links, markup, ids of passages and unseen characters."""
    text = unicodedata.normalize("NFC", text)
    seen = "".join(_visible(c) for c in text)
    for pattern, kept in ((_PICTURE, ""), (_LINK, r"\1"), (_TAG, ""), (_ADDRESS, ""), (_LINE_MARK, ""), (_IDS, "")):
        seen = pattern.sub(kept, seen)
    seen = _EMPHASIS.sub(lambda m: m.group(2) or m.group(4), seen)
    return " ".join(seen.split())


def _visible(character: str) -> str:
    if character in _JOINERS or unicodedata.category(character) not in _UNSEEN:
        return character
    return " " if character in "\t\n\r\v\f\x85" else ""
