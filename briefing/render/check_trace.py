"""Where in a theme's templates a piece of a page comes from.

Jinja tells lines of errors only. So the templates are copied with marks in them, characters of Unicode's private planes
that stand before each tag of HTML and each ``{{`` and tell file, line and column; a page filled from the copies shows
before each of its words where that was written.
"""

from __future__ import annotations

import copy
import re
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from briefing.errors import RenderError
from briefing.render.context import Context
from briefing.render.environment import Theme
from briefing.render.sandbox import Folders
from briefing.render.theme_file import own_file, read_text

_SUFFIXES = (".html", ".md", ".txt", ".js", ".css", ".svg")
_FILE, _NUMBER = 0x100000, 0xF0000
_MOST = 0xFFFD
_MARK = re.compile("([\U00100000-\U0010fffd])([\U000f0000-\U000ffffd])([\U000f0000-\U000ffffd])")
# A mark may have been cut by a filter.
_ANY = re.compile("[\U000f0000-\U0010fffd]")
# Comments, statements and expressions; what stands between them is printed as it is.
_TAGS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_ELEMENT = re.compile(r"<(?=[A-Za-z!])|^(?=[^\s<])", re.MULTILINE)


class Place(NamedTuple):
    """A file of a theme; line and column count from 1."""

    file: Path
    line: int
    column: int


class Trace:
    """The page of a template with the place of each of its pieces. Raises ``RenderError``."""

    def __init__(self, theme: Theme, name: str, context: Context) -> None:
        with tempfile.TemporaryDirectory(prefix="briefing-check-") as folder:
            self._files: list[Path] = []
            copies = {own: self._copied(own, Path(folder) / str(n)) for n, own in enumerate(_folders(theme))}
            marked = copy.copy(theme)
            marked.folders = Folders(
                tuple(copies[own] for own in theme.folders.searched),
                tuple((known, copies[own]) for known, own in theme.folders.named),
            )
            raw = marked.render(name, context)
        parts: list[str] = []
        self._marks: list[tuple[int, Place]] = []
        at = length = 0
        for mark in _MARK.finditer(raw):
            parts.append(_ANY.sub("", raw[at : mark.start()]))
            length += len(parts[-1])
            file, line, column = (ord(char) for char in mark.groups())
            self._marks.append((length, Place(self._files[file - _FILE], line - _NUMBER, column - _NUMBER)))
            at = mark.end()
        self.page = "".join((*parts, _ANY.sub("", raw[at:])))

    def place(self, pattern: str) -> Place | None:
        """Where that was written which the page shows at the first match of ``pattern``."""
        found = re.search(pattern, self.page, re.IGNORECASE)
        if found is None:
            return None
        before = [(at, place) for at, place in self._marks if at <= found.start()]
        if not before:
            return None
        at, place = before[-1]
        words = found[0].split()[:1]
        return _exact(place, self.page[at : found.start()], words[0] if words else "")

    def _copied(self, own: Path, to: Path) -> Path:
        for file in sorted(own.rglob("*")):
            name = file.relative_to(own).as_posix()
            found = own_file(own, name) if file.suffix in _SUFFIXES else None
            if found is None or len(self._files) >= _MOST:
                continue
            try:
                text = read_text(found)
            except RenderError:
                continue
            target = to / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text if file.suffix == ".css" else _marked(text, len(self._files)), "utf-8")
            self._files.append(file)
        return to


def _folders(theme: Theme) -> Sequence[Path]:
    return list(dict.fromkeys((*theme.folders.searched, *(folder for _, folder in theme.folders.named))))


def _marked(text: str, file: int) -> str:
    parts: list[str] = []
    at = 0
    # What is no tag of the template is between tags: the last piece too.
    for start, end, tag in (*((t.start(), t.end(), t[0]) for t in _TAGS.finditer(text)), (len(text), len(text), "")):
        data = text[at:start]
        cuts = [0, *(found.start() for found in _ELEMENT.finditer(data)), len(data)]
        for one, other in pairwise(cuts):
            parts += [_mark(text, at + one, file) if one else "", data[one:other]]
        parts += [_mark(text, start, file) if tag.startswith("{{") else "", tag]
        at = end
    return "".join(parts)


def _mark(text: str, at: int, file: int) -> str:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return "".join(map(chr, (_FILE + file, _NUMBER + min(line, _MOST), _NUMBER + min(column, _MOST))))


def _exact(place: Place, between: str, word: str) -> Place:
    """The place of ``word``, which the page shows after a mark and ``between``; else the mark's own."""
    try:
        lines = read_text(place.file).split("\n")
    except RenderError:
        return place
    down, _, rest = between.rpartition("\n")
    line = place.line + between.count("\n")
    column = len(rest) + 1 if down or "\n" in between else place.column + len(rest)
    for n in (line, place.line):
        start = column if n == line else place.column
        if word and 0 < n <= len(lines):
            at = lines[n - 1].find(word, start - 1)
            if at >= 0:
                return Place(place.file, n, at + 1)
    return place
