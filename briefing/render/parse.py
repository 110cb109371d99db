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

import regex

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
    Role,
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


def parse_article(text: str) -> Article:
    """One article as ``json.dump_article`` wrote it. Raises ``BriefFormatError``."""
    try:
        return _article(json.loads(text), "$")
    except (ValueError, KeyError, TypeError) as error:
        raise BriefFormatError(f"not an article: {error}") from error


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
        self.publishers = {a.source for a in articles.values()}
        self.numbered: list[tuple[Citation, int, str]] = []

    def story(self, s: dict[str, Any], where: str) -> BriefStory:
        self._origins(s, where)
        return BriefStory(
            headline=self.claim(s["headline"], f"{where}.headline"),
            claims=tuple(self.claim(c, f"{where}.claims[{n}]") for n, c in enumerate(s["claims"])),
            independent_sources=s["independent_sources"],
            sources=tuple(s["sources"]),
            outlets=tuple(s["outlets"]),
            section=Section(s["section"]),
            why=tuple(s["why"]),
            note=s["note"],
        )

    def _origins(self, s: dict[str, Any], where: str) -> None:
        """Refuses publishers, and numbers of independent texts, that the articles cannot bear out."""
        for key in ("sources", "outlets"):
            for n, name in enumerate(s[key]):
                if name not in self.publishers:
                    raise BriefFormatError(f"{where}.{key}[{n}]: {name!r} is the 'source' of no article in $.articles")
        number, least, most = s["independent_sources"], max(1, len(s["sources"])), len(self.articles)
        if not least <= number <= most:
            raise BriefFormatError(f"{where}.independent_sources: {number} is not between {least} and {most}")

    def conflict(self, c: dict[str, Any], where: str) -> Conflict:
        sides = tuple(self.claim(side, f"{where}.sides[{n}]") for n, side in enumerate(c["sides"]))
        with _at(where):
            return Conflict(c["about"], sides, c["story"])

    def claim(self, c: dict[str, Any], where: str) -> Claim:
        citations = tuple(self.citation(k, f"{where}.citations[{n}]") for n, k in enumerate(c["citations"]))
        findings = tuple(Finding(f["claim"], f["check"], Status(f["status"]), f["reason"]) for f in c["findings"])
        verdict = Verdict(Status(c["verdict"]), findings) if c["verdict"] else None
        with _at(where):
            claim = Claim(c["text"], citations, c["language"], verdict, Role(c["role"]))
        _hold_to_verdict(claim, where)
        return claim

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


def _hold_to_verdict(claim: Claim, where: str) -> None:
    """Refuses a verdict that its findings do not bear out, and words said to be the source's own that are not.

    What was reworded is not checked again: that needs the steps and the whole texts.
    """
    if claim.verdict is None:
        return
    findings = claim.verdict.findings
    if claim.verdict.status is Status.SUPPORTED:
        if not claim.citations:
            raise BriefFormatError(f"{where}.verdict: SUPPORTED, but the claim cites nothing")
        if not findings:
            raise BriefFormatError(f"{where}.verdict: SUPPORTED, but no finding says why")
        against = next((f.status.value for f in findings if f.status is not Status.SUPPORTED), "")
        if against:
            raise BriefFormatError(f"{where}.verdict: SUPPORTED, but a finding says {against}")
    if any(f.check == "verbatim" for f in findings) and not _verbatim(claim):
        raise BriefFormatError(f"{where}.text: {claim.text!r} is not, as its check says, the words that it cites")


def _verbatim(claim: Claim) -> bool:
    """Whether a claim repeats its quotations, or whole words of them, white space and a full stop at its end aside."""
    quotes = [c.quote for c in claim.citations]
    if "".join(claim.text.split()) == "".join("".join(quotes).split()):
        return True
    pattern = r"\s+".join(map(regex.escape, claim.text.rstrip(" .").split()))
    return bool(pattern and regex.search(rf"(?<!\w){pattern}(?!\w)", " ".join(quotes)))


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
