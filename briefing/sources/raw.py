"""What the readers of the formats hand on: an article as its file says it, or a flaw, before anything is checked."""

from __future__ import annotations

from dataclasses import dataclass

SUMMARY_ONLY = "from the summary: the feed holds no fuller text"


@dataclass(frozen=True, slots=True)
class Raw:
    """An article in the words of its file. Everything is text, so that it passes between processes as JSON.

    ``published`` and ``language`` are as declared. ``entry`` names the part of a file that holds many ("" for a
    file that is one article). ``notes`` say how it was read where that matters to a reader.
    """

    text: str
    title: str = ""
    url: str = ""
    source: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    entry: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flaw:
    """A part of a file that could not be read; the other parts go on."""

    entry: str
    reason: str
    detail: str
