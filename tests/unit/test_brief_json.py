"""brief.json: what is written is read back equal; what is damaged is refused at its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from briefing.errors import BriefFormatError
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
    Failure,
    Finding,
    Part,
    Reason,
    Role,
    Section,
    Status,
    Verdict,
)
from briefing.render.formats import render
from briefing.render.json import dumps, loads, withhold
from briefing.render.parse import schema
from tests.briefs import empty_brief, foreign_brief, hostile_brief, long_brief, rich_brief

BRIEFS = [rich_brief, empty_brief, foreign_brief, hostile_brief, long_brief]

_words = st.text(max_size=40)
_counts = st.integers(0, 10**9)
_times = st.datetimes(
    datetime(1990, 1, 1),
    datetime(2100, 1, 1),
    timezones=st.integers(-840, 840).map(lambda m: timezone(timedelta(minutes=m))),
)
_articles = st.builds(
    Article.of,
    title=_words,
    text=st.text(min_size=1, max_size=120),
    url=_words,
    source=_words,
    author=_words,
    published=st.none() | _times,
    language=st.sampled_from(["", "en", "ar"]),
    origin=_words,
    read_as=_words,
)


@st.composite
def _claims(draw: st.DrawFn, articles: list[Article]) -> Claim:
    def citation(article: Article) -> Citation:
        part = draw(st.sampled_from([p for p in Part if getattr(article, p.value)]))
        whole = getattr(article, part.value)
        start = draw(st.integers(0, len(whole) - 1))
        end = draw(st.integers(start + 1, len(whole)))
        return Citation(article.id, part, start, end, whole[start:end])

    citations = tuple(citation(a) for a in draw(st.lists(st.sampled_from(articles), max_size=3)))
    words = draw(st.text(min_size=1, max_size=60).filter(str.strip))
    status = draw(
        st.none() | st.sampled_from(Status if citations else [s for s in Status if s is not Status.SUPPORTED])
    )
    least = 0
    if status is Status.SUPPORTED:
        least, findings = 1, st.builds(Finding, st.integers(0, 6), st.just("facts"), st.just(status), _words)
        quoted = "".join(c.quote for c in citations)
        if quoted.strip() and draw(st.booleans()):
            words, findings = (
                quoted,
                st.builds(Finding, st.integers(0, 6), st.just("verbatim"), st.just(status), _words),
            )
    else:
        findings = st.builds(Finding, st.integers(0, 6), st.just("numbers"), st.sampled_from(Status), _words)
    found = draw(st.lists(findings, min_size=least, max_size=2).map(tuple))
    verdict = Verdict(status, found) if status else None
    return Claim(words, citations, draw(st.sampled_from(["", "en", "de"])), verdict, draw(st.sampled_from(Role)))


@st.composite
def _briefs(draw: st.DrawFn) -> Brief:
    articles = draw(st.lists(_articles, min_size=1, max_size=3, unique_by=lambda a: a.id))
    claims = _claims(articles)
    publishers = st.lists(st.sampled_from([a.source for a in articles]), max_size=len(articles), unique=True).map(tuple)
    stories = st.builds(
        BriefStory,
        claims,
        st.lists(claims, max_size=3).map(tuple),
        st.just(len(articles)),
        publishers,
        publishers,
        st.sampled_from(Section),
        st.lists(_words, max_size=2).map(tuple),
        _words,
    )
    told = draw(st.lists(stories, min_size=1, max_size=3))
    sides = st.lists(claims, min_size=2, max_size=3).map(tuple)
    conflicts = st.builds(Conflict, _words, sides, st.integers(0, len(told) - 1))
    dropped = st.builds(
        Dropped, st.sampled_from(Reason), _words, _words, _words, st.sampled_from(Part), _counts, _counts
    )
    return Brief(
        title=draw(_words),
        made_at=draw(_times),
        zone=draw(st.sampled_from(["UTC", "Asia/Tokyo"])),
        language=draw(st.sampled_from(["en", "de", "ar"])),
        engine=draw(_words),
        articles=tuple(articles),
        stories=tuple(told),
        conflicts=tuple(draw(st.lists(conflicts, max_size=2))),
        dropped=tuple(draw(st.lists(dropped, max_size=3))),
        failures=tuple(draw(st.lists(st.builds(Failure, _words, _words, _words), max_size=2))),
        topics=tuple(draw(st.lists(_words, max_size=2))),
        since=draw(st.none() | _times),
        until=draw(st.none() | _times),
        counts=draw(st.builds(Counts, _counts, _counts, _counts, _counts)),
        cost=draw(
            st.builds(
                Cost, _counts, _counts, _counts, _counts, st.none() | st.floats(0, 1e6), st.floats(0, 1e6), _counts
            )
        ),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_briefs())
def test_reading_back_gives_an_equal_brief(brief: Brief) -> None:
    text = dumps(brief)
    assert loads(text) == brief
    assert loads(text.encode()) == brief


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_briefs())
def test_a_brief_with_withheld_texts_is_read_back_with_every_quotation(brief: Brief) -> None:
    again = loads(dumps(brief, "cited"))
    assert again == withhold(brief)
    assert again.references == brief.references
    assert [a.sha256 for a in again.articles] == [a.sha256 for a in brief.articles]
    assert dumps(again, "cited") == dumps(again)


@pytest.mark.parametrize("make", BRIEFS)
@pytest.mark.parametrize("texts", ["all", "cited"])
def test_what_is_written_fits_the_schema(make: Callable[[], Brief], texts: Any) -> None:
    Draft202012Validator.check_schema(schema())
    Draft202012Validator(schema()).validate(json.loads(dumps(make(), texts)))


def test_texts_cited_withholds_what_is_not_near_a_citation() -> None:
    words = "The secret kitchen of the palace has nine stoves. " * 4
    article = Article.of(title="Stoves", text=f"The mayor resigned. A vote follows.\n\n{words.strip()}", language="en")
    start, end = 0, len("The mayor resigned.")
    claim = Claim("The mayor resigned.", (Citation(article.id, Part.TEXT, start, end, article.text[start:end]),), "en")
    uncited = Article.of(title="Other", text="Nobody cites this sentence.")
    brief = Brief(
        "T", datetime(2026, 1, 1, tzinfo=UTC), "en", "extractive", (article, uncited), (BriefStory(claim, (), 1),)
    )
    text = dumps(brief, "cited")
    assert "kitchen" not in text
    assert "Nobody cites" not in text
    assert "A vote follows." in text
    assert article.sha256 in text
    assert loads(text).article(article.id).slice(Part.TEXT, start, end) == "The mayor resigned."


@pytest.mark.parametrize("format", ["html", "md", "txt"])
@pytest.mark.parametrize("make", [rich_brief, foreign_brief, long_brief])
def test_pages_are_the_same_from_a_brief_whose_texts_are_withheld(make: Callable[[], Brief], format: str) -> None:
    brief = make()
    assert render(loads(dumps(brief, "cited")), format).content == render(brief, format).content


def test_numbers_are_those_of_the_reading_order() -> None:
    data = json.loads(dumps(rich_brief()))
    numbers = [c["number"] for c in data["stories"][0]["headline"]["citations"]]
    assert numbers == [1]
    first = data["stories"][0]["claims"][0]["citations"]
    assert [c["number"] for c in first] == [2, 3]


def test_keys_are_in_the_documented_places() -> None:
    data = json.loads(dumps(rich_brief()))
    story = data["stories"][0]
    assert data["version"] == 1
    assert story["independent_sources"] == 2
    assert story["claims"][0]["verdict"] == "SUPPORTED"
    assert story["claims"][3]["findings"][0]["reason"] == "90 million stands in one source only"
    assert data["dropped"][0]["reason"] == "teaser of another story"
    assert {"id", "title", "text", "url", "source", "published", "language", "sha256"} <= data["articles"][0].keys()


def test_what_the_checks_passed_as_it_is_written_is_read_back() -> None:
    article = Article.of(text="ELLERY (Wire) - Prices  rose by 4%, the bank\nsaid. Wages fell.", language="en")
    first, second = (
        Citation(article.id, Part.TEXT, article.text.index(words), article.text.index(words) + len(words), words)
        for words in ("ELLERY (Wire) - Prices  rose by 4%, the bank\nsaid.", "Wages fell.")
    )
    verdict = Verdict(Status.SUPPORTED, (Finding(0, "verbatim", Status.SUPPORTED, ""),))
    claims = tuple(
        Claim(words, cited, "en", verdict)
        for words, cited in (
            ("ELLERY (Wire) - Prices rose by 4%, the bank said.", (first,)),
            ("Prices rose by 4%.", (first,)),
            ("Wages fell.", (first, second)),
            ("Prices rose by 4%, the bank said. Wages fell.", (first, second)),
        )
    )
    brief = Brief(
        "T", datetime(2026, 1, 1, tzinfo=UTC), "en", "extractive", (article,), (BriefStory(claims[0], claims[1:], 1),)
    )
    assert loads(dumps(brief)) == brief


def _damaged(damage: Callable[[Any], None]) -> str:
    data = json.loads(dumps(rich_brief()))
    damage(data)
    return json.dumps(data)


def _set(*path: Any, to: Any) -> Callable[[Any], None]:
    def damage(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = to

    return damage


TAMPERED = "The vote passed by 412 to 98, the Seafarers' Union of Ellery said."
CITATION = ("stories", 0, "claims", 1, "citations", 0)


@pytest.mark.parametrize(
    ("damage", "place"),
    [
        (_set("version", to=2), "$.version"),
        (_set("title", to=7), "$.title"),
        (_set("made_at", to="yesterday"), "$.made_at"),
        (_set("made_at", to="2026-11-22T06:00:00"), "$.made_at"),
        (_set("zone", to="Mars/Olympus"), "$.zone"),
        (_set("zone", to="../../etc/passwd"), "$.zone"),
        (_set("surprise", to=1), "surprise"),
        (_set("stories", 1, "section", to="sport"), "$.stories[1].section"),
        (_set(*CITATION, "quote", to=TAMPERED), "$.stories[0].claims[1].citations[0]"),
        (_set(*CITATION, "start", to=0), "$.stories[0].claims[1].citations[0]"),
        (_set(*CITATION, "article", to="nowhere"), "$.stories[0].claims[1].citations[0]"),
        (_set(*CITATION, "number", to=17), "$.stories[0].claims[1].citations[0].number"),
        (_set("conflicts", 0, "sides", to=[]), "$.conflicts[0].sides"),
        (_set("conflicts", 0, "story", to=99), "$"),
        (_set("stories", 0, "headline", "text", to="Strike ends after 12 days"), "$.stories[0].headline.text"),
        (_set("stories", 0, "claims", 1, "text", to=TAMPERED), "$.stories[0].claims[1].text"),
        (_set("stories", 0, "claims", 1, "text", to="he vote passed by 412 to 97"), "$.stories[0].claims[1].text"),
        (_set("conflicts", 0, "sides", 0, "text", to="About 39 ships"), "$.conflicts[0].sides[0].text"),
        (_set("stories", 0, "claims", 1, "findings", to=[]), "$.stories[0].claims[1].verdict"),
        (_set("stories", 0, "claims", 3, "verdict", to="SUPPORTED"), "$.stories[0].claims[3].verdict"),
        (_set("stories", 4, "headline", "citations", to=[]), "$.stories[4].headline.verdict"),
        (_set("stories", 0, "independent_sources", to=0), "$.stories[0].independent_sources"),
        (_set("stories", 0, "independent_sources", to=1), "$.stories[0].independent_sources"),
        (_set("stories", 0, "independent_sources", to=40), "$.stories[0].independent_sources"),
        (_set("stories", 0, "sources", 1, to="The Times"), "$.stories[0].sources[1]"),
        (_set("stories", 0, "outlets", 0, to="The Times"), "$.stories[0].outlets[0]"),
        (_set("articles", 0, "text", to="Another text."), "$.articles[0]"),
        (_set("articles", 0, "published", to="soon"), "$.articles[0].published"),
        (_set("dropped", 0, "reason", to="boring"), "$.dropped[0].reason"),
    ],
)  # fmt: skip
def test_a_damaged_brief_is_refused_at_its_place(damage: Callable[[Any], None], place: str) -> None:
    with pytest.raises(BriefFormatError) as caught:
        loads(_damaged(damage))
    assert place in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"title": "no version"}', b"\xff\xfe\x00", "[" * 100_000])
def test_what_is_no_brief_is_refused(text: str | bytes) -> None:
    with pytest.raises(BriefFormatError, match=r"not a brief\.json"):
        loads(text)


def test_lone_surrogates_survive() -> None:
    brief = Brief("cut \ud83d", datetime(2026, 1, 1, tzinfo=UTC), "en", "extractive", (), ())
    assert loads(dumps(brief).encode()) == brief
