"""The briefs that every validator sees: in each of our themes, in each language that pages speak, and odd ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from briefing.model import QUOTED, Brief
from briefing.render.catalogue import LANGUAGES
from briefing.render.environment import packaged
from briefing.render.samples import rich
from tests.briefs import empty_brief, foreign_brief, hostile_brief, rich_brief

THEMES = tuple(sorted(folder.name for folder in packaged().iterdir() if folder.is_dir()))
# A language that is added needs a title here: a page without words of its own language shows less of its letters.
TITLES = {
    "ar": "موجز الصباح",
    "de": "Morgenüberblick für Führungskräfte",
    "en": "The Morning Brief",
    "es": "El resumen de la mañana",
    "fr": "L’essentiel du matin",
    "ja": "朝のまとめ",
}


def in_language(language: str) -> Brief:
    """Everything that a page may show, with the page's own words in ``language``."""
    brief = rich()
    first, *others = brief.stories
    noted = replace(first, note=f"{QUOTED}: the engine gave no answer")
    return replace(brief, language=language, title=TITLES[language], stories=(noted, *others))


def arabic_brief() -> Brief:
    """A brief in Arabic, with an English name in its text."""
    brief = foreign_brief()
    return replace(brief, title=TITLES["ar"], language="ar", articles=brief.articles[:1], stories=brief.stories[:1])


def japanese_brief() -> Brief:
    """A brief in Japanese that quotes German and English."""
    brief = foreign_brief()
    return replace(brief, title=TITLES["ja"], language="ja", articles=brief.articles[1:], stories=brief.stories[1:])


ODD: dict[str, Callable[[], Brief]] = {
    "rich": rich_brief,
    "empty": empty_brief,
    "foreign": foreign_brief,
    "arabic": arabic_brief,
    "japanese": japanese_brief,
    "hostile": hostile_brief,
}


def spoken() -> dict[str, tuple[str, Brief]]:
    """By a file's name, theme and brief: each theme in each language."""
    return {f"{theme}-{code}": (theme, in_language(code)) for theme in THEMES for code in LANGUAGES}


def odd() -> dict[str, tuple[str, Brief]]:
    """By a file's name, theme and brief: what is odd, in each theme."""
    return {f"{theme}-{name}": (theme, make()) for theme in THEMES for name, make in ODD.items()}
