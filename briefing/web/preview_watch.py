"""Which files of a theme have changed, and which formats that concerns."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from briefing.errors import ConfigError
from briefing.render.environment import find, line
from briefing.render.theme_file import FILE, MOST_BYTES

# The files that each format is made of; with what these name, nothing else reaches it.
ROOTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "html": (FILE, "brief.html", "style.css"),
        # A mail that has to be shortened carries the page.
        "eml": (
            FILE, "email.html", "email.css", "email.txt", "subject.txt", "preheader.txt", "brief.html", "style.css",
        ),
        "txt": (FILE, "brief.txt"),
        "md": (FILE, "brief.md"),
        "pdf": (FILE, "brief.html", "print.css"),
    }
)  # fmt: skip
# A theme may be any folder, such as one that holds a whole disk.
_MOST_FILES = 2000
# What editors leave beside the file that they write.
_PASSING = ("~", ".swp", ".tmp")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)

State = Mapping[Path, tuple[int, int]]


def folders(theme: str) -> tuple[Path, ...]:
    """The folder of a theme and of each that it extends. Raises ``ConfigError``."""
    return tuple(level.folder for level in line(find(theme)))


def state(folders: Iterable[Path], files: Iterable[Path] = ()) -> State:
    """Time of change (ns) and size of ``files`` and of every file in ``folders``; of those that are not there, none."""
    found: dict[Path, tuple[int, int]] = {}
    for path in (*files, *(path for folder in folders for path in _inside(folder))):
        try:
            stat = path.stat()
        except OSError:
            continue
        found[path] = stat.st_mtime_ns, stat.st_size
    return found


def changed(before: State, after: State) -> set[Path]:
    """The files that came, went or changed."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def concerned(files: Iterable[Path], folders: Sequence[Path]) -> set[str]:
    """The formats that a change of ``files`` may alter; of a file that no other names, all of them.

    A file is taken to reach every other that holds its name, in whatever way: rather too much is rendered again than
    too little.
    """
    names = {path: _name(path, folders) for path in files}
    texts = _texts(folders)
    formats: set[str] = set()
    reached = {format: _reached(roots, texts) for format, roots in ROOTS.items()}
    for name in names.values():
        formats |= {format for format in ROOTS if name in reached[format]} or set(ROOTS)
    return formats


def _name(path: Path, folders: Sequence[Path]) -> str:
    """What templates call a file; empty for one that stands in none of the ``folders``."""
    for folder in folders:
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return ""


def _texts(folders: Sequence[Path]) -> dict[str, str]:
    """What the files of one name say, in all ``folders`` together."""
    texts: dict[str, str] = {}
    for folder in folders:
        for path in _inside(folder):
            name = _name(path, (folder,))
            try:
                with path.open("rb") as file:
                    text = file.read(MOST_BYTES).decode("utf-8", "replace")
            except OSError:
                text = ""
            comments = _CSS_COMMENT if path.suffix in (".css", ".js") else _COMMENT
            texts[name] = texts.get(name, "") + comments.sub("", text)
    return texts


def _reached(roots: Iterable[str], texts: Mapping[str, str]) -> set[str]:
    reached, waiting = set(roots), list(roots)
    while waiting:
        text = texts.get(waiting.pop(), "")
        named = {name for name in texts if name not in reached and name.rpartition("/")[2] in text}
        reached |= named
        waiting += named
    return reached


def _inside(folder: Path) -> list[Path]:
    """The files of a folder and those below, without hidden ones, in order; the first of very many."""
    found: list[Path] = []
    for root, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        found += [Path(root, n) for n in sorted(names) if not n.startswith(".") and not n.endswith(_PASSING)]
        if len(found) >= _MOST_FILES:
            break
    return found[:_MOST_FILES]


def known_folders(theme: str, known: tuple[Path, ...]) -> tuple[Path, ...]:
    """``folders``, or those ``known`` from before while the theme is broken."""
    try:
        return folders(theme)
    except (ConfigError, OSError):  # the latter of a file that goes while it is looked at
        return known
