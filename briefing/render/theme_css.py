"""A theme's style sheets: one after another, with its options as custom properties, and nothing from elsewhere."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefing.errors import RenderError
from briefing.render.theme_file import Option, own_file, read_bytes, read_text

MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
}
# What any of these stands in may name a file. A backslash may hide one of them.
_SUSPECT = re.compile(r"url|@import|image-set|image\(|src\(|\\", re.IGNORECASE)
_FETCHING = {"url", "src", "image", "image-set", "-webkit-image-set"}
DARK = "_dark"


def properties(options: Mapping[str, Option], values: Mapping[str, Any]) -> str:
    """Colours and fonts as custom properties: ``strong_rule`` as ``--strong-rule``, ``accent_dark`` for dark pages."""
    light: list[str] = []
    dark: list[str] = []
    for name, option in options.items():
        if option.kind in ("colour", "font") and values.get(name):
            plain = name.removesuffix(DARK).replace("_", "-")
            (dark if name.endswith(DARK) else light).append(f"--{plain}: {values[name]};")
    css = f":root {{ {' '.join(light)} }}\n" if light else ""
    return css + (f"@media (prefers-color-scheme: dark) {{ :root {{ {' '.join(dark)} }} }}\n" if dark else "")


def with_counterparts(options: Mapping[str, Option], names: Sequence[str]) -> list[str]:
    """``names`` with the other of each pair of light and dark, without which a later rule would win over it."""
    plain = {name.removesuffix(DARK) for name in names}
    return [name for name in options if name.removesuffix(DARK) in plain]


def sheet(folder: Path, path: Path) -> str:
    """A style sheet of the theme in ``folder`` with the files that it names put into it as ``data:`` addresses.

    Raises ``RenderError`` naming file and line for an import, an address elsewhere or a file outside the folder.
    """
    return _sheet(folder, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _sheet(folder: Path, path: Path, changed: int) -> str:
    text = read_text(path)
    if not _SUSPECT.search(text):
        return text
    # Imported here: few style sheets name files.
    import tinycss2

    tokens = tinycss2.parse_component_value_list(text)
    rewritten = False
    for token, nested in _walk(tokens):
        place = f"{path}:{token.source_line}:{token.source_column}"
        if token.type == "at-keyword" and token.lower_value == "import":
            raise RenderError(f"{place}: @import; put the rules into this file")
        if token.type == "url" or (nested and token.type == "string"):
            address = inlined(folder, token.value, place)
            rewritten |= address != token.value
            token.value, token.representation = address, f'url("{address}")' if token.type == "url" else f'"{address}"'
    try:
        return tinycss2.serialize(tokens) if rewritten else text
    except RecursionError as error:
        raise RenderError(f"{path}: is nested too deeply") from error


def inlined(folder: Path, address: str, place: str) -> str:
    """``address`` if it needs no fetching, else the file of the theme that it names, as a ``data:`` address."""
    if address.startswith("#") or address[:5].lower() == "data:":
        return address
    path = own_file(folder, address)
    if path is None:
        raise RenderError(
            f"{place}: {address!r} is no file of the theme's folder; a theme loads nothing from elsewhere"
        )
    return data_address(path, place)


def data_address(path: Path, place: str) -> str:
    """A picture or font as a ``data:`` address. Raises ``RenderError`` for other kinds of files and large ones."""
    kind = MEDIA_TYPES.get(path.suffix.lower())
    if kind is None:
        raise RenderError(f"{place}: {path.name} is neither a picture nor a font: {', '.join(MEDIA_TYPES)}")
    return f"data:{kind};base64,{base64.b64encode(read_bytes(path)).decode()}"


def _walk(tokens: Sequence[Any]) -> Iterator[tuple[Any, bool]]:
    """Every token, and whether it stands in a function that fetches what its strings name."""
    # A stack and no recursion: CSS nests as deep as its author likes.
    stack = [(token, False) for token in reversed(tokens)]
    while stack:
        token, nested = stack.pop()
        yield token, nested
        inner: Sequence[Any] = ()
        if token.type == "function":
            inner, nested = token.arguments, nested or token.lower_name in _FETCHING
        elif token.type in ("() block", "[] block", "{} block"):
            inner = token.content
        stack.extend((child, nested) for child in reversed(inner))
