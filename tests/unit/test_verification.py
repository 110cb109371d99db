"""The desk: an engine writes, the code checks, a judge reads, what fails is written again once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from briefing.engines.extractive import Extractive
from briefing.errors import EngineError
from briefing.model import (
    QUOTED,
    UNJUDGED,
    Article,
    Ask,
    Checked,
    Citation,
    Claim,
    Cleaned,
    Draft,
    Original,
    Part,
    Passage,
    Scored,
    Span,
    Story,
)
from briefing.ports import Engine, Judge
from briefing.testing import ScriptedEngine, ScriptedJudge
from briefing.verification import Desk, Reader

ASK = Ask("en", 120, datetime(2026, 11, 22, 6, 0, tzinfo=UTC))
FIRST = "The harbour of Port Ellery reopened on Saturday night after a strike of eleven days."
SECOND = "About 38 container ships were still waiting at anchor, the harbour board said."
ARTICLE = Article.of(title="Harbour reopens", text=f"{FIRST} {SECOND}", source="Gazette", language="en")
SPANS = (Span(0, len(FIRST)), Span(len(FIRST) + 1, len(ARTICLE.text)))
STORY = Story(
    "s", (Scored(Passage(Original(Cleaned(ARTICLE, (Span(0, len(ARTICLE.text)),))), SPANS), 1.0),), why=("harbour",)
)


def claim(text: str, span: Span | None = SPANS[1]) -> Claim:
    if span is None:
        return Claim(text, (), "en")
    return Claim(text, (Citation(ARTICLE.id, Part.TEXT, *span, ARTICLE.text[slice(*span)]),), "en")


def draft(*claims: Claim) -> Draft:
    return Draft(STORY, claim("Harbour of Port Ellery reopened on Saturday night", SPANS[0]), claims)


RIGHT = claim("The harbour board said about 38 container ships were still waiting at anchor.")
WRONG = claim("The harbour board said about 83 container ships were still waiting at anchor.")


def told(engine: Engine, judge: Judge | None = None) -> Checked:
    desk = Desk(engine, Extractive(), Reader(judge, 0.8))

    async def both() -> Checked:
        return await desk.verify(await desk.write(STORY, ASK))

    return asyncio.run(both())


def texts(checked: Checked) -> list[str]:
    return [c.text for c in checked.claims]


def test_a_good_draft_is_printed_whole_after_one_call() -> None:
    engine = ScriptedEngine([draft(RIGHT)])
    checked = told(engine)
    assert texts(checked) == [RIGHT.text]
    assert checked.headline.text == "Harbour of Port Ellery reopened on Saturday night"
    assert checked.note == ""
    assert checked.dropped == ()


def test_what_fails_is_written_again_with_the_reasons_and_the_ledger_tells() -> None:
    engine = ScriptedEngine([draft(RIGHT, WRONG), draft(RIGHT)])
    checked = told(engine)
    _, _, feedback = engine.asked[1]
    assert feedback is not None
    assert [f.claim for f in feedback.findings] == [2]
    assert "83" in feedback.findings[0].reason
    assert texts(checked) == [RIGHT.text]
    assert [d.text for d in checked.dropped] == [WRONG.text]


def test_what_fails_twice_is_withheld() -> None:
    engine = ScriptedEngine([draft(RIGHT, WRONG), draft(RIGHT, WRONG)])
    checked = told(engine)
    assert texts(checked) == [RIGHT.text]
    assert [d.text for d in checked.dropped] == [WRONG.text]
    assert len(engine.asked) == 2


def test_a_repair_that_gets_no_answer_leaves_what_holds() -> None:
    checked = told(ScriptedEngine([draft(RIGHT, WRONG), EngineError("rate limit", "try later")]))
    assert texts(checked) == [RIGHT.text]


def test_a_claim_without_citations_gets_those_that_it_stands_on() -> None:
    (printed,) = told(ScriptedEngine([draft(claim(RIGHT.text, None))])).claims
    assert [c.quote for c in printed.citations] == [SECOND]


def test_a_story_of_which_nothing_holds_is_told_in_quotations_and_says_so() -> None:
    nonsense = claim("Aliens landed in Paris and elected 12 kings.")
    checked = told(ScriptedEngine([draft(nonsense, nonsense), draft(nonsense)]))
    assert checked.claims
    assert all(c.text == c.citations[0].quote for c in checked.claims)


def test_a_model_that_gives_no_answer_leaves_a_story_in_quotations() -> None:
    checked = told(ScriptedEngine([EngineError("no connection", "is the server running?", lasting=True)]))
    assert checked.claims
    assert checked.note.startswith(QUOTED)
    assert "is the server running?" in checked.note
    assert all(c.text in ARTICLE.text for c in checked.claims)


def test_a_judge_reads_what_the_code_could_not_refute() -> None:
    judge = ScriptedJudge(lambda pair: 0.1 if "anchor" in pair.claim else 0.9)
    checked = told(ScriptedEngine([draft(claim(FIRST, SPANS[0]), RIGHT), draft(claim(FIRST, SPANS[0]), RIGHT)]), judge)
    assert texts(checked) == [FIRST]
    assert {pair.evidence for pair in judge.asked[0]} == {FIRST, SECOND}
    assert FIRST not in {pair.claim for pair in judge.asked[0]}


def test_without_an_answer_of_the_judge_the_code_decides_and_the_story_says_so() -> None:
    checked = told(ScriptedEngine([draft(RIGHT)]), ScriptedJudge([EngineError("rate limit", "try later")]))
    assert texts(checked) == [RIGHT.text]
    assert checked.note == f"{UNJUDGED}: rate limit: try later"
