"""The page around the frames."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

from briefing.render.catalogue import LANGUAGES, locale
from briefing.web.preview import Preview


def shell(preview: Preview) -> bytes:
    """The page, with what there is to choose from."""
    page = Template((files("briefing.web") / "preview.html").read_text("utf-8"))
    named = ((language, locale(language).get_language_name() or language) for language in LANGUAGES)
    languages = _options([("", "the brief’s"), *named])
    samples = _options((sample, sample) for sample in preview.samples)
    return page.substitute(theme=escape(preview.name), samples=samples, languages=languages).encode()


def _options(values: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in values)
