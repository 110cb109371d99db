"""Paragraphs that are furniture of a page, not part of its article: pleas, links, credits, captions."""

from __future__ import annotations

from enum import StrEnum

import regex


class Kind(StrEnum):
    """What a piece of furniture is."""

    BOILERPLATE = "boilerplate"
    CAPTION = "caption"


_CAPTION = regex.compile(r"^(?:image (?:caption|copyright)|photo:|file\s*-)|\bgetty images\b", regex.I)
_BOILERPLATE = regex.compile(r"^(?:read more|related:|sign up|copyright|story continues below|send this page)", regex.I)


def furniture(paragraph: str) -> Kind | None:
    """What furniture ``paragraph`` is, or none."""
    if _CAPTION.search(paragraph):
        return Kind.CAPTION
    return Kind.BOILERPLATE if _BOILERPLATE.search(paragraph) else None
