"""The page's own words in six languages: read from ``catalogues/``, filled with numbers and with other people's words.

A label is a text with ``{placeholders}``, or, where it depends on a ``number``, one such text for each plural form of
its language (Unicode CLDR, by Babel). To add one: put the same key into every file of ``catalogues/``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

Label = str | Mapping[str, str]

DEFAULT = "en"
FOLDER = Path(__file__).parent / "catalogues"
LANGUAGES = tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
# First strong isolate and its end: what stands between them is set by its own direction (UAX 9).
_ISOLATE = "\u2068{}\u2069"


@cache
def catalogue(language: str) -> Mapping[str, Label]:
    """Every label of ``language``, which is a tag: ``de``, ``de-CH``; of a language that has none, in English."""
    base = page_language(language).split("-")[0]
    return MappingProxyType(tomllib.loads((FOLDER / f"{base}.toml").read_text("utf-8")))


def page_language(language: str) -> str:
    """The tag of the language that a page's own words are in: ``language`` where there is a catalogue of it, else
    English. A region that is known stays, since dates and numbers differ by it."""
    if not _TAG.fullmatch(language):
        return DEFAULT
    base, *subtags = re.split("[-_]", language.lower())
    if base not in LANGUAGES:
        return DEFAULT
    region = next((s.upper() for s in subtags if len(s) == 2), "")
    try:
        return str(Locale.parse(f"{base}_{region}")).replace("_", "-") if region else base
    except UnknownLocaleError:
        return base


@cache
def locale(language: str) -> Locale:
    """The conventions of ``page_language(language)``. English of no region is that of the world: 22 November, 06:00."""
    tag = page_language(language)
    return Locale.parse("en_GB" if tag == "en" else tag, sep="-" if "-" in tag else "_")


def fill(label: Label, language: str, /, **values: object) -> str:
    """``label`` with its placeholders replaced by ``values``; ``number`` chooses its plural form.

    Numbers are written as ``language`` does, in western digits: reference numbers and the figures of most Arabic news
    sites are, and one page should not mix two kinds. Raises ``ValueError`` for a placeholder without a value.
    """
    text = label if isinstance(label, str) else _form(label, language, values.get("number"))

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise ValueError(f"the label {text!r} needs a value for {{{match[1]}}}")
        given = values[match[1]]
        return decimal(given, language) if isinstance(given, int) else str(given)

    return _PLACEHOLDER.sub(value, text)


def decimal(number: int | float, language: str, pattern: str = "#,##0") -> str:
    """``1,240``, ``1.240`` in German; ``pattern`` is CLDR's."""
    return str(format_decimal(number, pattern, locale=locale(language)))


@pass_context
def fill_on_page(context: Context, label: Label, /, **values: object) -> str:
    """The filter ``fill`` of templates: ``{{ labels.read_at | fill(publisher=source.publisher) }}``.

    The language is that of ``page``. A value that runs against the page's direction is isolated, so that it cannot turn
    the order of the words around it: by ``<bdi>`` in HTML (in an attribute, add ``| striptags``), elsewhere by
    characters. Markup among the values stays markup; a list becomes its items with commas between them.
    """
    page, labels = context.get("page"), context.get("labels")
    if page is None or labels is None:
        raise ValueError("fill needs page and labels: import macros that use it “with context”")
    html = context.eval_ctx.autoescape
    given = {name: _set(value, page["direction"], html, labels["comma"]) for name, value in values.items()}
    if not html:
        return fill(label, page["language"], **given)
    escaped = escape(label) if isinstance(label, str) else {form: escape(text) for form, text in label.items()}
    return Markup(fill(escaped, page["language"], **given))


def _set(value: object, direction: str, html: bool, comma: str) -> object:
    if isinstance(value, int | Markup):
        return value
    if isinstance(value, list):
        items = [_set(item, direction, html, comma) for item in value]
        return Markup(comma).join(map(escape, items)) if html else comma.join(map(str, items))
    text = str(value)
    # What holds isolates was put together from values that are set already.
    if not _runs_against(text, direction) or "\u2068" in text:
        return escape(text) if html else text
    return Markup("<bdi>{}</bdi>").format(text) if html else _ISOLATE.format(text)


def _runs_against(text: str, direction: str) -> bool:
    against = ("L",) if direction == "rtl" else ("R", "AL")
    return any(unicodedata.bidirectional(char) in against for char in text)


def _form(forms: Mapping[str, str], language: str, number: object) -> str:
    if not isinstance(number, int):
        raise ValueError(f"the label {forms['other']!r} depends on a number and got {number!r}")
    return forms.get(locale(language).plural_form(number), forms["other"])
