"""Themes: where their files are looked for, and the sandbox that their templates run in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefing.errors import ConfigError, RenderError
from briefing.render.context import Context
from briefing.render.wrap import wrap
from briefing.text.suggest import did_you_mean

DEFAULT = "default"
PACKAGE = Path(__file__).resolve().parent.parent


def packaged(package: Path = PACKAGE) -> Path:
    """The folder of the themes that come with the program, whose code is in ``package``."""
    inside = package / "templates"
    # A wheel holds them inside the package; an editable install and a source tree have them beside it.
    return inside if inside.is_dir() else package.parent / "templates"


def find(theme: str, own: Path = Path("templates")) -> Path:
    """The folder of ``theme``, which is a name or a folder's path.

    A name is looked for in ``./templates``, then among ours, then here: a folder that happens to stand about does
    not hide a theme of ours. Raises ``ConfigError`` that names the folders searched and the themes that there are.
    """
    named = Path(theme).name == theme and theme not in ("", "..")
    searched = [own / theme, packaged() / theme, Path(theme)] if named else [Path(theme)]
    for folder in searched:
        if theme and folder.is_dir() and any(folder.iterdir()):
            return folder.resolve()
    names = sorted({f.name for root in (own, packaged()) if root.is_dir() for f in root.iterdir() if f.is_dir()})
    raise ConfigError(
        f"unknown theme {theme!r}{did_you_mean(theme, names)} Themes: {', '.join(names) or 'none'}. "
        f"Searched: {', '.join(str(s) for s in searched)}"
    )


class Theme:
    """A folder of templates. A file that it lacks is taken from the default theme."""

    def __init__(self, theme: str = DEFAULT) -> None:
        self.folder = find(theme)
        ours = packaged() / DEFAULT
        self.folders = list(dict.fromkeys((self.folder, ours.resolve())))
        self.environment = _environment(tuple(self.folders))

    def text(self, name: str) -> str:
        """A file of the theme, such as ``style.css``. Raises ``RenderError``."""
        for folder in self.folders:
            if (folder / name).is_file():
                try:
                    return (folder / name).read_text("utf-8")
                except (OSError, UnicodeDecodeError) as error:
                    raise RenderError(f"{folder / name}: {error}") from error
        raise RenderError(f"no {name}; searched: {', '.join(map(str, self.folders))}")

    def render(self, name: str, context: Context) -> str:
        """The template ``name`` filled with ``context``.

        Raises ``RenderError`` naming template and line: a field that does not exist, an error of syntax.
        """
        try:
            return self.environment.get_template(name).render(context)
        except TemplateNotFound as error:
            raise RenderError(f"no template {error.name}; searched: {', '.join(map(str, self.folders))}") from error
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise RenderError(f"{_place(error, name, self.folders)}: {error}") from error


class _Loader(BaseLoader):
    """Looks a name up in each folder; ``!default/brief.html`` names a template of ours whatever stands before it."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        candidates = (
            [packaged() / template.removeprefix("!")]
            if template.startswith("!")
            else [folder / template for folder in self.folders]
        )
        roots = [packaged()] if template.startswith("!") else list(self.folders)
        for root, path in zip(roots, candidates, strict=True):
            # A theme reads its own files only, whatever its names say.
            if path.is_file() and path.resolve().is_relative_to(root.resolve()):
                text, changed = path.read_text("utf-8"), path.stat().st_mtime_ns
                return text, str(path), partial(_unchanged, path, changed)
        raise TemplateNotFound(template)


def _unchanged(path: Path, changed: int) -> bool:
    return path.is_file() and path.stat().st_mtime_ns == changed


@cache
def _environment(folders: tuple[Path, ...]) -> Environment:
    environment = ImmutableSandboxedEnvironment(
        loader=_Loader(folders),
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Its default arguments make pages of 10^9 words; nothing of ours needs it.
    environment.globals.pop("lipsum", None)
    environment.filters["wrap"] = wrap
    return environment


def _place(error: BaseException, name: str, folders: list[Path]) -> str:
    """The template's file and line that an error came from: the innermost one of its traceback."""
    place = f"template {name}"
    lineno = getattr(error, "lineno", None)
    if lineno:
        return f"{getattr(error, 'filename', None) or place}:{lineno}"
    trace = error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if any(file.startswith(str(folder)) for folder in (*folders, packaged())):
            place = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
