"""Lines of a given width, in any script."""

from __future__ import annotations

import re
import unicodedata

from briefing.render.strings import NO_BREAK

COLUMNS = 78
_GAP = re.compile(f"[^\\S{NO_BREAK}]+")


def wrap(text: str, indent: int = 0, first: str = "", columns: int = COLUMNS) -> str:
    """``text`` broken into lines of at most ``columns`` columns, continued under ``indent`` spaces.

    ``first`` stands before the first line, such as ``"[1] "``. Wide characters (UAX 11) take two columns, and
    words too long for a line, as in scripts without spaces, are broken anywhere.
    """
    lines: list[str] = []
    line, used, blank = first, width(first), True
    for word in _GAP.split(text.strip()) if text.strip() else ():
        gap = 0 if blank else 1
        if used + gap + width(word) > columns and not blank:
            lines.append(line)
            line, used, gap = " " * indent, indent, 0
        if used + gap + width(word) > columns:
            for char in word:
                if used + width(char) > columns:
                    lines.append(line)
                    line, used = " " * indent, indent
                line, used = line + char, used + width(char)
        else:
            line, used = line + " " * gap + word, used + gap + width(word)
        blank = False
    return "\n".join([*lines, line])


def width(text: str) -> int:
    """Columns that ``text`` takes on a terminal."""
    return sum(
        0 if unicodedata.combining(c) or c in "\u200b\u200c\u200d\u200e\u200f\u061c\u2068\u2069"
        else 2 if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )  # fmt: skip
