"""What is compared, and what a comparison finds."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Evidence(NamedTuple):
    """A sentence (or less) that is to support a claim; ``published`` resolves its "Tuesday"."""

    text: str
    language: str = "en"
    published: date | None = None


class Difference(NamedTuple):
    """One thing that differs, in words for a person. ``severe`` is False where a claim is too strong, not wrong."""

    check: str
    reason: str
    severe: bool = True
