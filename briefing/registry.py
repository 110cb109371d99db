"""From a name in a setting to an object: ``name:argument``, or ``package.module:factory`` of a plug-in.

Built-ins stand in a table of the same import strings that plug-ins use, so both resolve alike.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from briefing.errors import ConfigError
from briefing.ports import Engine, Judge
from briefing.text.suggest import did_you_mean

ENGINES = {
    "extractive": "briefing.engines.extractive:Extractive",
}


def engine(spec: str) -> Engine:
    """The engine that ``spec`` names. Raises ``ConfigError``."""
    name, _, argument = spec.partition(":")
    if name in ENGINES:
        if argument:
            raise ConfigError(f"engine {name!r} takes no argument, but got {argument!r}; write --engine {name}")
        return cast(Engine, _load(ENGINES[name], "engine"))
    if "." in name and argument:
        return cast(Engine, _load(spec, "engine"))
    known = (*ENGINES, "llm", "local")
    raise ConfigError(
        f"unknown engine {spec!r}{did_you_mean(name, known)}; there are: {', '.join(ENGINES)}, llm:MODEL, local:FILE"
    )


def judge(spec: str) -> Judge:
    """The judge that a plug-in makes. Raises ``ConfigError``."""
    name, _, argument = spec.partition(":")
    if "." in name and argument:
        return cast(Judge, _load(spec, "judge"))
    known = ("auto", "same", "none", "llm", "local")
    raise ConfigError(
        f"unknown judge {spec!r}{did_you_mean(name, known)}; there are: auto, same, none, llm:MODEL, local:FILE"
    )


def _load(path: str, kind: str) -> object:
    module, _, factory = path.partition(":")
    try:
        return getattr(import_module(module), factory)()
    except ModuleNotFoundError as e:
        raise ConfigError(f"{kind} {path!r}: there is no module {e.name!r}; is the package installed?") from e
    except AttributeError as e:
        raise ConfigError(f"{kind} {path!r}: {module} has no {factory!r}") from e
