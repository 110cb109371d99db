"""Which mail clients drop which properties of CSS, by the data of caniemail.com."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "mail-clients.json"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"(?:(?<=[{;])|(?<=^))\s*([a-z][a-z-]*)\s*:\s*([^;{}]*)")


class Dropped(NamedTuple):
    """A declaration of a style sheet and the clients that drop it; line and column count from 1."""

    line: int
    column: int
    declaration: str
    clients: tuple[str, ...]


def dropped(css: str) -> list[Dropped]:
    """The declarations in ``css`` that some client drops altogether. What was never tested is not named."""
    bare = _COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), css)
    found = []
    for match in _DECLARATION.finditer(bare):
        name, value = match[1], match[2].removesuffix("!important").strip()
        clients = _clients(name, value)
        if clients:
            at = match.start(1)
            line = bare.count("\n", 0, at) + 1
            found.append(Dropped(line, at - bare.rfind("\n", 0, at), f"{name}: {value}", clients))
    return found


def _clients(name: str, value: str) -> tuple[str, ...]:
    data = _data()
    letters: str = data["css"].get(f"{name}:{value}") or data["css"].get(name, "")
    return tuple(client for client, letter in zip(data["clients"], letters, strict=False) if letter == "n")


@cache
def _data() -> Any:
    return json.loads(DATA.read_text("utf-8"))
