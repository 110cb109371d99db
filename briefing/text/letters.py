"""Runs of letters: the cheapest look at what words a text may hold."""

from __future__ import annotations

import re

_APART = {code: " " for code in range(128) if not chr(code).isalpha()}
_RUN = re.compile(r"[^\W\d_]+")


def letter_runs(text: str) -> list[str]:
    """The runs of letters in ``text``, in order."""
    return text.translate(_APART).split() if text.isascii() else _RUN.findall(text)
