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
from briefing.text.instructions import instructions

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
_LONGEST_NAME = 80
# Marks of chat templates: a server that reads them in a text takes what follows for another speaker's words.
_TEMPLATE_MARK = re.compile(r"<(?=[|/\w])|(?<=[|/\w])>")
# Straight quotation marks would have to be escaped in JSON: small models leave out what stands between them instead.
_OPENING, _CLOSING = re.compile(r'(?<![^\s(\[])"(?=\S)'), re.compile(r'"')
_BRACKETED = re.compile(r"\[(/?[A-Z_]{2,})\]")

_SAID: dict[str, Any] = {
    # One: small models that may name several name all that are left, until the answer is full.
    "passage": {"$ref": "#/$defs/passage"},
    "evidence": {"type": "string"},
    "text": {"type": "string"},
}


class Failed(NamedTuple):
    """A claim that did not pass: its number in the draft, 0 for the headline, its words, and what is wrong."""

    number: int
    text: str
    reasons: tuple[str, ...]


class _Passage(NamedTuple):
    id: str
    text: str


class _Source(NamedTuple):
    name: str
    passages: tuple[_Passage, ...]


def write(shown: Sequence[Shown], ask: Ask, max_tokens: int) -> Prompt:
    """The question for a story."""
    template, language = _template("write"), language_name(ask.language)
    return Prompt(
        system=str(template.system(language)),
        user=str(template.user(_sources(shown), ask.words, ask.sentences, language)),
        version=str(template.version),
        schema=story_schema([s.id for s in shown], roles(shown), ask.sentences),
        name="story",
        max_tokens=max_tokens,
    )


def repair(shown: Sequence[Shown], failed: Sequence[Failed], ask: Ask, max_tokens: int) -> Prompt:
    """The question for claims that did not pass, with the passages that may support them."""
    template = _template("repair")
    number = {"type": "integer", "enum": [f.number for f in failed]}
    return Prompt(
        system=str(template.system(language_name(ask.language))),
        user=str(template.user(_sources(shown), [_harmless(f) for f in failed])).rstrip(),
        version=str(template.version),
        schema=_object(sentences={"type": "array", "items": _object(number=number, **_SAID)})
        | _ids([s.id for s in shown]),
        name="sentences",
        max_tokens=max_tokens,
    )


def facts(article: Article, sentences: Sequence[str], most: int) -> Prompt:
    """Which of ``sentences`` of ``article``, numbered s1, s2 and so on, state its facts.

    Nothing of a story or of a reader's interest is in it, so that its answer serves every brief.
    """
    template = _template("facts")
    ids = {"type": "string", "enum": [f"s{n}" for n in range(1, len(sentences) + 1)]}
    return Prompt(
        system=str(template.system()),
        user=str(template.user(_name(article), [harmless(s) for s in sentences], most)),
        version=str(template.version),
        schema=_object(facts={"type": "array", "items": ids}),
        name="facts",
        max_tokens=40 + 8 * most,
    )


def story_schema(ids: Sequence[str], roles: Sequence[Role], most: int) -> dict[str, Any]:
    """The form of a story of at most ``most`` sentences.

    Not every server knows bounds, so each sentence has its number: small models go on through all passages without.
    The role comes last: asked for it first, they fill in one sentence a role, whatever the sources say. So does the
    headline: it tells what a sentence tells, and needs no evidence of its own.
    """
    number = {"type": "integer", "enum": list(range(1, most + 1))}
    role = {"type": "string", "enum": [r.value for r in roles]}
    sentences = {"type": "array", "items": _object(number=number, **_SAID, role=role)}
    return _object(sentences=sentences, headline={"type": "string"}) | _ids(ids)


def roles(shown: Sequence[Shown]) -> tuple[Role, ...]:
    """The roles that the passages have something for: figures, and more than one article to disagree."""
    lacking = set()
    if len({s.passage.article.id for s in shown}) < 2:
        lacking.add(Role.DISAGREE)
    if not any(c.isdigit() for s in shown for c in s.text):
        lacking.add(Role.NUMBERS)
    return tuple(r for r in Role if r not in lacking)


def language_name(code: str) -> str:
    """The English name of a language, or words that name it by its code."""
    return _LANGUAGES.get(code, f'the language with the ISO 639-1 code "{code}"')


def harmless(text: str) -> str:
    """``text`` on one line, with the marks of chat templates, and straight quotation marks, in other characters."""
    line = _TEMPLATE_MARK.sub(lambda m: "‹" if m.group() == "<" else "›", " ".join(text.split()))
    line = _CLOSING.sub("”", _OPENING.sub("“", line))
    return _BRACKETED.sub(r"(\1)", line)


def _harmless(failed: Failed) -> Failed:
    return Failed(failed.number, harmless(failed.text), tuple(map(harmless, failed.reasons)))


def _ids(ids: Sequence[str]) -> dict[str, Any]:
    """The ids of passages, named once: servers count the form as a part of the question."""
    return {"$defs": {"passage": {"type": "string", "enum": list(ids)}}}


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
    """Publisher and day; the weekday resolves "on Tuesday". A name that gives orders is none."""
    name = harmless(article.source)
    name = "Unnamed publisher" if not name or len(name) > _LONGEST_NAME or instructions(name) else name
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
