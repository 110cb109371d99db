"""Themes of one's own: made, filled with files of ours, compared with ours of today, and checked."""

from __future__ import annotations

import difflib
import hashlib
import re
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from briefing.errors import ConfigError, RenderError
from briefing.render.check import check
from briefing.render.environment import DEFAULT, Level, Theme, find, is_ours, line, places
from briefing.render.problems import ADVICE, ERROR, LEVELS, WARNING, Problem
from briefing.render.theme_file import FILE, own_file, read_text
from briefing.text.suggest import did_you_mean

__all__ = [
    "ADVICE", "ERROR", "LEVELS", "WARNING", "Change", "Listed", "Problem", "changes", "check", "eject", "listed", "new",
]  # fmt: skip

OWN = Path("templates")
# Beside an ejected file, ours as it was then: without it nobody can tell our changes from the user's.
_AS_EJECTED = ".ejected"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_HEADER = re.compile(r"Ejected from briefing (\S+), (\S+)/(\S+), sha256 ([0-9a-f]{64})")
_COMMENTS = {
    ".html": ("{#- ", " -#}"), ".md": ("{#- ", " -#}"), ".txt": ("{#- ", " -#}"), ".css": ("/* ", " */"),
    ".js": ("/* ", " */"),
}  # fmt: skip


class Listed(NamedTuple):
    """A theme that ``--theme`` finds by its name."""

    name: str
    folder: Path
    description: str
    extends: str
    ours: bool


def listed() -> list[Listed]:
    """Every theme, in the order in which they are looked for; of two of one name, the first is the one found."""
    found: dict[str, Listed] = {}
    for root in places():
        for folder in sorted(root.iterdir()) if root.is_dir() else ():
            if not folder.is_dir() or folder.name.startswith(".") or folder.name in found:
                continue
            try:
                levels = line(folder.resolve())
                description = levels[0].file.description or levels[0].file.name
                extends = levels[1].folder.name if len(levels) > 1 else ""
            except ConfigError as error:
                description, extends = f"cannot be used: {error}", ""
            found[folder.name] = Listed(folder.name, folder, description, extends, is_ours(folder.resolve()))
    return list(found.values())


def new(name: str, root: Path = OWN) -> Path:
    """Makes a theme in ``root`` that looks as ours does until something is changed. Raises ``ConfigError``."""
    if not _NAME.fullmatch(name):
        raise ConfigError(f"a theme is named with small letters, digits, - and _, not {name!r}")
    folder = root / name
    if folder.exists():
        raise ConfigError(f"{folder} is there already; choose another name, or change what is in it")
    ours = Theme(DEFAULT)
    lines = [f'name = "{name}"', 'description = ""', f'extends = "{DEFAULT}"', "", "[options]"]
    for option in ours.options.values():
        lines += [f"# {option.about}"] if option.about else []
        lines.append(f"# {option.name} = {_toml(option.default)}")
    _write(folder / FILE, "\n".join(lines) + "\n")
    _write(folder / "style.css", "/* Comes after our style.css. The PDF has print.css, which comes after ours. */\n")
    return folder


def eject(file: str, theme: str) -> Path:
    """Copies the file that ``theme`` inherits into its folder, to be changed there. Raises ``ConfigError``."""
    levels = _own(theme)
    if Path(file).suffix not in _COMMENTS:
        raise ConfigError(f"{file!r} is not a template, a style sheet or a script: {', '.join(_COMMENTS)}")
    target = levels[0].folder / file
    if target.exists():
        raise ConfigError(f"{target} is there already; briefing templates diff shows what ours became since")
    for level in levels[1:]:
        path = own_file(level.folder, file)
        if path:
            break
    else:
        names = sorted(p.name for level in levels[1:] for p in level.folder.iterdir() if p.suffix in _COMMENTS)
        hint = did_you_mean(file, names) or "."
        raise ConfigError(f"no theme that {theme!r} extends has a file {file!r}{hint} There are: {', '.join(names)}")
    text = read_text(path)
    start, end = _COMMENTS[target.suffix]
    note = f"Ejected from briefing {version('briefing')}, {level.folder.name}/{file}, sha256 {_hash(text)}"
    _write(target.parent / _AS_EJECTED / target.name, text)
    _write(target, f"{start}{note}{end}\n{text}")
    return target


class Change(NamedTuple):
    """An ejected file: when, of which theme, and how the original has changed since; empty where it has not."""

    file: Path
    version: str
    original: str
    difference: str


def changes(theme: str) -> list[Change]:
    """What became of the originals of a theme's ejected files. Raises ``ConfigError``."""
    levels = _own(theme)
    found: list[Change] = []
    for path in sorted(levels[0].folder.rglob("*")):
        if path.suffix not in _COMMENTS or _AS_EJECTED in path.parts or not path.is_file():
            continue
        try:
            header = _HEADER.search(read_text(path).partition("\n")[0])
        except RenderError as error:
            raise ConfigError(str(error)) from error
        if header is None:
            continue
        when, origin, file, was = header.groups()
        folder = next((level.folder for level in levels[1:] if level.folder.name == origin), None)
        today = own_file(folder, file) if folder else None
        now = read_text(today) if today else ""
        kept = path.parent / _AS_EJECTED / path.name
        # Without what was kept, the user's own changes are among the differences.
        then = read_text(kept) if kept.is_file() else read_text(path)
        found.append(Change(path, when, f"{origin}/{file}", "" if _hash(now) == was else _difference(then, now, file)))
    return found


def _own(theme: str) -> tuple[Level, ...]:
    levels = line(find(theme))
    if is_ours(levels[0].folder):
        raise ConfigError(f"{theme!r} is a theme of ours; make your own: briefing templates new NAME")
    return levels


def _difference(then: str, now: str, file: str) -> str:
    lines = difflib.unified_diff(
        then.splitlines(), now.splitlines(), f"{file}, as ejected", f"{file}, today", lineterm=""
    )
    return "\n".join(lines)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise RenderError(f"{path}: cannot be written: {error.strerror}") from error


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
    return str(value)
