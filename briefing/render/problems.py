"""What a check of a theme finds, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ERROR, WARNING, ADVICE = LEVELS = ("error", "warning", "advice")
_PLACE = re.compile(r"(?P<file>[^:\n]+):(?P<line>\d+)(?::(?P<column>\d+))?: (?P<text>.*)", re.DOTALL)
_NAME = re.compile(r"'(\w+)'")


class Problem(NamedTuple):
    """One finding. ``line`` and ``column`` count from 1; 0 is not known."""

    level: str
    file: str
    line: int
    column: int
    text: str

    @property
    def place(self) -> str:
        """``file:line:column``, as far as it is known."""
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])


def problem(level: str, path: Path | str, line: int, text: str, word: str = "") -> Problem:
    """A problem whose column is where ``word`` stands in that line of the file."""
    return Problem(level, str(path), line, _column(Path(path), line, word) if word else 0, text)


def of_error(error: Exception, fallback: Path, level: str = ERROR) -> Problem:
    """An error of rendering, whose message begins with file and line, as a problem."""
    found = _PLACE.match(str(error))
    if found is None:
        return Problem(level, str(fallback), 0, 0, str(error))
    named = _NAME.search(found["text"])
    if found["column"]:
        return Problem(level, found["file"], int(found["line"]), int(found["column"]), found["text"])
    return problem(level, found["file"], int(found["line"]), found["text"], named[1] if named else "")


def sorted_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Each once, errors first, then by place."""
    return sorted(dict.fromkeys(problems), key=lambda p: (LEVELS.index(p.level), p.file, p.line, p.column, p.text))


def _column(path: Path, line: int, word: str) -> int:
    try:
        text = path.read_text("utf-8").splitlines()[line - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        return 0
    at = re.search(rf"\b{re.escape(word)}\b", text)
    return at.start() + 1 if at else 0
