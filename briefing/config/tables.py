"""Tables of a TOML file: read, and each value held to the kind that its key asks for."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from briefing.errors import ConfigError
from briefing.text.suggest import did_you_mean

_NOWHERE: Mapping[str, Collection[str]] = MappingProxyType({})
# How a field's type is called in errors, and checked.
KINDS = {
    "str": "text",
    "Json": "text",
    "float": "number",
    "float | None": "number",
    "int": "whole number",
    "int | None": "whole number",
    "bool": "yes or no",
    "bool | None": "yes or no",
    "tuple[str, ...]": "list of texts",
}


def read_table(path: Path) -> dict[str, Any]:
    """What the file holds. Raises ``ConfigError`` with its name."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as e:
        raise ConfigError(f"{path}: there is no such file") from e
    except OSError as e:
        raise ConfigError(f"{path}: cannot be read: {e.strerror}") from e
    except UnicodeDecodeError as e:
        raise ConfigError(f"{path}: is not TOML: its bytes are not UTF-8") from e
    except tomllib.TOMLDecodeError as e:
        raise ConfigError(f"{path}: is not TOML: {e}") from e


def checked(
    table: Any,
    kinds: Mapping[str, str],
    where: str,
    elsewhere: Mapping[str, Collection[str]] = _NOWHERE,
    also: Collection[str] = (),
) -> dict[str, Any]:
    """The table's values, each of the kind its key asks for.

    ``where`` names the table in errors; ``elsewhere`` are tables and the keys that belong there,
    ``also`` names that may have been meant.
    Raises ``ConfigError``.
    """
    if not isinstance(table, dict):
        raise ConfigError(f"expected a table{where}, not {table!r}")
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in kinds:
            place = next((name for name, keys in elsewhere.items() if key in keys), "")
            hint = f"; it belongs in [{place}]" if place else did_you_mean(key, (*kinds, *also))
            raise ConfigError(f"unknown key {key!r}{where}{hint}")
        values[key] = _value(key, value, kinds[key], where)
    return values


def _value(key: str, value: Any, kind: str, where: str) -> Any:
    match kind, value:
        case "text", str():
            return value
        # A date or time that TOML knows as such.
        case "text", _ if hasattr(value, "isoformat"):
            return value.isoformat()
        case "number", int() | float() if not isinstance(value, bool):
            return float(value)
        case "whole number", int() if not isinstance(value, bool):
            return value
        case "yes or no", bool():
            return value
        case "list of texts", list() if all(isinstance(v, str) for v in value):
            return tuple(value)
        case "table", dict():
            return value
    raise ConfigError(f"{key!r}{where} is a {kind}, not {value!r}")
