"""Other people's text made safe to print: for a terminal, for a Markdown reader, for any page."""

from __future__ import annotations

import re
from typing import Any

# Control characters move the cursor and ring bells, bidirectional overrides show words in another order than they
# stand (CVE-2021-42574), surrogates and noncharacters have no place in UTF-8 or XML. The marks that Arabic, Hebrew,
# Persian and emoji need (U+200C to U+200F, U+061C) stay.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_SPACE = re.compile(r"\s+")
# Spaces at which no line may break, as French sets them before its colons and within its quotation marks.
NO_BREAK = "\u00a0\u202f"
# What Markdown must not escape: what stands in no line of text, and our own words, whose braces are filled later.
PLAIN = frozenset({"id", "url", "link", "calls", "card", "article", "page", "labels"})

# ASCII punctuation that GitHub-flavoured Markdown gives a meaning inside a line, or at its start.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&$@])")
_LIST = re.compile(r"^(\s*)([-+=])|^(\s*\d{1,9})([.)])(?=\s|$)")
# A bare address would become a link: the escape stands within "://" and "www.".
_BARE_LINK = re.compile(r"(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)", re.IGNORECASE)


def printable(value: Any) -> Any:
    """``value`` (dicts, lists and strings) with each string on one line and free of what cannot be printed."""
    if isinstance(value, str):
        return _SPACE.sub(_one_space, _SURROGATE.sub("\ufffd", _UNPRINTABLE.sub("", value)))
    if isinstance(value, dict):
        return {k: printable(v) for k, v in value.items()}
    if isinstance(value, list):
        return [printable(v) for v in value]
    return value


def _one_space(run: re.Match[str]) -> str:
    return run[0] if run[0] in NO_BREAK else " "


def markdown(value: Any, plain: frozenset[str] = PLAIN) -> Any:
    """``value`` with every string escaped so that Markdown shows it as it is, but for those under ``plain`` keys."""
    if isinstance(value, str):
        return escape_markdown(value)
    if isinstance(value, dict):
        return {k: v if k in plain else markdown(v, plain) for k, v in value.items()}
    if isinstance(value, list):
        return [markdown(v, plain) for v in value]
    return value


def one_blank_line(page: str) -> str:
    """``page`` with each run of blank lines brought down to one, and one line break at its end."""
    return _BLANK_LINES.sub("\n\n", page).strip("\n") + "\n"


def escape_markdown(text: str) -> str:
    """``text`` as Markdown (CommonMark with GitHub's extensions) that shows just these characters."""
    text = _MARKDOWN.sub(r"\\\1", text)
    text = _LIST.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}", text)
    return _BARE_LINK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"{m[3]}\\{m[4]}", text)
