"""Titles and sentences as headlines: always a span of what was published."""

from __future__ import annotations

import re

_SITE = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,40}$")


def trimmed(title: str) -> tuple[int, int]:
    """Span of ``title`` without the name of the site at its end."""
    match = _SITE.search(title)
    return 0, match.start() if match and match.start() > 15 else len(title)


def shortened(sentence: str, language: str = "en") -> int:
    """Where a headline cut from the start of ``sentence`` may end."""
    return len(sentence)
