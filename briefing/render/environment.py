"""Themes: where they are looked for, what they inherit, and their templates, styles and options as one thing."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from briefing.errors import ConfigError, RenderError
from briefing.render import theme_css, theme_file, worker
from briefing.render.context import Context
from briefing.render.sandbox import Folders, fill
from briefing.render.sections import shown
from briefing.render.theme_file import Look as Look
from briefing.render.theme_file import Option, ThemeFile, own_file, read_bytes
from briefing.text.suggest import did_you_mean

DEFAULT = "default"
OURS = ("default", "memo", "compact")
PACKAGE = Path(__file__).resolve().parent.parent
# The style sheets that colours and fonts reach as custom properties. Mail programs know none.
_WITH_PROPERTIES = ("style.css", "print.css")
# Pictures are copied into every page and mail.
MOST_PICTURE_BYTES = 200_000


def packaged(package: Path = PACKAGE) -> Path:
    """The folder of the themes that come with the program, whose code is in ``package``."""
    inside = package / "templates"
    # A wheel holds them inside the package; an editable install and a source tree have them beside it.
    return inside if inside.is_dir() else package.parent / "templates"


def places(own: Path = Path("templates")) -> tuple[Path, ...]:
    """The folders that hold themes, first come first: ``./templates``, the user's, ours."""
    from platformdirs import user_config_path

    return own, user_config_path("briefing", appauthor=False) / "templates", packaged()


def find(theme: str, own: Path = Path("templates"), *, beside: Path | None = None, but: tuple[Path, ...] = ()) -> Path:
    """The folder of ``theme``, which is a name or a folder's path.

    A name is looked for ``beside`` the theme that extends it, in ``./templates``, in the user's configuration folder,
    among ours, then here: a folder that happens to stand about does not hide a theme of ours. Folders in ``but`` are
    passed over, so that a theme may extend the one of its own name.
    Raises ``ConfigError`` that names the folders searched and the themes that there are.
    """
    named = Path(theme).name == theme and theme not in ("", "..")
    roots = ((beside,) if beside else ()) + places(own)
    searched = [*(root / theme for root in roots), Path(theme)] if named else [Path(theme)]
    for folder in searched:
        if theme and _holds_files(folder) and folder.resolve() not in but:
            return folder.resolve()
    names = sorted({f.name for root in roots if root.is_dir() for f in root.iterdir() if f.is_dir()})
    raise ConfigError(
        f"unknown theme {theme!r}{did_you_mean(theme, names)} Themes: {', '.join(names) or 'none'}. "
        f"Searched: {', '.join(str(s) for s in dict.fromkeys(searched))}"
    )


def _holds_files(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


class Level(NamedTuple):
    """One theme of a line of inheritance."""

    folder: Path
    file: ThemeFile


@lru_cache(maxsize=1)
def _ours() -> Path:
    return packaged().resolve()


def is_ours(folder: Path) -> bool:
    """Whether a theme comes with the program. In its own source tree, those of ``./templates`` stand beside ours."""
    return folder.parent == _ours() and folder.name in OURS


def line(folder: Path) -> tuple[Level, ...]:
    """A theme, the one that it extends, and so on to the default theme. Raises ``ConfigError``."""
    levels = [Level(folder, theme_file.read(folder))]
    root = _ours() / DEFAULT
    while levels[-1].folder != root:
        last = levels[-1]
        passed = tuple(level.folder for level in levels)
        parent = last.file.extends or DEFAULT
        if Path(parent).name != parent:
            raise ConfigError(f"{last.file.place('extends')}: 'extends' is the name of a theme, not {parent!r}")
        try:
            found = root if parent == DEFAULT else find(parent, beside=last.folder.parent, but=passed)
        except ConfigError as error:
            raise ConfigError(f"{last.file.place('extends')}: {error}") from error
        levels.append(Level(found, theme_file.read(found)))
    return tuple(levels)


class Theme:
    """A theme with what it inherits: a file that it lacks is taken from the one that it extends.

    ``look`` sets options over those of its ``theme.toml``. ``trusted`` is True for themes that come with the program;
    the templates of others run in a process of their own. Raises ``ConfigError``.
    """

    def __init__(self, theme: str = DEFAULT, look: Look | None = None) -> None:
        self.folder = find(theme)
        self.levels = line(self.folder)
        self.folders = Folders(
            tuple(level.folder for level in self.levels),
            # Ours first: a theme named as one of ours can still name the one that it changes.
            (
                *((f.name, f) for f in sorted(_ours().iterdir()) if is_ours(f)),
                *((level.folder.name, level.folder) for level in self.levels),
            ),
        )
        self.trusted = all(is_ours(level.folder) for level in self.levels)
        self.options: dict[str, Option] = {}
        self.pictures: dict[str, Path] = {}
        self.values, self._set = self._settled(look or Look())

    def text(self, name: str) -> str:
        """A file of the theme. Of a style sheet, those of the themes that it extends come first, and its own after.

        Raises ``RenderError``.
        """
        if name.endswith(".css"):
            return self._css(name)
        path = self.folders.find(name)
        if path is None:
            raise RenderError(f"no {name}; searched: {self.folders}")
        return theme_file.read_text(path)

    def has(self, name: str) -> bool:
        """Whether the theme, or one that it extends, has a file of that name."""
        return self.folders.find(name) is not None

    def render(self, name: str, context: Context) -> str:
        """The template ``name`` filled with ``context``, and the theme's options as ``theme``.

        Raises ``RenderError`` naming template and line: a field that does not exist, an error of syntax; or that it
        took too long or too much.
        """
        sections = self.values.get("sections")
        given = (shown(context, sections) if sections else context) | {
            "theme": {"name": self.folder.name} | self.values
        }
        if self.trusted:
            return fill(self.folders, name, given)
        return worker.fill(self.folders, name, given)

    def _css(self, name: str) -> str:
        sheets: list[str] = []
        for level in reversed(self.levels):
            path = own_file(level.folder, name)
            if path and level.file.styles == "replace":
                sheets.clear()
            if path:
                sheets.append(theme_css.sheet(level.folder, path))
        if not sheets:
            raise RenderError(f"no {name}; searched: {self.folders}")
        if name not in _WITH_PROPERTIES:
            return "\n".join(sheets)
        # What is declared may be changed by a style sheet; what is set has the last word.
        chosen = {n: self.options[n] for n in theme_css.with_counterparts(self.options, self._set)}
        head = theme_css.properties(self.options, {n: o.default for n, o in self.options.items()})
        return "\n".join((head, *sheets, theme_css.properties(chosen, self.values)))

    def _settled(self, look: Look) -> tuple[dict[str, Any], list[str]]:
        """The options' values, pictures as ``data:`` addresses, and the names of those that were set."""
        values: dict[str, Any] = {}
        given: list[str] = []
        for level in reversed(self.levels):
            for name, option in level.file.declared.items():
                self.options[name] = option
                values[name] = option.default
                if option.kind == "image" and option.default:
                    values[name] = self._picture(name, option.default, level.folder, level.file.place(name))
            for name, value in level.file.values.items():
                values[name] = self._value(name, value, level.folder, level.file.place(name))
                given.append(name)
        for name, value in look.values.items():
            values[name] = self._value(name, value, look.folder or self.folder, "[theme]")
            given.append(name)
        return values, given

    def _value(self, name: str, value: Any, folder: Path, place: str) -> Any:
        option = self.options.get(name)
        if option is None:
            hint = did_you_mean(name, self.options) or "."
            raise ConfigError(f"{place}: unknown option {name!r}{hint} Options: {', '.join(self.options) or 'none'}")
        # An empty text takes away a picture, a colour or a font that the theme sets.
        if value == "" and option.kind in ("image", "colour", "font"):
            self.pictures.pop(name, None)
            return ""
        try:
            accepted = option.accept(value)
        except ConfigError as error:
            raise ConfigError(f"{place}: {error}") from error
        return self._picture(name, accepted, folder, place) if option.kind == "image" else accepted

    def _picture(self, name: str, file: str, folder: Path, place: str) -> str:
        path = own_file(folder, file)
        if path is None:
            raise ConfigError(f"{place}: {name!r}: {file!r} is no file in {folder}")
        if path.stat().st_size > MOST_PICTURE_BYTES:
            raise ConfigError(f"{place}: {path.name} is larger than {MOST_PICTURE_BYTES // 1000} kB; make it smaller")
        if not theme_css.MEDIA_TYPES.get(path.suffix.lower(), "").startswith("image/"):
            raise ConfigError(f"{place}: {path.name} is not a picture of a kind that every page shows")
        try:
            address = theme_css.data_address(path, place)
        except RenderError as error:
            raise ConfigError(str(error)) from error
        self.pictures[name] = path
        return address

    def picture(self, name: str) -> tuple[bytes, str] | None:
        """The bytes and media type of an option that is a picture, for a mail's attachments; None where unset."""
        path = self.pictures.get(name)
        return (read_bytes(path), theme_css.MEDIA_TYPES[path.suffix.lower()]) if path else None
