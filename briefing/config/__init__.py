"""``briefing.toml`` and the options of the command line, brought to one set of validated settings.

An unknown key is an error with a suggestion; a value of the wrong kind says where and what was expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from briefing.config.tables import KINDS, checked, read_table
from briefing.engines.options import ModelOptions
from briefing.errors import ConfigError, ModelError
from briefing.model import Edition, Interest, Publisher
from briefing.render.theme_file import Look
from briefing.text.suggest import did_you_mean
from briefing.text.when import parse_when

FILE = "briefing.toml"
# What the file says of scheduled editions, for ``schedule.plan`` to read.
OTHERS = ("edition", "smtp", "service", "database")
POLICIES = ("strict", "flag")
# In place of the file that answers are kept in.
OFF = "off"
LOCAL = "local:"
# A judge that is the engine's own model, no judge, and the first where it is of use.
SAME, NONE, AUTO = "same", "none", "auto"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run can be told; every field but ``publishers``, ``model`` and ``look`` is an option of the command line.

    ``judge`` is ``auto`` (the engine's model; one on this machine only if it was calibrated), ``same`` (in any case),
    ``none``, or names a model as ``engine`` does; below ``threshold`` it refuses (None: what was calibrated for it).
    ``policy`` is ``strict`` or ``flag``. ``budget`` is in US dollars, None without limit. ``cache`` is the file that
    answers are kept in: empty for the one in the user's data folder, ``off`` for none. ``model`` holds what else
    ``[engine]`` says of the model and its server, by the names of ``ModelOptions``.
    ``look`` is what ``[theme]`` sets of the theme's options, which the theme itself checks.
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
    base_url: str = ""
    judge: str = AUTO
    policy: str = "strict"
    threshold: float | None = None
    budget: float | None = None
    cache: str = ""
    model: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    language: str = "en"
    formats: tuple[str, ...] = ("html", "pdf", "md", "txt", "json")
    theme: str = "default"
    look: Look = field(default_factory=Look)
    pdf_variant: str = "pdf/ua-1"
    minutes: float = 5.0
    title: str = "Daily brief"
    out: str = "out"
    texts: str = "all"
    max_mb: float = 20.0
    publishers: Mapping[str, Publisher] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        from briefing.render.formats import FORMATS, PDF_VARIANTS

        for name in self.formats:
            if name not in FORMATS:
                hint = did_you_mean(name, FORMATS)
                raise ConfigError(f"unknown format {name!r}{hint}; there are: {', '.join(FORMATS)}")
        if self.pdf_variant not in PDF_VARIANTS:
            hint = did_you_mean(self.pdf_variant, PDF_VARIANTS)
            raise ConfigError(f"unknown pdf_variant {self.pdf_variant!r}{hint}; there are: {', '.join(PDF_VARIANTS)}")
        if not self.formats:
            raise ConfigError(f"formats is empty; choose from: {', '.join(FORMATS)}")
        if self.texts not in ("all", "cited"):
            raise ConfigError(f"texts is 'all' or 'cited', not {self.texts!r}")
        if self.policy not in POLICIES:
            hint = did_you_mean(self.policy, POLICIES)
            raise ConfigError(f"policy is 'strict' or 'flag', not {self.policy!r}{hint}")
        if self.threshold is not None and not 0 < self.threshold <= 1:
            raise ConfigError(f"threshold is a probability, above 0 and at most 1, not {self.threshold:g}")
        # Says at once what is wrong with any of them, whatever the engine.
        self.options("checked")
        if not 0 < self.minutes <= 240:
            raise ConfigError(f"minutes is above 0 and at most 240, not {self.minutes:g}")
        if not 0 < self.max_mb <= 2000:
            raise ConfigError(f"max_mb is above 0 and at most 2000, not {self.max_mb:g}")
        if not (2 <= len(self.language) <= 3 and self.language.isascii() and self.language.islower()):
            raise ConfigError(f"language is a code of ISO 639 such as 'en' or 'de', not {self.language!r}")
        for name in ("title", "out", "theme", "engine", "judge"):
            if not getattr(self, name).strip():
                raise ConfigError(f"{name} is empty; leave it out for the default")
        zone(self.zone)
        for name in ("topics", "must", "never"):
            if any(not any(c.isalnum() for c in text) for text in getattr(self, name)):
                raise ConfigError(f"{name} holds a text without a word; leave it out instead")

    def options(self, model: str) -> ModelOptions:
        """What is said of a model of that name. Raises ``ConfigError``."""
        own: dict[str, Any] = {"base_url": self.base_url} if self.base_url else {}
        return ModelOptions(model=model, budget=self.budget, **own, **self.model)

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
    if given.get("theme", settings.theme) != settings.theme:
        # The file's options are those of the file's theme.
        given["look"] = Look()
    return replace(settings, **given)


def _from_file(path: Path) -> Settings:
    table = read_table(path)
    try:
        own_tables = {k for k in ("engine", "theme") if isinstance(table.get(k), dict)}
        general = {k: v for k, v in table.items() if k not in own_tables and k not in OTHERS}
        values = checked(general, _KINDS, "", {"engine": _IN_ENGINE}, also=(*OTHERS, "engine", "theme"))
        if "engine" in own_tables:
            values |= _engine(table["engine"])
        if "theme" in own_tables:
            values |= _theme(table["theme"], path.parent)
        publishers = {
            name: Publisher(**checked(entry, _PUBLISHER_KINDS, f" in [publishers.{name!r}]"))
            for name, entry in values.pop("publishers", {}).items()
        }
        return Settings(**_placed(values, path.parent), publishers=MappingProxyType(publishers))
    except (ConfigError, ModelError) as e:
        raise ConfigError(f"{path}: {e}") from e


def overlaid(
    settings: Settings, table: Mapping[str, Any], where: str, folder: Path, own: Mapping[str, str]
) -> Settings:
    """``settings`` with what ``table`` says instead; paths in it count from ``folder``.

    ``own`` are keys of the table that are not settings of a run, and their kinds; they are looked at and left alone.
    Raises ``ConfigError``.
    """
    general = {k: v for k, v in _KINDS.items() if k != "publishers"}
    kinds = {**general, **{k: v for k, v in _ENGINE_KINDS.items() if k != "model"}, **own}
    values = {k: v for k, v in checked(table, kinds, where).items() if k not in own}
    if values.get("theme", settings.theme) != settings.theme:
        values["look"] = Look()
    try:
        return replace(settings, **_placed(values, folder))
    except ConfigError as e:
        raise ConfigError(f"{e}{where}") from e


def _placed(values: dict[str, Any], folder: Path) -> dict[str, Any]:
    """``values`` with paths counted from ``folder``."""
    for name in ("paths", "out", "cache"):
        if values.get(name) and values[name] != OFF:
            values[name] = _from_folder(values[name], folder)
    for name in ("engine", "judge"):
        if values.get(name, "").startswith(LOCAL):
            values[name] = LOCAL + str(folder / values[name].removeprefix(LOCAL))
    return values


def _from_folder(value: Any, folder: Path) -> Any:
    if isinstance(value, str):
        return value if value == "-" else str(folder / value)
    return tuple(_from_folder(v, folder) for v in value)


def _engine(table: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of ``[engine]``: ours, and under ``model`` those of the model and its server."""
    values = checked(table, {**_ENGINE_KINDS, **_MODEL_KINDS}, " in [engine]")
    ours = {_ENGINE_NAMES.get(k, k): v for k, v in values.items() if k in _ENGINE_KINDS}
    return ours | {"model": MappingProxyType({k: v for k, v in values.items() if k in _MODEL_KINDS})}


def _theme(table: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The settings of ``[theme]``: the theme's name or folder, and what is set of its options."""
    options = {name: value for name, value in table.items() if name != "name"}
    named = checked({k: v for k, v in table.items() if k == "name"}, {"name": "text"}, " in [theme]")
    return {"theme": named.get("name", "default"), "look": Look(MappingProxyType(options), folder)}


_PUBLISHER_KINDS: dict[str, str] = {"weight": "number", "blocked": "yes or no", "max_share": "number"}
_ENGINE_KINDS: dict[str, str] = {
    "model": "text",
    "base_url": "text",
    "judge": "text",
    "policy": "text",
    "threshold": "number",
    "budget": "number",
    "cache": "text",
}
# What names the engine is called "model" in its own table.
_ENGINE_NAMES = {"model": "engine"}
_MODEL_KINDS: dict[str, str] = {f.name: KINDS[str(f.type)] for f in fields(ModelOptions) if f.name not in _ENGINE_KINDS}
_IN_ENGINE = _ENGINE_KINDS.keys() | _MODEL_KINDS.keys()
_KINDS: dict[str, str] = {
    f.name: KINDS.get(str(f.type), "table")
    for f in fields(Settings)
    if f.name == "engine" or f.name not in (*_ENGINE_KINDS, "look")
}
