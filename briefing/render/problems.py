"""What a check of a theme finds, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ERROR, WARNING, ADVICE = LEVELS = ("error", "warning", "advice")
_PLACE = re.compile(r"(?P<file>[^:\n]+):(?P<line>\d+)(?::(?P<column>\d+))?: (?P<text>.*)", re.DOTALL)
_QUOTED = re.compile(r"'([^'\n]+)'")
# What Jinja calls the ends of its tags.
_ENDS = {"end of statement block": "%}", "end of print statement": "}}"}


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


def problem(level: str, path: Path | str, line: int, text: str, *words: str) -> Problem:
    """A problem whose column is where the first of ``words`` that stands in that line of the file does, best within
    a template's tag; where none of them does, the line's first character."""
    return Problem(level, str(path), line, _column(Path(path), line, words), text)


def of_error(error: Exception, fallback: Path, level: str = ERROR) -> Problem:
    """An error of rendering, whose message begins with file and line, as a problem."""
    found = _PLACE.match(str(error))
    if found is None:
        return Problem(level, str(fallback), 0, 0, str(error))
    if found["column"]:
        return Problem(level, found["file"], int(found["line"]), int(found["column"]), found["text"])
    return problem(level, found["file"], int(found["line"]), found["text"], *quoted(found["text"]))


def quoted(message: str) -> list[str]:
    """What a message of Jinja's puts into quotation marks, as it would stand in the template."""
    return [_ENDS.get(word, word) for word in _QUOTED.findall(message)]


def sorted_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Each once, errors first, then by place."""
    return sorted(dict.fromkeys(problems), key=lambda p: (LEVELS.index(p.level), p.file, p.line, p.column, p.text))


def _column(path: Path, line: int, words: Iterable[str]) -> int:
    try:
        text = path.read_text("utf-8").splitlines()[line - 1] if line else ""
    except (OSError, UnicodeDecodeError, IndexError):
        return 0
    for word in filter(None, words):
        places = [at.start() for at in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
        if places:
            return next((at for at in places if _in_tag(text[:at])), places[0]) + 1
    return len(text) - len(text.lstrip()) + 1 if text.strip() else 0


def _in_tag(before: str) -> bool:
    return any(before.rfind(start) > before.rfind(end) for start, end in (("{{", "}}"), ("{%", "%}")))
