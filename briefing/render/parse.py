"""Reading a ``brief.json`` back, strictly: what is wrong is named by its JSON path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from briefing.errors import BriefFormatError, ModelError
from briefing.model import (
    Article,
    Brief,
    BriefStory,
    Citation,
    Claim,
    Conflict,
    Cost,
    Counts,
    Dropped,
    Excerpt,
    Failure,
    Finding,
    Part,
    Reason,
    Section,
    Status,
    Verdict,
)

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

VERSION = 1


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``brief.json``."""
    found = json.loads((files("briefing.render") / "brief.schema.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def parse(text: str | bytes) -> Brief:
    """The brief that ``text`` holds. Raises ``BriefFormatError``."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BriefFormatError(f"not a brief.json: {error}") from error
    if not isinstance(data, dict) or "version" not in data:
        raise BriefFormatError("not a brief.json: $ has no 'version'")
    if data["version"] != VERSION:
        raise BriefFormatError(f"$.version: this program reads version {VERSION}, not {data['version']!r}")
    _validate(data)
    articles = tuple(_article(a, f"$.articles[{n}]") for n, a in enumerate(data["articles"]))
    reader = _Claims({a.id: a for a in articles})
    stories = tuple(reader.story(s, f"$.stories[{n}]") for n, s in enumerate(data["stories"]))
    conflicts = tuple(reader.conflict(c, f"$.conflicts[{n}]") for n, c in enumerate(data["conflicts"]))
    with _at("$"):
        brief = Brief(
            title=data["title"],
            made_at=_moment(data["made_at"], "$.made_at"),
            zone=_zone(data["zone"]),
            language=data["language"],
            engine=data["engine"],
            articles=articles,
            stories=stories,
            conflicts=conflicts,
            dropped=tuple(
                Dropped(
                    Reason(d["reason"]), d["article"], d["text"], d["detail"], Part(d["part"]), d["start"], d["end"]
                )
                for d in data["dropped"]
            ),
            failures=tuple(Failure(f["where"], f["reason"], f["detail"]) for f in data["failures"]),
            topics=tuple(data["topics"]),
            since=_optional_moment(data["since"], "$.since"),
            until=_optional_moment(data["until"], "$.until"),
            counts=Counts(**data["counts"]),
            cost=Cost(**data["cost"]),
        )
    numbers = {citation: number for number, citation in enumerate(brief.references, 1)}
    for citation, number, where in reader.numbered:
        if numbers[citation] != number:
            raise BriefFormatError(f"{where}.number: {number} should be {numbers[citation]}, by reading order")
    return brief


def _validate(data: object) -> None:
    from jsonschema.exceptions import best_match

    error = best_match(_validator().iter_errors(data))
    if error is not None:
        message = error.message if len(error.message) <= 200 else error.message[:199] + "…"
        raise BriefFormatError(f"{error.json_path}: {message}")


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema())


class _Claims:
    """Builds what cites, checking each quotation against its article as it goes."""

    def __init__(self, articles: dict[str, Article]) -> None:
        self.articles = articles
        self.numbered: list[tuple[Citation, int, str]] = []

    def story(self, s: dict[str, Any], where: str) -> BriefStory:
        return BriefStory(
            headline=self.claim(s["headline"], f"{where}.headline"),
            claims=tuple(self.claim(c, f"{where}.claims[{n}]") for n, c in enumerate(s["claims"])),
            independent_sources=s["independent_sources"],
            sources=tuple(s["sources"]),
            outlets=tuple(s["outlets"]),
            section=Section(s["section"]),
            why=tuple(s["why"]),
        )

    def conflict(self, c: dict[str, Any], where: str) -> Conflict:
        sides = tuple(self.claim(side, f"{where}.sides[{n}]") for n, side in enumerate(c["sides"]))
        with _at(where):
            return Conflict(c["about"], sides, c["story"])

    def claim(self, c: dict[str, Any], where: str) -> Claim:
        citations = tuple(self.citation(k, f"{where}.citations[{n}]") for n, k in enumerate(c["citations"]))
        findings = tuple(Finding(f["claim"], f["check"], Status(f["status"]), f["reason"]) for f in c["findings"])
        verdict = Verdict(Status(c["verdict"]), findings) if c["verdict"] else None
        with _at(where):
            return Claim(c["text"], citations, c["language"], verdict)

    def citation(self, k: dict[str, Any], where: str) -> Citation:
        with _at(where):
            citation = Citation(k["article"], Part(k["part"]), k["start"], k["end"], k["quote"])
            article = self.articles.get(citation.article)
            if article is None:
                raise ModelError(f"no article {citation.article!r} in $.articles")
            stands = article.slice(citation.part, citation.start, citation.end)
            if stands != citation.quote:
                raise ModelError(f"the quote {citation.quote!r} is not what stands there: {stands!r}")
        self.numbered.append((citation, k["number"], where))
        return citation


def _article(a: dict[str, Any], where: str) -> Article:
    with _at(where):
        return Article(
            id=a["id"],
            title=a["title"],
            text=a["text"],
            url=a["url"],
            source=a["source"],
            author=a["author"],
            published=_optional_moment(a["published"], f"{where}.published"),
            language=a["language"],
            origin=a["origin"],
            read_as=a["read_as"],
            sha256=a["sha256"],
            excerpts=tuple(Excerpt(Part(e["part"]), e["start"], e["text"]) for e in a["excerpts"]),
        )


def _moment(text: str, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BriefFormatError(f"{where}: {text!r} is not a time in ISO 8601") from error
    if moment.tzinfo is None:
        raise BriefFormatError(f"{where}: {text!r} has no time zone")
    return moment


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise BriefFormatError(f"$.zone: {name!r} is not a time zone of the IANA's") from error
    return name


def _optional_moment(text: str | None, where: str) -> datetime | None:
    return None if text is None else _moment(text, where)


@contextmanager
def _at(where: str) -> Iterator[None]:
    try:
        yield
    except ModelError as error:
        raise BriefFormatError(f"{where}: {error}") from error
