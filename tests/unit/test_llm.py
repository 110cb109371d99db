from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.engines import llm_prompts
from briefing.engines.exchange import Answer, Prompt
from briefing.engines.llm import LLM
from briefing.engines.llm_claims import evidence
from briefing.engines.outcomes import Outcome
from briefing.errors import BriefingError, EngineError
from briefing.model import (
    Article,
    Ask,
    Cleaned,
    Draft,
    Feedback,
    Finding,
    Original,
    Reason,
    Role,
    Scored,
    Span,
    Status,
    Story,
)
from briefing.steps.chunk import chunk
from briefing.testing import ScriptedChat
from briefing.text.paragraphs import paragraphs

NOW = datetime(2031, 5, 4, 6, 0, tzinfo=UTC)
ASK = Ask("en", 120, NOW, 5)

COURIER = (
    "A crack eleven metres long opened in the wall of the Ostrand dam on Monday, the water board said.\n\n"
    "It was not clear whether the rain or an old fault in the concrete caused the crack, engineers said.\n\n"
    "Ines Calder, who leads the water board, ordered 4,000 people in the valley to leave their homes."
)
POST = "The army said that 4,500 people had been told to leave. Forty trucks will come to Ostrand on Tuesday."
BOTE = "In der Staumauer von Ostrand ist am Montag ein elf Meter langer Riss entstanden, teilte die Behörde mit."


def original(text: str, source: str, language: str = "en") -> Original:
    article = Article.of(text=text, source=source, published=NOW, language=language)
    return Original(Cleaned(article, tuple(Span(a, b) for a, b in paragraphs(text))))


def story(*originals: Original) -> Story:
    return Story("s", tuple(Scored(p, 1.0) for o in originals for p in chunk(o)))


DAM = story(original(COURIER, "The Courier"), original(POST, "Post"))


def said(
    evidence: str, text: str = "", role: Role = Role.HAPPENED, passages: list[str] | None = None
) -> dict[str, Any]:
    return {
        "passages": ["p1"] if passages is None else passages,
        "evidence": evidence,
        "text": text or evidence,
        "role": role.value,
    }


CRACK = said("A crack eleven metres long opened in the wall of the Ostrand dam", "A crack opened in the Ostrand dam.")
CLEAR = said("the rain or an old fault in the concrete caused the crack", "Rain or a fault caused it, engineers said.")
LEFT = said("ordered 4,000 people in the valley to leave their homes", "Ines Calder ordered 4,000 people to leave.")
TRUCKS = said("Forty trucks will come to Ostrand on Tuesday.", role=Role.NEXT)


def answer(*sentences: dict[str, Any], headline: dict[str, Any] = CRACK) -> str:
    return json.dumps({"headline": headline, "sentences": sentences}, ensure_ascii=False)


def write(*script: Answer | str | BriefingError, of: Story = DAM, ask: Ask = ASK) -> tuple[Draft, ScriptedChat]:
    chat = ScriptedChat(script)
    return asyncio.run(LLM(chat).write(of, ask)), chat


def texts(draft: Draft) -> list[str]:
    return [c.text for c in draft.claims]


def test_a_story_is_written_with_one_call() -> None:
    draft, chat = write(answer(CRACK, LEFT))
    assert len(chat.asked) == 1
    assert draft.story is DAM
    assert draft.headline.text == "A crack opened in the Ostrand dam"
    assert texts(draft) == [CRACK["text"], LEFT["text"]]


def test_evidence_becomes_whole_sentences_so_that_no_doubt_is_left_out() -> None:
    draft, _ = write(answer(CLEAR))
    (citation,) = draft.claims[0].citations
    assert citation.quote.startswith("It was not clear whether")
    assert citation.quote.endswith("engineers said.")
    assert COURIER[citation.start : citation.end] == citation.quote


@given(st.data())
def test_any_words_of_a_passage_are_found_in_the_whole_sentences_that_hold_them(data: st.DataObject) -> None:
    passage = data.draw(st.sampled_from([s.passage for s in DAM.passages]))
    words = passage.text.split()
    start = data.draw(st.integers(0, len(words) - 5))
    end = data.draw(st.integers(start + 5, len(words)))
    citations = evidence("  ".join(words[start:end]).replace("'", "’"), [passage])
    quoted = " ".join(c.quote for c in citations)
    assert len(citations) == 3 or " ".join(words[start:end]) in quoted
    assert all((c.start, c.end) in passage.sentences for c in citations)


@pytest.mark.parametrize("context", [1200, 2048, 8192])
def test_question_and_answer_fit_into_a_small_model(context: int) -> None:
    chat = ScriptedChat([answer(CRACK)], context=context)
    asyncio.run(LLM(chat).write(DAM, ASK))
    (prompt,) = chat.asked
    assert chat.count(prompt.system) + chat.count(prompt.user) + prompt.max_tokens < context


def test_evidence_is_found_in_another_passage_than_the_one_named() -> None:
    draft, _ = write(answer(TRUCKS | {"passages": ["p1", "p99"]}))
    assert draft.claims[0].citations[0].quote == "Forty trucks will come to Ostrand on Tuesday."


def test_evidence_joined_from_several_passages_is_found_piece_by_piece() -> None:
    both = said("The army said that 4,500 people had been told to leave. It was not clear whether the rain caused it.")
    draft, _ = write(answer(both | {"text": "People had to leave."}))
    assert [c.quote[:8] for c in draft.claims[0].citations] == ["The army"]


def test_a_sentence_without_evidence_cites_nothing_if_it_names_a_passage() -> None:
    draft, _ = write(answer(CRACK, said("words that nobody wrote anywhere", "The dam is old.")))
    assert draft.claims[1].citations == ()


def test_a_sentence_that_names_no_source_is_left_out_and_listed() -> None:
    draft, _ = write(answer(CRACK, said("words that nobody wrote", "The dam is old.", passages=["p77"])))
    assert texts(draft) == [CRACK["text"]]
    assert [(d.reason, d.text) for d in draft.dropped] == [(Reason.UNSUPPORTED, "The dam is old.")]


def test_sentences_stand_in_the_order_of_their_roles() -> None:
    draft, _ = write(answer(TRUCKS, LEFT | {"role": Role.NUMBERS.value}, CRACK))
    assert [c.role for c in draft.claims] == [Role.HAPPENED, Role.NUMBERS, Role.NEXT]


def test_a_label_that_says_too_much_is_taken_off() -> None:
    draft, _ = write(answer(CRACK | {"role": Role.NUMBERS.value}, LEFT | {"role": Role.DISAGREE.value}))
    assert {c.role for c in draft.claims} == {Role.HAPPENED}


def test_two_sources_may_disagree() -> None:
    army = said("The army said that 4,500 people had been told to leave.", role=Role.DISAGREE)
    draft, _ = write(answer(LEFT | {"role": Role.DISAGREE.value}, army))
    assert {c.role for c in draft.claims} == {Role.DISAGREE}


def test_two_sentences_in_one_text_are_two_claims() -> None:
    both = LEFT | {"text": "Ines Calder leads the water board. She ordered 4,000 people to leave."}
    draft, _ = write(answer(both))
    assert texts(draft) == ["Ines Calder leads the water board.", "She ordered 4,000 people to leave."]


def test_what_is_said_twice_is_told_once() -> None:
    draft, _ = write(answer(CRACK, LEFT, CRACK | {"text": "In the Ostrand dam a crack opened.", "role": "what's next"}))
    assert texts(draft) == [CRACK["text"], LEFT["text"]]
    assert draft.dropped[0].reason is Reason.REPEATED


def test_the_story_is_not_longer_than_was_asked() -> None:
    draft, _ = write(answer(CRACK, LEFT, TRUCKS), ask=Ask("en", 12, NOW, 5))
    assert texts(draft) == [CRACK["text"], LEFT["text"]]
    draft, _ = write(answer(CRACK, LEFT, TRUCKS), ask=Ask("en", 100, NOW, 1))
    assert texts(draft) == [CRACK["text"]]
    assert {d.reason for d in draft.dropped} == {Reason.OVER_BUDGET}


def test_markup_and_links_do_not_come_through() -> None:
    draft, _ = write(answer(CRACK | {"text": "A **crack** [opened](https://evil.example) in the dam [p1]."}))
    assert texts(draft) == ["A crack opened in the dam."]


def test_a_sentence_about_the_task_is_left_out_unless_the_story_speaks_of_such_things() -> None:
    talk = LEFT | {"text": "As an AI language model I have no access to 4,000 people."}
    draft, _ = write(answer(CRACK, talk))
    assert texts(draft) == [CRACK["text"]]
    of = story(original("The ministry bought a language model from Norland for 4,000 crowns on Monday.", "Post"))
    bought = said("The ministry bought a language model from Norland", "The ministry bought a language model.")
    draft, _ = write(answer(bought, headline=bought), of=of)
    assert texts(draft) == ["The ministry bought a language model."]


def test_a_headline_without_evidence_stands_on_the_sentence_it_is_nearest_to() -> None:
    told = json.dumps({"sentences": [CRACK, LEFT], "headline": "4,000 people ordered to leave"})
    draft, _ = write(told)
    assert draft.headline.text == "4,000 people ordered to leave"
    assert draft.headline.citations == draft.claims[1].citations


def test_a_sentence_without_its_full_stop_gets_one() -> None:
    forgotten = said(LEFT["evidence"], "Ines Calder ordered 4,000 people to leave")
    assert texts(write(answer(forgotten))[0]) == ["Ines Calder ordered 4,000 people to leave."]


def test_what_a_reader_is_told_of_a_failure_holds_nothing_the_model_said() -> None:
    loop = Answer('{"headline": "' + "and so on " * 50, "length")
    with pytest.raises(EngineError) as caught:
        write(loop, loop)
    assert "the answer repeats itself" in caught.value.detail
    assert "and so on" not in caught.value.detail
    assert "model@" not in caught.value.detail


def test_straight_quotation_marks_are_shown_as_curly_ones() -> None:
    assert llm_prompts.harmless('He said "no" ("never").') == "He said “no” (“never”)."


def test_without_a_usable_headline_the_first_sentence_is_one() -> None:
    nobodys = said("words that nobody wrote", "Dam is old", passages=[])
    assert write(answer(LEFT, headline=nobodys))[0].headline.text == LEFT["text"].rstrip(".")
    assert write(json.dumps([LEFT]))[0].headline.text == LEFT["text"].rstrip(".")


@pytest.mark.parametrize(
    ("bad", "outcome"),
    [
        (Answer(""), Outcome.EMPTY),
        (Answer("The dam broke."), Outcome.BAD_FORM),
        (Answer('{"sentences": []}'), Outcome.BAD_FORM),
        (Answer(json.dumps({"sentences": [said("nobody wrote this", passages=[])]})), Outcome.BAD_FORM),
        (Answer('{"headline": {"pass', "length"), Outcome.CUT_OFF),
        (Answer('{"headline": {"evidence": "' + "and so on " * 50, "length"), Outcome.REPETITION),
        (
            Answer(answer(CRACK | {"text": "In der Staumauer von Ostrand ist am Montag ein langer Riss entstanden."})),
            Outcome.LANGUAGE,
        ),
    ],
)
def test_an_answer_of_no_use_is_asked_for_once_more_with_the_reason(bad: Answer, outcome: Outcome) -> None:
    draft, chat = write(bad, answer(CRACK))
    assert texts(draft) == [CRACK["text"]]
    assert outcome.value in chat.asked[1].user
    assert chat.asked[1].user.startswith(chat.asked[0].user)
    with pytest.raises(EngineError) as caught:
        write(bad, bad)
    assert caught.value.reason == outcome
    assert not caught.value.lasting


def test_an_answer_without_room_is_asked_for_again_with_more() -> None:
    _, chat = write(Answer('{"headline": {"pass', "length"), answer(CRACK))
    assert chat.asked[1].max_tokens > chat.asked[0].max_tokens


def test_of_a_cut_answer_what_is_complete_is_kept_without_asking_again() -> None:
    whole = answer(CRACK, LEFT)
    draft, chat = write(Answer(whole[: whole.index("4,000 people to")], "length"))
    assert texts(draft) == [CRACK["text"]]
    assert len(chat.asked) == 1


def test_errors_of_the_model_come_through() -> None:
    with pytest.raises(EngineError, match="refused"):
        write(EngineError(Outcome.REFUSAL, "it would rather not"))


def test_where_the_model_holds_less_than_was_thought_it_is_shown_less() -> None:
    long = story(
        *(original(f"Village {n} of the valley lost {n} barns to water in May of 1930.", f"P{n}") for n in range(1, 29))
    )
    barns = said("Village 2 of the valley lost 2 barns to water", "Village 2 lost 2 barns.")
    draft, chat = write(EngineError(Outcome.TOO_LONG, "2,048 tokens"), answer(barns, headline=barns), of=long)
    assert texts(draft) == ["Village 2 lost 2 barns."]
    assert len(chat.asked[1].user) < len(chat.asked[0].user)


def test_a_brief_in_another_language_keeps_the_evidence_as_it_stands() -> None:
    of = story(original(BOTE, "Der Bote", "de"))
    riss = said(
        "ein elf Meter langer Riss entstanden", "A crack eleven metres long opened in the Ostrand dam on Monday."
    )
    draft, chat = write(answer(riss, headline=riss), of=of)
    assert draft.claims[0].language == "en"
    assert draft.claims[0].citations[0].quote == BOTE
    assert "English" in chat.asked[0].system


def test_a_sentence_left_in_the_language_of_its_source_is_left_out() -> None:
    of = story(original(BOTE, "Der Bote", "de"), original(COURIER, "The Courier"))
    draft, _ = write(answer(CRACK, LEFT, said(BOTE)), of=of)
    assert texts(draft) == [CRACK["text"], LEFT["text"]]
    assert [d.text for d in draft.dropped] == [BOTE]


def repair(draft: Draft, *findings: Finding, script: list[Answer | str | BriefingError]) -> tuple[Draft, ScriptedChat]:
    chat = ScriptedChat(script)
    return asyncio.run(LLM(chat).write(draft.story, ASK, Feedback(draft, findings))), chat


def wrong(claim: int, reason: str = "“not clear” is lost") -> Finding:
    return Finding(claim, "hedges", Status.UNSUPPORTED, reason)


def again(*sentences: dict[str, Any]) -> str:
    return json.dumps({"sentences": sentences})


def test_a_repair_is_asked_of_the_failed_sentences_alone() -> None:
    draft, _ = write(answer(CRACK, CLEAR, LEFT))
    better = CLEAR | {"number": 2, "text": "It was not clear whether rain or a fault caused it, engineers said."}
    mended, chat = repair(draft, wrong(2), script=[again(better)])
    assert texts(mended) == [CRACK["text"], better["text"], LEFT["text"]]
    assert mended.claims[0] is draft.claims[0]
    assert mended.claims[2] is draft.claims[2]
    assert mended.headline is draft.headline
    asked = chat.asked[0].user
    assert "“not clear” is lost" in asked
    assert "Sentence 2: " + CLEAR["text"] in asked
    assert LEFT["text"] not in asked
    assert "Forty trucks" not in asked


def test_a_repaired_sentence_keeps_its_role_and_finds_its_evidence() -> None:
    draft, _ = write(answer(CRACK, TRUCKS))
    better = said("Forty trucks will come to Ostrand", "Forty trucks will come on Tuesday.") | {"number": 2}
    mended, _ = repair(draft, wrong(2), script=[again(better)])
    assert mended.claims[1].role is Role.NEXT
    assert mended.claims[1].citations[0].quote == "Forty trucks will come to Ostrand on Tuesday."


@pytest.mark.parametrize("given", [[], [CLEAR | {"number": 2, "text": ""}], [CLEAR | {"number": 2, "text": "drop"}]])
def test_what_cannot_be_repaired_is_left_out(given: list[dict[str, Any]]) -> None:
    draft, _ = write(answer(CRACK, CLEAR, LEFT))
    mended, _ = repair(draft, wrong(2), script=[again(*given)])
    assert mended.claims == (draft.claims[0], draft.claims[2])


def test_a_headline_is_repaired_as_number_nought_and_stays_where_it_cannot_be() -> None:
    draft, _ = write(answer(LEFT, headline=CLEAR))
    better = CLEAR | {"number": 0, "text": "Cause of crack in dam is not clear."}
    mended, _ = repair(draft, wrong(0), script=[again(better)])
    assert mended.headline.text == "Cause of crack in dam is not clear"
    mended, _ = repair(draft, wrong(0), script=[again()])
    assert mended.headline is draft.headline


def test_a_claim_that_cites_nothing_is_repaired_from_the_nearest_passages() -> None:
    draft, _ = write(answer(CRACK, said("words that nobody wrote", "The army told 4,500 people to leave.")))
    _, chat = repair(draft, wrong(2, "the claim cites nothing"), script=[again()])
    assert "The army said" in chat.asked[0].user


def test_a_translation_is_no_fault_that_could_be_repaired() -> None:
    draft, _ = write(answer(CRACK))
    mended, chat = repair(draft, Finding(1, "translation", Status.PARTLY, "in German"), script=[])
    assert mended is draft
    assert not chat.asked


def many(count: int) -> Story:
    flood = "The flood reached village {0} of the valley on Monday. The mayor, Otto Berg {0}, lost 1{0} cows."
    return story(*(original(flood.format(n), f"Paper {n}") for n in range(count)))


def test_a_large_story_is_reduced_to_the_facts_of_its_articles() -> None:
    cows = said("lost 14 cows", "Otto Berg 4 lost 14 cows.", passages=[])

    def model(prompt: Prompt) -> Answer | str:
        if not prompt.version.startswith("facts/"):
            return answer(cows, headline=cows)
        if "village 7 " in prompt.user:
            raise EngineError(Outcome.TIMEOUT, "of one article")
        return '{"facts": ["s2", "s99"]}'

    chat = ScriptedChat(model)
    of = many(31)
    draft = asyncio.run(LLM(chat).write(of, ASK))
    assert draft.story is of
    assert [c.quote for c in draft.claims[0].citations] == ["The mayor, Otto Berg 4, lost 14 cows."]
    assert len(chat.asked) == 32
    assert "reached village 4 " not in chat.asked[-1].user
    assert LLM(chat).estimate(of, ASK).calls == 32


def test_a_lasting_error_ends_a_large_story() -> None:
    with pytest.raises(EngineError, match="quota"):
        asyncio.run(LLM(ScriptedChat([EngineError(Outcome.QUOTA, "", lasting=True)] * 31)).write(many(31), ASK))


def test_an_estimate_counts_the_question_and_asks_nothing() -> None:
    chat = ScriptedChat([answer(CRACK)])
    engine = LLM(chat)
    cost = engine.estimate(DAM, ASK)
    assert not chat.asked
    asyncio.run(engine.write(DAM, ASK))
    (prompt,) = chat.asked
    assert cost.calls == 1
    assert cost.tokens_in == chat.count(prompt.system) + chat.count(prompt.user)
    assert 0 < cost.tokens_out < prompt.max_tokens
    assert cost.price is None


def test_closing_passes_on_to_a_chat_that_can_be_closed() -> None:
    class Closing(ScriptedChat):
        closed = False

        async def aclose(self) -> None:
            self.closed = True

    chat = Closing([])
    asyncio.run(LLM(chat).aclose())
    assert chat.closed
    asyncio.run(LLM(ScriptedChat([])).aclose())
