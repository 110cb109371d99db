"""The sandbox that templates run in: it keeps them from reaching anything, ``worker`` from taking too much."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from briefing.errors import RenderError
from briefing.render.catalogue import fill_on_page
from briefing.render.theme_file import own_file, read_text
from briefing.render.wrap import wrap
from briefing.text.suggest import did_you_mean

_MOST_TIMES = 10_000
_TOP_LEVEL = re.compile(r"'(\w+)' is undefined")


class Folders(NamedTuple):
    """Where templates are looked for: ``searched`` in that order; ``!NAME/FILE`` in the folder ``named`` NAME."""

    searched: tuple[Path, ...]
    named: tuple[tuple[str, Path], ...]

    def find(self, template: str) -> Path | None:
        """The file of a template. A theme reads its own files only, whatever its names say."""
        if template.startswith("!"):
            name, _, file = template[1:].partition("/")
            folders = [folder for known, folder in self.named if known == name]
            return own_file(folders[0], file) if folders else None
        return next((path for folder in self.searched if (path := own_file(folder, template))), None)

    def __str__(self) -> str:
        return ", ".join(map(str, self.searched))


def fill(folders: Folders, name: str, context: Mapping[str, Any]) -> str:
    """The template ``name`` filled with ``context``.

    Raises ``RenderError`` naming template and line: a field that does not exist, an error of syntax.
    """
    try:
        return environment(folders).get_template(name).render(context)
    except TemplateNotFound as error:
        raise RenderError(f"no template {error.name}; searched: {folders}") from error
    except RecursionError as error:
        raise RenderError(f"{_place(error, name, folders)}: templates that call themselves without end") from error
    except UndefinedError as error:
        unknown = _TOP_LEVEL.fullmatch(str(error))
        hint = did_you_mean(unknown[1], context) if unknown else ""
        raise RenderError(f"{_place(error, name, folders)}: {error}{hint}") from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise RenderError(f"{_place(error, name, folders)}: {error}") from error


@cache
def environment(folders: Folders) -> Environment:
    """The sandbox over ``folders``. Its templates see what ``fill`` gives them and nothing else."""
    made = _Sandbox(
        loader=_Loader(folders),
        undefined=_Missing,
        autoescape=lambda name: name is not None and name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Its default arguments make pages of 10^9 words; nothing of ours needs it.
    made.globals.pop("lipsum", None)
    made.filters["wrap"] = wrap
    made.filters["fill"] = fill_on_page
    return made


class _Sandbox(ImmutableSandboxedEnvironment):
    # Jinja works these out while it compiles, before any limit on output; two of them fill any memory.
    intercepted_binops = frozenset(("*", "**"))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        for factor, other in ((left, right), (right, left)):
            if (
                isinstance(factor, int)
                and (operator == "**" or hasattr(other, "__len__"))
                and abs(factor) > _MOST_TIMES
            ):
                raise SecurityError(f"{operator} {factor} is more than {_MOST_TIMES:,} times")
        return super().call_binop(context, operator, left, right)


class _Missing(StrictUndefined):
    """A field that does not exist names the one that was probably meant."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or self._undefined_obj is missing or not isinstance(self._undefined_obj, dict):
            return super()._undefined_message
        name, fields = self._undefined_name, self._undefined_obj
        return f"there is no {name!r}{did_you_mean(str(name), fields) or '; there are: ' + ', '.join(fields)}"


class _Loader(BaseLoader):
    def __init__(self, folders: Folders) -> None:
        self.folders = folders

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        path = self.folders.find(template)
        if path is None:
            raise TemplateNotFound(template)
        changed = path.stat().st_mtime_ns
        # Looked up anew: a file may have come to stand before this one.
        return read_text(path), str(path), partial(_unchanged, self.folders, template, path, changed)


def _unchanged(folders: Folders, template: str, path: Path, changed: int) -> bool:
    return folders.find(template) == path and path.stat().st_mtime_ns == changed


def _place(error: BaseException, name: str, folders: Folders) -> str:
    """The template's file and line that an error came from: the innermost one of its traceback."""
    place = f"template {name}"
    lineno = getattr(error, "lineno", None)
    if lineno:
        return f"{getattr(error, 'filename', None) or place}:{lineno}"
    roots = [str(folder) for folder in (*folders.searched, *(folder for _, folder in folders.named))]
    trace = error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if any(file.startswith(root) for root in roots):
            place = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
