"""What a template may ask for: every field of the context, told once, for people and as a JSON Schema.

The tables of docs/templates.md and ``context.schema.json`` are made from this file; tests hold both to it, and it to
what ``context`` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from briefing.render.context import VERSION

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_TEXT, _NUMBER, _QUANTITY, _YES_NO = "text", "number", "quantity", "yes or no"
_PLAIN: dict[str, dict[str, Any]] = {
    _TEXT: {"type": "string"},
    _NUMBER: {"type": "integer"},
    _QUANTITY: {"type": "number"},
    _YES_NO: {"type": "boolean"},
    "options": {"type": "object", "required": ["name"]},
    "labels": {"type": "object", "additionalProperties": {"type": ["string", "object"]}},
}
_LANGUAGE = {"language": (_TEXT, "its language, such as `en`"), "direction": (_TEXT, "`ltr` or `rtl`")}
_CLAIM = {
    "text": (_TEXT, "the sentence"),
    **_LANGUAGE,
    "doubt": (_TEXT, "what the checks hold against it; empty where it is supported"),
    "doubt_label": (_TEXT, "the first part of `doubt`, in the page's language"),
    "doubt_detail": (_TEXT, "the other part: the checks' reasons, in English"),
    "refs": ("ref[]", "the calls of its references"),
}

# By noun, each field with its kind and meaning. A kind is plain, a noun, or a list (of lists) of either.
FIELDS: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "context": {
            "version": (_NUMBER, "grows when a field goes or changes its meaning"),
            "page": ("page", "the page itself"),
            "labels": ("labels", "the page's own words, by key; see below"),
            "theme": ("options", "the theme's `name`, and each of its options"),
            "masthead": ("masthead", "the head of the page"),
            "bottom_line": ("bullet[]", "the first lead stories in a line each; empty where there is one story only"),
            "lead": ("story[]", "the stories that come first"),
            "in_brief": ("story[]", "the others"),
            "sources": ("source[]", "one for each reference; `sources[n - 1]` is number n"),
            "source_groups": ("source[][]", "the same in runs of one article"),
            "left_out": ("left_out", "what was read and not taken; all of it is in `brief.json`"),
            "failures": ("failure[]", "inputs that could not be read"),
            "nothing": (_TEXT, "why the brief has no story; empty where it has one"),
            "method": ("method", "how the brief was made"),
        },
        "page": {
            "language": (_TEXT, "of the page's own words: the brief's, or `en` where there is no catalogue of it"),
            "direction": (_TEXT, "`ltr` or `rtl`"),
        },
        "masthead": {
            "title": (_TEXT, "the brief's title"),
            "language": (_TEXT, "of the title"),
            "direction": (_TEXT, "of the title"),
            "date": (_TEXT, "when the brief was made, in words"),
            "made_at": (_TEXT, "the same as ISO 8601"),
            "period": (_TEXT, "the one asked for, in words: `from … to …` or `up to …`"),
            "cutoff": (_TEXT, "its end, in words"),
            "since": (_TEXT, "its beginning, in words; empty where none was asked for"),
            "topics": ("text[]", "what the brief is about"),
            "words": (_NUMBER, "its length"),
            "minutes": (_NUMBER, "to read it, at 230 words a minute"),
            "articles": (_NUMBER, "articles that were read"),
        },
        "bullet": {**_CLAIM, "story": (_TEXT, "the story's `id`")},
        "story": {
            "id": (_TEXT, "unique on the page"),
            "section": (_TEXT, "`lead` or `in brief`"),
            "headline": ("claim", "a claim like any other"),
            "paragraphs": ("paragraph[]", "what is told"),
            "note": (_TEXT, "why it is told in quotations only or was not read by the judge; mostly empty"),
            "note_label": (_TEXT, "the first part of `note`, in the page's language"),
            "note_detail": (_TEXT, "the other part, in English"),
            "sources": ("outlets", "who reported it"),
            "chart": ("chart?", "how many of the texts cited were published when; none where they are too few"),
            "conflicts": ("conflict[]", "where they disagree"),
        },
        "paragraph": {
            **_LANGUAGE,
            "foreign": (_TEXT, "the language's name where it is not the brief's"),
            "role": (_TEXT, "what its sentences do, as in `brief.json`"),
            "label": (_TEXT, "the same in the page's language; empty for *what happened*"),
            "claims": ("claim[]", "up to three, of one role and language"),
        },
        "claim": _CLAIM,
        "ref": {
            "number": (_NUMBER, "of the reference"),
            "id": (_TEXT, "of this call, unique on the page"),
            "card": (_TEXT, "for the `id` of what it shows, unique on the page"),
            "note": (_YES_NO, "whether it is the reference's first call in the stories, where its footnote belongs"),
        },
        "outlets": {
            "count": (_NUMBER, "independent sources"),
            "label": (_TEXT, "the same in words"),
            "names": ("text[]", "publishers of the independent texts, at most six"),
            "partial": (_YES_NO, "whether not all of them are named"),
            "also": ("text[]", "outlets of copies, at most six"),
            "more": (_NUMBER, "outlets of copies that are not named"),
        },
        "conflict": {
            "about": (_TEXT, "what they disagree on"),
            **_LANGUAGE,
            "chart": ("chart?", "the numbers that the sides give; none where they are not of one unit and certain"),
            "sides": ("side[]", "two or more"),
        },
        "chart": {
            "kind": (_TEXT, "`volume` or `numbers`"),
            "title": (_TEXT, "what is counted"),
            "unit": (_TEXT, "of all points: `%`, an ISO currency, a measure such as `km`; empty for counts"),
            "points": ("point[]", "in the order of the page"),
            "alt": (_TEXT, "all points in words"),
        },
        "point": {
            "label": (_TEXT, "the period, or who gives the number"),
            "value": (_QUANTITY, "the number itself"),
            "percent": (_NUMBER, "its share of the largest"),
            "text": (_TEXT, "the number in the page's language, with `≈`, `≥` or `≤` where its source is not exact"),
            "refs": ("ref[]", "the calls of the passages that give it; none in a chart of volume"),
            "svg": (_TEXT, "its bar as SVG in the colour of the text around it; safe to print with `| safe`"),
        },
        "side": {**_CLAIM, "publishers": ("text[]", "who says so")},
        "source": {
            "number": (_NUMBER, "of the reference"),
            "id": (_TEXT, "`ref-N`, where calls lead to"),
            "calls": ("text[]", "the ids of its calls"),
            "publisher": (_TEXT, "or `publisher not named`"),
            "author": (_TEXT, "or empty"),
            "title": (_TEXT, "of the article, or empty"),
            "title_withheld": (_YES_NO, "whether the title was found to be of another story"),
            "date": (_TEXT, "of the article, in words"),
            "day": (_TEXT, "the same, short"),
            "published": (_TEXT, "the same as ISO 8601, or empty"),
            "url": (_TEXT, "the article's address, `http` or `https`, or empty"),
            "link": (_TEXT, "the same, where a browser opens it at the passage and marks it; or empty"),
            **_LANGUAGE,
            "article": (_TEXT, "the article's id, as in `brief.json`"),
            "part": (_TEXT, "`text` or `title`"),
            "start": (_NUMBER, "the first character cited"),
            "end": (_NUMBER, "the one after the last"),
            "before": (_TEXT, "at most one sentence before, of the same paragraph"),
            "quote": (_TEXT, "the words cited"),
            "short": (_TEXT, "the same, cut for a footnote"),
            "after": (_TEXT, "at most one sentence after, of the same paragraph"),
        },
        "left_out": {
            "total": (_NUMBER, "passages and articles"),
            "reasons": ("reason[]", "those to object to first"),
        },
        "reason": {
            "reason": (_TEXT, "its name, as in `brief.json`"),
            "label": (_TEXT, "its name in the page's language"),
            "count": (_NUMBER, "how often it applied"),
            "notable": (_YES_NO, "whether a reader may want to object"),
            "titles": ("text[]", "of articles off the topic, the first three"),
            "items": ("item[]", "the first twelve; write `reason[\"items\"]`, since `.items` is Jinja's"),
            "more": (_NUMBER, "those not among them"),
        },
        "item": {
            "publisher": (_TEXT, "or empty"),
            "title": (_TEXT, "of the article, where a passage of it was left out"),
            "words": (_TEXT, "what was left out, at most 160 characters"),
            "detail": (_TEXT, "why, in English; or empty"),
        },
        "failure": {
            "where": (_TEXT, "the file or address"),
            "reason": (_TEXT, "as in `brief.json`"),
            "label": (_TEXT, "the same in the page's language"),
            "detail": (_TEXT, "more on it, in English"),
        },
        "method": {
            "engine": (_TEXT, "what wrote the brief"),
            "articles": (_NUMBER, "read"),
            "originals": (_NUMBER, "independent texts among them"),
            "passages": (_NUMBER, "passages made of them"),
            "taken": (_NUMBER, "passages taken"),
            "calls": (_NUMBER, "of language models"),
            "price": (_TEXT, "of these in US dollars, or empty"),
            "undated": (_NUMBER, "texts cited that carry no date"),
            "summary": (_TEXT, "all of it in words"),
        },
    }
)  # fmt: skip
# What only ``brief.html`` sees.
ONLY_HTML = MappingProxyType(
    {"medium": (_TEXT, "`screen` or `print`"), "css": (_TEXT, "the style sheet; empty in print, where it comes apart")}
)


def schema() -> dict[str, Any]:
    """The JSON Schema of what ``brief.html`` sees; the other pages see the same without ``ONLY_HTML``."""
    nouns = {noun: _object(fields) for noun, fields in FIELDS.items()}
    root = nouns.pop("context")
    root["properties"] |= {name: _described(*field) for name, field in ONLY_HTML.items()}
    root["properties"]["version"]["const"] = VERSION
    return {"$schema": SCHEMA, "title": "What a template sees", **root, "$defs": nouns}


def tables() -> str:
    """The same as tables of Markdown, one for each noun."""
    parts = []
    for noun, fields in FIELDS.items():
        title = "### The context" if noun == "context" else f"### {noun.replace('_', ' ').capitalize()}"
        rows = dict(fields) | (dict(ONLY_HTML) if noun == "context" else {})
        lines = [f"| `{name}` | {_linked(kind)} | {meaning} |" for name, (kind, meaning) in rows.items()]
        parts.append("\n".join([title, "", "| field | kind | what it is |", "|---|---|---|", *lines]))
    return "\n\n".join(parts) + "\n"


def _object(fields: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _described(*field) for name, field in fields.items()},
        "required": list(fields),
        "additionalProperties": False,
    }


def _described(kind: str, meaning: str) -> dict[str, Any]:
    return {"description": meaning.replace("`", "")} | _kind(kind)


def _kind(kind: str) -> dict[str, Any]:
    if kind.endswith("?"):
        return {"anyOf": [_kind(kind[:-1]), {"type": "null"}]}
    if kind.endswith("[]"):
        return {"type": "array", "items": _kind(kind[:-2])}
    return dict(_PLAIN[kind]) if kind in _PLAIN else {"$ref": f"#/$defs/{kind}"}


def _linked(kind: str) -> str:
    noun = kind.rstrip("[]?")
    text = f"[{noun.replace('_', ' ')}](#{noun.replace('_', '-')})" if noun in FIELDS else noun
    return {0: "", 1: "list of ", 2: "lists of "}[kind.count("[]")] + text + (" or none" if kind.endswith("?") else "")
