"""``theme.toml``: what a theme builds on, and the options that it declares and sets.

docs/templates.md tells its keys. A key that is not known, or a value of the wrong kind, is a ``ConfigError`` that names
file and line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from briefing.errors import ConfigError, RenderError
from briefing.text.suggest import did_you_mean

FILE = "theme.toml"
KINDS = ("text", "number", "boolean", "colour", "font", "image", "list")
STYLES = ("append", "replace")
# A theme's folder is somebody else's: none of its files is read that is larger than any of ours could become.
MOST_BYTES = 1_000_000

_KEYS = {"name": str, "description": str, "extends": str, "styles": str, "options": dict}
_OPTION_KEYS = ("type", "default", "about", "choices", "required")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
# The name of a font family: nothing that could end a declaration of CSS.
_FONT = re.compile(r"""[\w .-]+|"[\w .-]+"|'[\w .-]+'""")
_LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Option:
    """Something that a theme's user may set. ``choices`` and ``required`` are of the items of a list."""

    name: str
    kind: str
    default: Any
    about: str = ""
    choices: tuple[str, ...] = ()
    required: tuple[str, ...] = ()

    def accept(self, value: Any) -> Any:
        """``value`` as templates see it; an image stays a file's name. Raises ``ConfigError``."""
        match self.kind, value:
            case "text", str() if len(value) <= _LONGEST_TEXT and _one_line(value):
                return self._chosen(value)
            case "number", int() | float() if not isinstance(value, bool):
                return value
            case "boolean", bool():
                return value
            case "colour", str() if _COLOUR.fullmatch(value):
                digits = value[1:].lower()
                return "#" + (digits if len(digits) == 6 else "".join(d * 2 for d in digits))
            case "font", str() if all(_FONT.fullmatch(family.strip(" ")) for family in value.split(",")):
                return value
            case "image", str() if _one_line(value):
                return value
            case "list", list() | tuple() if all(isinstance(v, str) and _one_line(v) for v in value):
                return self._listed([self._chosen(v) for v in value])
        raise ConfigError(f"{self.name!r} is {_EXPECTED[self.kind]}, not {_shown(value)}")

    def _chosen(self, value: str) -> str:
        if self.choices and value not in self.choices:
            hint = did_you_mean(value, self.choices) or "."
            raise ConfigError(f"{self.name!r} knows no {value!r}{hint} There are: {', '.join(self.choices)}")
        return value

    def _listed(self, values: list[str]) -> list[str]:
        for value in values:
            if values.count(value) > 1:
                raise ConfigError(f"{self.name!r} names {value!r} twice")
        for value in self.required:
            if value not in values:
                raise ConfigError(f"{self.name!r} must hold {value!r}")
        return values


_EXPECTED = {
    "text": "a text of one line",
    "number": "a number",
    "boolean": "true or false",
    "colour": "a colour such as '#005a9c'",
    "font": "names of fonts such as 'Charter, Georgia, serif'",
    "image": "the name of a picture in the theme's folder",
    "list": "a list of texts",
}


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """What a ``theme.toml`` says. ``declared`` are its own options, ``values`` what it sets of its parents'."""

    path: Path
    name: str = ""
    description: str = ""
    extends: str = ""
    styles: str = "append"
    declared: Mapping[str, Option] = field(default_factory=lambda: MappingProxyType({}))
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    text: str = ""

    def place(self, key: str) -> str:
        """File and line where ``key`` is written."""
        return f"{self.path}{line_of(self.text, key)}"


@dataclass(frozen=True, slots=True)
class Look:
    """What a user sets of a theme's options, and the folder that pictures named there count from."""

    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    folder: Path | None = None


def read(folder: Path) -> ThemeFile:
    """The ``theme.toml`` of a folder; a folder without one extends the default theme. Raises ``ConfigError``."""
    path = folder / FILE
    if not path.exists():
        return ThemeFile(path)
    found = own_file(folder, FILE)
    if found is None:
        raise ConfigError(f"{path}: is not a file of the theme's folder")
    return _read(path, found, found.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(path: Path, found: Path, changed: int) -> ThemeFile:
    try:
        text = read_text(found)
        table = tomllib.loads(text)
    except RenderError as error:
        raise ConfigError(str(error)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error
    try:
        return _parsed(path, text, table)
    except _Fault as fault:
        raise ConfigError(f"{path}{line_of(text, fault.key)}: {fault}") from fault


class _Fault(Exception):
    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def _parsed(path: Path, text: str, table: dict[str, Any]) -> ThemeFile:
    for key, value in table.items():
        if key not in _KEYS:
            raise _Fault(key, f"unknown key {key!r}{did_you_mean(key, _KEYS)}")
        if not isinstance(value, _KEYS[key]):
            raise _Fault(key, f"{key!r} is a {'table' if key == 'options' else 'text'}, not {_shown(value)}")
    styles = table.get("styles", "append")
    if styles not in STYLES:
        raise _Fault("styles", f"'styles' is 'append' or 'replace', not {styles!r}{did_you_mean(styles, STYLES)}")
    declared: dict[str, Option] = {}
    values: dict[str, Any] = {}
    for name, value in table.get("options", {}).items():
        # A table declares an option; no option has a table for its value.
        if isinstance(value, dict):
            declared[name] = _option(name, value)
        else:
            values[name] = value
    return ThemeFile(
        path,
        table.get("name", ""),
        table.get("description", ""),
        table.get("extends", ""),
        styles,
        MappingProxyType(declared),
        MappingProxyType(values),
        text,
    )


def _option(name: str, table: dict[str, Any]) -> Option:
    if not _NAME.fullmatch(name) or name == "name":
        raise _Fault(name, f"an option is named with small letters, digits and _, and not 'name': {name!r}")
    for key in table:
        if key not in _OPTION_KEYS:
            raise _Fault(key, f"unknown key {key!r} of option {name!r}{did_you_mean(key, _OPTION_KEYS)}")
    kind = table.get("type", "text")
    if kind not in KINDS:
        hint = did_you_mean(str(kind), KINDS) or "."
        raise _Fault(name, f"option {name!r} has no type {kind!r}{hint} Types: {', '.join(KINDS)}")
    lists = {key: table.get(key, []) for key in ("choices", "required")}
    for key, value in lists.items():
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise _Fault(key, f"{key!r} of option {name!r} is a list of texts, not {_shown(value)}")
    about = table.get("about", "")
    if not isinstance(about, str):
        raise _Fault("about", f"'about' of option {name!r} is a text, not {_shown(about)}")
    option = Option(name, kind, None, about, tuple(lists["choices"]), tuple(lists["required"]))
    if "default" not in table:
        raise _Fault(name, f"option {name!r} has no default")
    default = table["default"]
    # No picture and no colour is a default like any other: a theme may go without.
    if kind in ("image", "colour", "font") and default == "":
        return Option(name, kind, "", about, option.choices, option.required)
    try:
        return Option(name, kind, option.accept(default), about, option.choices, option.required)
    except ConfigError as error:
        raise _Fault(name, f"the default of {error}") from error


def own_file(folder: Path, name: str) -> Path | None:
    """The regular file ``name`` of a theme's folder; nothing where it stands outside, through a link or ``..``."""
    try:
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, ValueError):
        return None


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """A file of a theme. Raises ``RenderError`` where it cannot be read or is larger than ``most`` bytes."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise RenderError(f"{path}: cannot be read: {error.strerror}") from error
    if len(data) > most:
        raise RenderError(f"{path}: is larger than {most // 1000:,} kB, the most that a theme's file may hold")
    return data


def read_text(path: Path) -> str:
    """A text file of a theme, as ``read_bytes``."""
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise RenderError(f"{path}: is not UTF-8: {error.reason} at byte {error.start}") from error


def line_of(text: str, key: str) -> str:
    """``:7`` where a key, or the table of that name, is first written in TOML; nothing where it is not found."""
    word = re.escape(key)
    at = re.search(rf"""^\s*(?:["']?{word}["']?\s*=|\[[^\]\n]*\b{word}["']?\s*\])""", text, re.MULTILINE)
    if at is None:
        return ""
    start = at.start() + len(at[0]) - len(at[0].lstrip())
    return f":{text.count(chr(10), 0, start) + 1}"


def _one_line(text: str) -> bool:
    return text.isprintable()


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"
