"""The files below a path, in sorted order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from briefing.model import Failure
from briefing.sources import failures

# What lies beside articles and is none: told by name, so that a folder need not be tidied first.
_BESIDE = re.compile(
    r"(readme|licen[cs]e|notice|copying|changelog|contributing|makefile|thumbs\.db|desktop\.ini)(\..*)?"
    r"|.*\.(toml|ya?ml|ini|cfg|lock|log|css|js|mjs|map|py|pyc|sh|bat|db|sqlite3?"
    r"|png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?|mp[34]|m4a|wav|ogg|webm|mov|woff2?|ttf|otf|eot|bak|tmp|swp)"
    r"|.*~",
    re.IGNORECASE,
)


def files_in(path: Path) -> Iterator[Path | Failure]:
    """The files of ``path``: itself, or all below it when it is a folder.

    In folders, hidden files and what obviously is no article (readmes, settings, pictures, styles) is passed over.
    Links are followed, but no folder is walked twice. What cannot be listed is a failure.
    """
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:  # a NUL in the name, a name too long, a loop of links
        yield Failure(shown(path), failures.NOT_FOUND, f"not a usable path: {error}")
        return
    if is_folder:
        yield from _below(path, set())
    elif exists:
        yield path if path.is_file() else Failure(shown(path), failures.UNSUPPORTED, "is neither a file nor a folder")
    elif path.is_symlink():
        yield Failure(shown(path), failures.NOT_FOUND, "is a link to nothing; remove it, or mend where it points")
    else:
        yield Failure(shown(path), failures.NOT_FOUND, f"no such file or folder; look with: ls {_parent(path)}")


def _below(folder: Path, walked: set[tuple[int, int]]) -> Iterator[Path | Failure]:
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in walked:
            return
        walked.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as entries:
            listed = sorted((e.name, _is_folder(e)) for e in entries)
    except OSError as error:
        yield Failure(shown(folder), failures.UNREADABLE, f"{error.strerror or error}; check its permissions")
        return
    for name, is_folder in listed:
        if name.startswith("."):
            continue
        if is_folder:
            yield from _below(folder / name, walked)
        elif not _BESIDE.fullmatch(name):
            yield from files_in(folder / name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _parent(path: Path) -> str:
    return shown(path.parent)


def shown(path: Path) -> str:
    """The path as text that can be written anywhere: names need not be UTF-8."""
    return str(path).encode("utf-8", "replace").decode().replace("\x00", "?")
