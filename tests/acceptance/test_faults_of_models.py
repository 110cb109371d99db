"""Whatever goes wrong between us and a model, the brief is made: docs/when-a-model-fails.md, line by line."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from briefing.engines.chat import OpenAIChat
from briefing.engines.options import ModelOptions
from briefing.engines.outcomes import Outcome
from briefing.engines.retry import Patience
from briefing.model import QUOTED, UNJUDGED, Brief, BriefStory, Status
from briefing.testing import Answering, Fault, ModelServer, Reply, Request, Writer, lacking
from briefing.testing.writers import passages
from tests.newsroom import EVENTS, articles, brief_of

ROOT = Path(__file__).parent.parent.parent
WRITER = Writer(reword=True)
PATIENCE = Patience(tries=3, waiting=2.0, first=0.01, longest=0.02)
# Long enough for the first call, which waits for the client library to be ready.
TIMEOUT, SOON = 20.0, 0.7


class Case(NamedTuple):
    """What a good reply becomes, and how a story ends for which that happens always, or once; None is written."""

    name: str
    made: Callable[[Reply], Reply]
    always: Outcome | None
    once: Outcome | None = None


def _with_ids(good: Reply) -> Reply:
    """Passages that were not shown, and evidence that stands in none."""
    said = {"passages": ["p98", "q7"], "evidence": "Nobody has ever said this.", "text": "Nobody has said this."}
    return Reply({"headline": said, "sentences": [{"role": "what happened", **said}]})


def _unsupported(good: Reply) -> Reply:
    """A good form, with evidence from the passages, that says something else."""
    return replace(
        good, content=_saying("The minister of fishery resigned over 93 million dollars in bribes.", good.content)
    )


def _saying(text: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_saying(text, item) for item in value]
    if isinstance(value, dict):
        return {key: text if key == "text" else _saying(text, item) for key, item in value.items()}
    return value


def _german(good: Reply) -> Reply:
    text = "Die Brücke wurde am Dienstag gesperrt, weil zwei der großen Seile gerissen sind."
    return replace(good, content=_saying(text, good.content))


CASES = [
    Case("401", lambda good: Fault.key_refused(), Outcome.KEY, Outcome.KEY),
    Case("404 model", lambda good: Fault.no_model(), Outcome.NO_MODEL, Outcome.NO_MODEL),
    Case("408", lambda good: Fault.timed_out(), Outcome.TIMEOUT),
    Case("429", lambda good: Fault.rate_limited(), Outcome.RATE),
    Case("429, seconds", lambda good: Fault.rate_limited(0.05), Outcome.RATE),
    Case("429, milliseconds", lambda good: Fault.rate_limited(0.05, milliseconds=True), Outcome.RATE),
    Case("429, date", lambda good: Fault.rate_limited(at=time.time()), Outcome.RATE),
    Case("429, too long to wait", lambda good: Fault.rate_limited(3600), Outcome.RATE, Outcome.RATE),
    Case("429, quota", lambda good: Fault.quota_used_up(), Outcome.QUOTA, Outcome.QUOTA),
    Case("500", lambda good: Fault.server_error(500), Outcome.SERVER),
    Case("502", lambda good: Fault.server_error(502), Outcome.SERVER),
    Case("a page for an answer", lambda good: Fault.not_json(), Outcome.SERVER),
    Case("dropped before the answer", lambda good: Fault.dropped(), Outcome.NO_CONNECTION),
    Case("dropped in the answer", lambda good: Fault.dropped(40), Outcome.NO_CONNECTION),
    Case("slow drip", lambda good: Fault.drip(0.02), Outcome.TIMEOUT, Outcome.TIMEOUT),
    Case("silence", lambda good: Fault.silent(), Outcome.TIMEOUT, Outcome.TIMEOUT),
    Case("400, prompt filtered", lambda good: Fault.prompt_filtered(), Outcome.FILTERED, Outcome.FILTERED),
    Case("400, too long", lambda good: Fault.context_exceeded(), Outcome.TOO_LONG),
    Case("400, other", lambda good: Fault.error(400, "No."), Outcome.REQUEST, Outcome.REQUEST),
    Case("fenced JSON", Fault.fenced, None),
    Case("JSON in prose", Fault.with_prose, None),
    Case("truncated JSON", lambda good: Fault.truncated(good, 0.9), None),
    Case("truncated early", lambda good: Fault.truncated(good, 0.05), Outcome.BAD_FORM),
    Case("length", lambda good: Fault.cut_off(good, 0.9), None),
    Case("length, early", lambda good: Fault.cut_off(good, 0.05), Outcome.CUT_OFF),
    Case("wrong schema", lambda good: Fault.wrong_schema(), Outcome.BAD_FORM),
    Case("plain text", lambda good: Fault.plain_text(), Outcome.BAD_FORM),
    Case("empty", lambda good: Fault.empty(), Outcome.EMPTY),
    Case("null", lambda good: Fault.no_content(), Outcome.EMPTY),
    Case("no choices", lambda good: Fault.no_choices(), Outcome.EMPTY),
    Case("refusal", lambda good: Fault.refusal(), Outcome.REFUSAL, Outcome.REFUSAL),
    Case("content filter", lambda good: Fault.filtered(), Outcome.FILTERED, Outcome.FILTERED),
    Case("invented ids", _with_ids, Outcome.BAD_FORM),
    Case("endless repetition", lambda good: Fault.repetition(), Outcome.REPETITION),
    Case("wrong language", _german, Outcome.LANGUAGE),
    Case("no usage", Fault.without_usage, None),
]
IDS = [case.name for case in CASES]
# Faults that end the calls of the whole run, whichever story meets them first.
LASTING = {"401", "404 model", "429, quota", "429, too long to wait"}


def made(answer: Answering, *, timeout: float = TIMEOUT) -> tuple[Brief, ModelServer]:
    with ModelServer(answer) as server:

        def chat() -> OpenAIChat:
            options = ModelOptions("fake", server.base_url, context=32_000, timeout=timeout)
            return OpenAIChat("fake", options=options, patience=PATIENCE)

        return brief_of(articles(), chat), server


def patient(case: Case) -> float:
    return SOON if case.always is Outcome.TIMEOUT and case.once else TIMEOUT


def told(brief: Brief, word: str) -> BriefStory:
    (found,) = [s for s in brief.stories if word in s.headline.text + " ".join(c.text for c in s.claims)]
    return found


def is_whole(brief: Brief) -> None:
    """Every event is told, and by supported sentences only."""
    assert len(brief.stories) == len(EVENTS)
    for story in brief.stories:
        assert story.claims
        assert {claim.verdict and claim.verdict.status for claim in (story.headline, *story.claims)} == {
            Status.SUPPORTED
        }


def is_quoted(story: BriefStory, outcome: Outcome) -> None:
    assert story.note.startswith(QUOTED)
    assert outcome.value in story.note
    for claim in story.claims:
        assert "".join(claim.text.split()) == "".join(claim.citations[0].quote.split())


def is_written(story: BriefStory, unless: Outcome | None = None) -> None:
    """By the model; or ``unless`` came in between, and its words are quotations or were not judged."""
    if unless and story.note:
        assert unless.value in story.note
        assert story.note.startswith((QUOTED, UNJUDGED))
        return
    assert not story.note
    assert any(claim.text != claim.citations[0].quote for claim in story.claims)


def test_the_table_in_the_documents_has_every_case() -> None:
    page = (ROOT / "docs" / "when-a-model-fails.md").read_text(encoding="utf-8")
    rows = [tuple(row.strip("| ").split(" | ")) for row in page.splitlines() if row.startswith("| ")][1:]
    assert rows == [(c.name, str(c.always or "written"), str(c.once or "written")) for c in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_one_story_fails_and_the_others_are_written(case: Case) -> None:
    brief, server = made(
        lambda r: case.made(WRITER(r)) if "Velm" in r.user and passages(r) else WRITER(r), timeout=patient(case)
    )
    is_whole(brief)
    assert len(server.calls) <= 6 * len(EVENTS)
    for story in brief.stories:
        if case.always and story is told(brief, "Velm"):
            is_quoted(story, case.always)
        else:
            is_written(story, unless=case.always if case.name in LASTING else None)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_every_call_fails_and_the_brief_is_made_of_quotations(case: Case) -> None:
    brief, server = made(lambda r: case.made(WRITER(r)) if passages(r) else WRITER(r), timeout=patient(case))
    is_whole(brief)
    assert len(server.calls) <= 6 * len(EVENTS)
    for story in brief.stories:
        if case.always:
            is_quoted(story, case.always)
        else:
            is_written(story)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_first_call_fails(case: Case) -> None:
    failed: list[Request] = []

    def answer(request: Request) -> Reply:
        if failed:
            return WRITER(request)
        failed.append(request)
        return case.made(WRITER(request))

    brief, server = made(answer, timeout=patient(case))
    is_whole(brief)
    assert len(server.calls) <= 4 * len(EVENTS)
    quoted = [story for story in brief.stories if story.note.startswith(QUOTED)]
    for story in brief.stories:
        if case.once and story in quoted:
            is_quoted(story, case.once)
        else:
            is_written(story, unless=case.once if case.name in LASTING else None)
    if case.name not in LASTING:
        assert len(quoted) == bool(case.once)


@pytest.mark.parametrize("case", [c for c in CASES if c.name in ("401", "500", "empty", "refusal", "silence")])
def test_without_its_judge_a_story_is_checked_by_the_code_alone(case: Case) -> None:
    brief, _ = made(lambda r: WRITER(r) if passages(r) else case.made(Reply("yes")), timeout=patient(case))
    is_whole(brief)
    assert any(story.note.startswith(UNJUDGED) for story in brief.stories)
    assert not any(story.note.startswith(QUOTED) for story in brief.stories)


@pytest.mark.parametrize(
    "features",
    [
        ("json_schema",),
        ("json_schema", "json_object"),
        ("logprobs",),
        ("temperature",),
        ("max_tokens",),
        ("temperature", "logprobs", "json_schema", "max_tokens"),
    ],
)
def test_a_server_that_lacks_a_feature_is_asked_without_it(features: tuple[str, ...]) -> None:
    brief, server = made(lacking(WRITER, *features))
    is_whole(brief)
    for story in brief.stories:
        is_written(story)
    # It is learned once, not for every story.
    assert len(server.calls) <= 2 * len(EVENTS) + 4 * len(features)


def test_nobody_listens() -> None:
    with ModelServer(WRITER) as server:
        address = server.base_url
    brief = brief_of(articles(), lambda: OpenAIChat("fake", base_url=address, context=32_000, patience=PATIENCE))
    is_whole(brief)
    for story in brief.stories:
        is_quoted(story, Outcome.NO_CONNECTION)


def test_what_the_sources_do_not_say_is_withheld_and_in_the_ledger() -> None:
    brief, _ = made(lambda r: _unsupported(WRITER(r)) if "Velm" in r.user and passages(r) else WRITER(r))
    is_whole(brief)
    assert not any("bribes" in c.text for s in brief.stories for c in (s.headline, *s.claims))
    assert any("bribes" in dropped.text and "93 million dollars" in dropped.detail for dropped in brief.dropped)
    for claim in told(brief, "Velm").claims:
        assert claim.text == claim.citations[0].quote


def test_a_judge_that_talks_nonsense_supports_nothing() -> None:
    brief, _ = made(lambda r: WRITER(r) if passages(r) else Fault.plain_text())
    is_whole(brief)
    for story in brief.stories:
        for claim in story.claims:
            assert claim.text == claim.citations[0].quote
