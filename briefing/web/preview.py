"""What a preview shows: a theme as it is on the disk at this moment, over sample briefs or one of the user's own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol

from briefing.errors import BriefFormatError, BriefingError, ConfigError, RenderError
from briefing.model import Brief, Document
from briefing.render import formats
from briefing.render.catalogue import LANGUAGES
from briefing.render.check import check
from briefing.render.environment import Look, find
from briefing.render.parse import parse
from briefing.render.problems import Problem
from briefing.render.samples import SAMPLES
from briefing.text.suggest import did_you_mean
from briefing.web import preview_watch
from briefing.web.preview_watch import ROOTS

FORMATS = tuple(ROOTS)


class Chosen(NamedTuple):
    """A theme and what is set of its options."""

    theme: str
    look: Look


class Shown(NamedTuple):
    """What a format is rendered of: the name of a sample or of the user's file, and the language of the page's words.

    Without a language they are in the brief's.
    """

    sample: str
    language: str = ""


class Render(Protocol):
    """``formats.render``, or something like it."""

    def __call__(self, brief: Brief, format: str, *, theme: str, look: Look) -> Document: ...


Outcome = Document | BriefingError


class Preview:
    """Renders what is asked for, keeps it while nothing that it is made of changes. Threads may share one.

    ``chosen`` says which theme, and is asked again and again, since ``config``, the file it may be told in, can change.
    ``brief`` is a ``brief.json`` of the user's own. Raises ``ConfigError`` and ``BriefFormatError`` where there is no
    such theme or brief to begin with; what breaks later is an outcome like any other.
    """

    def __init__(
        self,
        chosen: Callable[[], Chosen],
        *,
        brief: Path | None = None,
        config: Path | None = None,
        render: Render = formats.render,
    ) -> None:
        self._chosen, self._own, self._render = chosen, brief, render
        self._files = tuple(path for path in (brief, config) if path)
        self.name = chosen().theme
        self._folders = preview_watch.known_folders(self.name, (find(self.name),))
        self._state = preview_watch.state(self._folders, self._files)
        self.samples = (*((brief.name,) if brief else ()), *SAMPLES)
        self.brief(Shown(self.samples[0]))
        self._stamps = dict.fromkeys(FORMATS, 1)
        self._looking = threading.Lock()
        self._turns = {format: threading.Lock() for format in (*FORMATS, "check")}
        self._kept: dict[str, tuple[object, Outcome]] = {}
        self._checked: tuple[object, list[Problem]] | None = None

    def stamps(self) -> Mapping[str, int]:
        """A number for each format, which has grown where a file that it is made of has changed on the disk."""
        with self._looking:
            folders = preview_watch.known_folders(self._theme(), self._folders)
            now = preview_watch.state(folders, self._files)
            files = preview_watch.changed(self._state, now)
            moved = folders != self._folders
            for format in FORMATS if moved else preview_watch.concerned(files, folders) if files else ():
                self._stamps[format] += 1
            self._folders, self._state = folders, now
            return dict(self._stamps)

    def outcome(self, format: str, shown: Shown) -> Outcome:
        """The document, or the error that there is in place of one."""
        with self._turns[format]:
            key = self.stamps()[format], shown
            kept = self._kept.get(format)
            if kept is None or kept[0] != key:
                kept = self._kept[format] = key, self._rendered(format, shown)
            return kept[1]

    def problems(self) -> list[Problem]:
        """What ``check`` finds in the theme as it is. Raises ``ConfigError`` and ``RenderError``."""
        with self._turns["check"]:
            key = tuple(self.stamps().values())
            if self._checked is None or self._checked[0] != key:
                chosen = self._chosen()
                try:
                    self._checked = key, check(chosen.theme, chosen.look)
                except OSError as error:
                    raise _unreadable(error) from error
            return self._checked[1]

    def folders(self) -> tuple[Path, ...]:
        """The folders that the theme's files come from."""
        return self._folders

    def shown(self, sample: str, language: str) -> Shown:
        """What was asked for by name; empty is the first sample and the brief's language. Raises ``ConfigError``."""
        if sample and sample not in self.samples:
            raise ConfigError(f"there is no sample {sample!r}{did_you_mean(sample, self.samples)}")
        if language and language not in LANGUAGES:
            raise ConfigError(f"there are no words in {language!r}{did_you_mean(language, LANGUAGES)}")
        return Shown(sample or self.samples[0], language)

    def brief(self, shown: Shown) -> Brief:
        """Raises ``BriefFormatError`` where the user's own cannot be read."""
        own = self._own if self._own and shown.sample == self._own.name else None
        brief = _read(own) if own else SAMPLES[shown.sample]()
        return replace(brief, language=shown.language) if shown.language else brief

    def _theme(self) -> str:
        try:
            return self._chosen().theme
        except ConfigError:
            return self.name

    def _rendered(self, format: str, shown: Shown) -> Outcome:
        try:
            chosen = self._chosen()
            return self._render(self.brief(shown), format, theme=chosen.theme, look=chosen.look)
        except BriefingError as error:
            return error
        except OSError as error:
            return _unreadable(error)


def _unreadable(error: OSError) -> RenderError:
    """Of a file that an editor took away in the middle, to put another in its place."""
    return RenderError(f"{error.filename}: cannot be read: {error.strerror}")


def _read(path: Path) -> Brief:
    try:
        return parse(path.read_bytes())
    except FileNotFoundError as error:
        raise BriefFormatError(f"{path}: there is no such file; make a brief first: briefing make PATH...") from error
    except OSError as error:
        raise BriefFormatError(f"{path}: cannot be read: {error.strerror}") from error
    except BriefFormatError as error:
        raise BriefFormatError(f"{path}: {error}") from error
