"""The questions to a model, from their templates, and the form of its answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from briefing.engines.exchange import Prompt
from briefing.engines.llm_passages import Shown, by_article
from briefing.model import Article, Ask, Role

_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
# Marks of chat templates: a server that reads them in a text takes what follows for another speaker's words.
_TEMPLATE_MARK = re.compile(r"<(?=[|/\w])|(?<=[|/\w])>")
_BRACKETED = re.compile(r"\[(/?[A-Z_]{2,})\]")


class _Passage(NamedTuple):
    id: str
    text: str


class _Source(NamedTuple):
    name: str
    passages: tuple[_Passage, ...]


def write(shown: Sequence[Shown], ask: Ask, max_tokens: int) -> Prompt:
    """The question for a story."""
    template = _template("write")
    return Prompt(
        system=str(template.system(language_name(ask.language))),
        user=str(template.user(_sources(shown), ask.words, ask.sentences)),
        version=str(template.version),
        schema=story_schema([s.id for s in shown]),
        name="story",
        max_tokens=max_tokens,
    )


def story_schema(ids: Sequence[str]) -> dict[str, Any]:
    """The form of a story; without bounds, which not every server knows."""
    role = {"type": "string", "enum": [r.value for r in Role]}
    return _object(
        headline=_object(**_said(ids)),
        sentences={"type": "array", "items": _object(role=role, **_said(ids))},
    )


def language_name(code: str) -> str:
    """The English name of a language, or words that name it by its code."""
    return _LANGUAGES.get(code, f'the language with the ISO 639-1 code "{code}"')


def harmless(text: str) -> str:
    """``text`` on one line, with the marks of chat templates written in other characters."""
    line = _TEMPLATE_MARK.sub(lambda m: "‹" if m.group() == "<" else "›", " ".join(text.split()))
    return _BRACKETED.sub(r"(\1)", line)


def _said(ids: Sequence[str]) -> dict[str, Any]:
    return {
        "passages": {"type": "array", "items": {"type": "string", "enum": list(ids)}},
        "evidence": {"type": "string"},
        "text": {"type": "string"},
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _sources(shown: Sequence[Shown]) -> list[_Source]:
    return [
        _Source(_name(own[0].passage.article), tuple(_Passage(s.id, harmless(s.text)) for s in own))
        for own in by_article(shown)
    ]


def _name(article: Article) -> str:
    """Publisher and day; the weekday resolves "on Tuesday"."""
    name = harmless(article.source) or "Unnamed publisher"
    when = article.published
    return f"{name}, {_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]} {when.year}" if when else name


@cache
def _template(name: str) -> Any:
    environment = Environment(
        loader=PackageLoader("briefing.engines", "prompts"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # Goes to a model, not into a page.
    )
    return environment.get_template(f"{name}.md.jinja").module
