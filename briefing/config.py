"""``briefing.toml`` and the options of the command line, brought to one set of validated settings.

An unknown key is an error with a suggestion; a value of the wrong kind says where and what was expected.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from briefing.errors import ConfigError, ModelError
from briefing.model import Edition, Interest, Publisher
from briefing.text.suggest import did_you_mean
from briefing.text.when import parse_when

FILE = "briefing.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run can be told; every field but ``publishers`` is also an option of the command line.

    Times are kept as they were typed and read by ``now_at`` and ``interest``; ``minutes`` is reading time at
    230 words a minute; ``max_mb`` is the largest input file in megabytes; ``texts`` is ``all`` or ``cited``.
    """

    paths: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    now: str = ""
    zone: str = "UTC"
    engine: str = "extractive"
    language: str = "en"
    formats: tuple[str, ...] = ("html", "pdf", "md", "txt", "json")
    theme: str = "default"
    minutes: float = 5.0
    title: str = "Daily brief"
    out: str = "out"
    texts: str = "all"
    max_mb: float = 20.0
    publishers: Mapping[str, Publisher] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        from briefing.render.formats import FORMATS

        for name in self.formats:
            if name not in FORMATS:
                hint = did_you_mean(name, FORMATS)
                raise ConfigError(f"unknown format {name!r}{hint}; there are: {', '.join(FORMATS)}")
        if not self.formats:
            raise ConfigError(f"formats is empty; choose from: {', '.join(FORMATS)}")
        if self.texts not in ("all", "cited"):
            raise ConfigError(f"texts is 'all' or 'cited', not {self.texts!r}")
        if not 0 < self.minutes <= 240:
            raise ConfigError(f"minutes is above 0 and at most 240, not {self.minutes:g}")
        if not 0 < self.max_mb <= 2000:
            raise ConfigError(f"max_mb is above 0 and at most 2000, not {self.max_mb:g}")
        if not (2 <= len(self.language) <= 3 and self.language.isascii() and self.language.islower()):
            raise ConfigError(f"language is a code of ISO 639 such as 'en' or 'de', not {self.language!r}")
        for name in ("title", "out", "theme", "engine"):
            if not getattr(self, name).strip():
                raise ConfigError(f"{name} is empty; leave it out for the default")
        zone(self.zone)
        for name in ("topics", "must", "never"):
            if any(not any(c.isalnum() for c in text) for text in getattr(self, name)):
                raise ConfigError(f"{name} holds a text without a word; leave it out instead")

    @property
    def tz(self) -> ZoneInfo:
        """The zone. Raises ``ConfigError``."""
        return zone(self.zone)

    def now_at(self, clock: datetime | None = None) -> datetime:
        """The run's time: ``now`` when it is set, else ``clock``, else this moment."""
        moment = (clock or datetime.now(UTC)).astimezone(self.tz)
        return self._when("now", moment) or moment

    def interest(self, now: datetime) -> Interest:
        """What the reader wants, its period counted from ``now``. Raises ``ConfigError``."""
        try:
            return Interest(
                topics=self.topics,
                must=self.must,
                never=self.never,
                since=self._when("since", now),
                until=self._when("until", now),
                language=self.language,
                publishers=self.publishers,
            )
        except ModelError as e:
            raise ConfigError(str(e)) from e

    def edition(self, now: datetime) -> Edition:
        return Edition(self.title, now, self.zone, self.minutes)

    def _when(self, name: str, now: datetime) -> datetime | None:
        text = getattr(self, name)
        if not text:
            return None
        try:
            return parse_when(text, now=now, zone=self.tz)
        except ValueError as e:
            raise ConfigError(f"{name}: {e}") from e


def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name. Raises ``ConfigError``."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as e:
        raise ConfigError(f"unknown zone {name!r}; write a name such as 'Europe/Berlin' or 'UTC'") from e


def load(path: str | Path | None = None, **options: Any) -> Settings:
    """Settings from a file, with the options that were given laid over them.

    Without ``path``, ``briefing.toml`` of the working folder is read when there is one. Options that are
    ``None`` or empty were not given. Paths in the file count from the file's folder.
    Raises ``ConfigError``.
    """
    if path is None and Path(FILE).is_file():
        path = FILE
    settings = _from_file(Path(path)) if path is not None else Settings()
    given = {name: value for name, value in options.items() if value is not None and value != ()}
    return replace(settings, **given)


def _from_file(path: Path) -> Settings:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as e:
        raise ConfigError(f"{path}: there is no such file") from e
    except OSError as e:
        raise ConfigError(f"{path}: cannot be read: {e.strerror}") from e
    except UnicodeDecodeError as e:
        raise ConfigError(f"{path}: is not TOML: its bytes are not UTF-8") from e
    except tomllib.TOMLDecodeError as e:
        raise ConfigError(f"{path}: is not TOML: {e}") from e
    try:
        values = _checked(table, _KINDS, "")
        publishers = {
            name: Publisher(**_checked(entry, _PUBLISHER_KINDS, f" in [publishers.{name!r}]"))
            for name, entry in values.pop("publishers", {}).items()
        }
        for name in ("paths", "out"):
            if name in values:
                values[name] = _from_folder(values[name], path.parent)
        return Settings(**values, publishers=MappingProxyType(publishers))
    except (ConfigError, ModelError) as e:
        raise ConfigError(f"{path}: {e}") from e


def _from_folder(value: Any, folder: Path) -> Any:
    if isinstance(value, str):
        return value if value == "-" else str(folder / value)
    return tuple(_from_folder(v, folder) for v in value)


_PUBLISHER_KINDS: dict[str, str] = {"weight": "number", "blocked": "yes or no", "max_share": "number"}
_KINDS: dict[str, str] = {
    f.name: {"str": "text", "float": "number", "tuple[str, ...]": "list of texts"}.get(str(f.type), "table")
    for f in fields(Settings)
}


def _checked(table: Any, kinds: Mapping[str, str], where: str) -> dict[str, Any]:
    """The table's values, each of the kind its key asks for."""
    if not isinstance(table, dict):
        raise ConfigError(f"expected a table{where}, not {table!r}")
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in kinds:
            raise ConfigError(f"unknown key {key!r}{where}{did_you_mean(key, kinds)}")
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
        case "yes or no", bool():
            return value
        case "list of texts", list() if all(isinstance(v, str) for v in value):
            return tuple(value)
        case "table", dict():
            return value
    raise ConfigError(f"{key!r}{where} is a {kind}, not {value!r}")
