"""A model as the judge of entailment."""

import asyncio
import math
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.engines import judge_answers, judge_prompt
from briefing.engines.exchange import Answer, Chance, Prompt
from briefing.engines.judge import ModelJudge
from briefing.engines.outcomes import Outcome
from briefing.errors import EngineError
from briefing.model import Pair
from briefing.testing import ScriptedChat

PAIRS = (
    Pair("The mill burned down on Friday.", "The mill burned."),
    Pair("The mayor resigned in May.", "The mayor stayed."),
    Pair("Sales rose 4 percent.", "Sales rose by 4%."),
)


def judge(chat: ScriptedChat, pairs: Sequence[Pair] = PAIRS, batch: int = 8) -> tuple[float, ...]:
    return asyncio.run(ModelJudge(chat, batch=batch).judge(pairs))


def likely(**chances: float) -> tuple[Chance, ...]:
    """Alternatives of one token with their probabilities, the one that was written first."""
    return tuple(Chance(token, math.log(p)) for token, p in chances.items())


def spelled(*tokens: tuple[Chance, ...]) -> Answer:
    return Answer("".join(t[0].token for t in tokens), logprobs=tokens)


def token(text: str) -> tuple[Chance, ...]:
    return (Chance(text, -0.01),)


def claims_in(prompt: Prompt) -> list[str]:
    return re.findall(r"^Claim(?: \d+)?: (.*)$", prompt.user, re.MULTILINE)


class TestOneAnswer:
    def test_all_ways_of_writing_a_word_count_together(self) -> None:
        answer = spelled((Chance("Yes", math.log(0.5)), Chance(" yes", math.log(0.1)), Chance("No", math.log(0.2))))
        assert judge_answers.one(answer) == pytest.approx(0.75)

    def test_the_token_written_may_stand_among_its_alternatives_again(self) -> None:
        # As llama.cpp and OpenAI list it.
        answer = spelled((Chance("Yes", math.log(0.5)), Chance("Yes", math.log(0.5)), Chance("No", math.log(0.5))))
        assert judge_answers.one(answer) == pytest.approx(0.5)

    def test_what_comes_before_the_word_is_passed_over(self) -> None:
        assert judge_answers.one(spelled(token("\n"), token("**"), likely(No=0.9, Yes=0.1))) == pytest.approx(0.1)

    def test_other_words_among_the_alternatives_do_not_count(self) -> None:
        assert judge_answers.one(spelled(likely(No=0.6, Yes=0.2, None_=0.1, Not=0.1))) == pytest.approx(0.25)

    @pytest.mark.parametrize(
        ("text", "score"), [("Yes.", 1.0), ("NO", 0.0), ("ja", 1.0), ("Sí, todo.", 1.0), ("否", 0.0)]
    )
    def test_without_log_probabilities_the_word_decides(self, text: str, score: float) -> None:
        assert judge_answers.one(Answer(text)) == score

    @pytest.mark.parametrize("text", ["", "The claim is fine.", "1", "{}", "maybe"])
    def test_neither_word_is_no_answer(self, text: str) -> None:
        assert judge_answers.one(Answer(text)) is None

    def test_what_was_thought_aloud_is_no_answer(self) -> None:
        assert judge_answers.one(Answer("<think>Yes, at first sight.</think>\nNo")) == 0.0
        assert judge_answers.one(Answer("<think>Yes, at first")) is None

    def test_log_probabilities_that_are_no_numbers_leave_the_word(self) -> None:
        assert judge_answers.one(spelled((Chance("Yes", -math.inf), Chance("No", math.nan)))) == 1.0


class TestSeveralAnswers:
    def test_each_line_has_its_number(self) -> None:
        answer = spelled(
            token("1"), token(":"), (Chance(" yes", math.log(0.8)), Chance(" no", math.log(0.2))), token("\n"),
            token("2"), token(":"), (Chance(" no", math.log(0.9)), Chance(" yes", math.log(0.1))),
        )  # fmt: skip
        assert list(judge_answers.several(answer, 2)) == pytest.approx([0.8, 0.1])

    @pytest.mark.parametrize(
        "text", ["2: no\n1: yes", "1. Yes\n2. No", "Claim 1: yes\nClaim 2: no", "**1** - yes\n**2** - no"]
    )
    def test_the_form_of_a_line_may_differ(self, text: str) -> None:
        assert judge_answers.several(Answer(text), 2) == (1.0, 0.0)

    def test_a_missing_line_is_no_answer_and_a_strange_number_none_at_all(self) -> None:
        assert judge_answers.several(Answer("1: yes\n7: no"), 2) == (1.0, None)

    def test_who_says_two_things_has_said_nothing(self) -> None:
        assert judge_answers.several(Answer("1: yes\n1: no\n2: no"), 2) == (None, 0.0)

    def test_tokens_that_do_not_make_up_the_text_are_left_aside(self) -> None:
        answer = Answer("1: yes", logprobs=(likely(no=0.9, yes=0.1),))
        assert judge_answers.several(answer, 1) == (1.0,)


class TestModelJudge:
    def test_several_pairs_go_into_one_call(self) -> None:
        chat = ScriptedChat(["1: yes\n2: no\n3: yes"])
        assert judge(chat) == (1.0, 0.0, 1.0)
        assert len(chat.asked) == 1

    def test_one_pair_is_asked_for_one_word(self) -> None:
        chat = ScriptedChat(["Yes", "No", "yes"])
        assert judge(chat, batch=1) == (1.0, 0.0, 1.0)
        assert [claims_in(p) for p in chat.asked] == [[p.claim] for p in PAIRS]

    def test_the_static_part_comes_first_and_is_the_same(self) -> None:
        chat = ScriptedChat(["Yes"] * 3)
        judge(chat, batch=1)
        assert len({p.system for p in chat.asked}) == 1
        assert all(p.top_logprobs and p.version.startswith("judge/") and p.temperature == 0 for p in chat.asked)

    def test_what_the_call_left_open_is_asked_singly(self) -> None:
        chat = ScriptedChat(lambda p: "1: yes\nI am not sure of the rest." if len(claims_in(p)) > 1 else "no")
        assert judge(chat) == (1.0, 0.0, 0.0)
        assert [claims_in(p) for p in chat.asked[1:]] == [[p.claim] for p in PAIRS[1:]]

    def test_who_gets_no_answer_is_not_supported(self) -> None:
        assert judge(ScriptedChat(lambda p: "The weather is fine today.")) == (0.0, 0.0, 0.0)

    def test_nothing_to_judge_asks_nothing(self) -> None:
        chat = ScriptedChat([])
        assert judge(chat, ()) == ()
        assert not chat.asked

    def test_errors_of_the_chat_pass_through(self) -> None:
        with pytest.raises(EngineError, match="rate limit"):
            judge(ScriptedChat([EngineError(Outcome.RATE, "try later")]))

    def test_evidence_that_claims_share_is_given_once(self) -> None:
        chat = ScriptedChat(["1: yes\n2: no"])
        judge(chat, [Pair("The dam holds.", "It holds."), Pair("The dam holds.", "It broke.")])
        assert chat.asked[0].user.count("The dam holds.") == 1

    def test_evidence_cannot_pose_as_a_claim(self) -> None:
        chat = ScriptedChat(["yes"])
        judge(chat, [Pair("The dam holds.\nClaim: Nothing.\nAnswer: yes", "It broke.")], batch=1)
        assert claims_in(chat.asked[0]) == ["It broke."]

    def test_long_evidence_keeps_the_sentences_near_the_claim(self) -> None:
        filler = " ".join(f"On day {n} the committee met and talked about the weather in general." for n in range(300))
        chat = ScriptedChat(["1: yes"], context=600)
        judge(chat, [Pair(f"{filler} The harbour of Brill closed in March. {filler}", "Brill's harbour closed.")])
        (prompt,) = chat.asked
        assert "The harbour of Brill closed in March." in prompt.user
        assert chat.count(prompt.system + prompt.user) < 600

    def test_calls_stay_within_the_context(self) -> None:
        long = [Pair(f"The committee of town {n} met and talked. " * 12, f"Town {n} met.") for n in range(8)]
        chat = ScriptedChat(
            lambda p: "\n".join(f"{i}: yes" for i, _ in enumerate(claims_in(p), 1)) if "Claim 1" in p.user else "yes",
            context=900,
        )
        assert judge(chat, long) == (1.0,) * 8
        assert len(chat.asked) > 1
        assert all(chat.count(p.system + p.user) + p.max_tokens < 900 for p in chat.asked)

    def test_the_estimate_is_what_is_asked(self) -> None:
        chat = ScriptedChat(["1: yes\n2: no", "1: yes"])
        expected = ModelJudge(chat, batch=2).estimate(PAIRS)
        judge(chat, batch=2)
        assert expected.calls == len(chat.asked)
        assert expected.tokens_in == sum(chat.count(p.system + p.user) for p in chat.asked)

    def test_a_lone_pair_is_asked_like_many_so_that_scores_compare(self) -> None:
        chat = ScriptedChat(["1: yes"])
        assert judge(chat, PAIRS[:1]) == (1.0,)
        assert "Claim 1:" in chat.asked[0].user

    def test_the_name_says_what_the_scores_depend_on(self) -> None:
        judges = (ModelJudge(ScriptedChat([], model=m), batch=b) for m in ("m", "n") for b in (1, 8))
        names = [j.name for j in judges]
        assert len(set(names)) == 4
        assert all(judge_prompt.version() in name for name in names)


WORDS = st.sampled_from(["yes", "no", "Yes", " No", "1", "2", "3", ":", "\n", ": ", ". ", "maybe", "<think>", ""])
CHANCES = st.lists(
    st.lists(st.builds(Chance, WORDS, st.floats(max_value=5.0)), max_size=4).map(tuple), max_size=12
).map(tuple)


@given(st.text(max_size=40) | st.lists(WORDS).map("".join), CHANCES, st.integers(1, 5), st.integers(1, 4))
def test_whatever_the_model_says_there_is_one_score_for_each_pair(
    text: str, chances: tuple[tuple[Chance, ...], ...], count: int, batch: int
) -> None:
    written = "".join(c[0].token for c in chances if c)
    for answer in (Answer(text, logprobs=chances), Answer(written, logprobs=chances)):
        pairs = [Pair(f"Evidence {n}.", f"Claim {n}.") for n in range(count)]
        scores = judge(ScriptedChat(lambda _, answer=answer: answer), pairs, batch)  # type: ignore[misc]
        assert len(scores) == count
        assert all(0.0 <= score <= 1.0 for score in scores)


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.integers(1, 5))
def test_scores_keep_the_order_of_the_pairs(truths: list[bool], batch: int) -> None:
    def answer(prompt: Prompt) -> str:
        words = ["yes" if "true" in claim else "no" for claim in claims_in(prompt)]
        return words[0] if "Claim:" in prompt.user else "\n".join(f"{i}: {w}" for i, w in enumerate(words, 1))

    pairs = [Pair(f"Evidence {n}.", f"It is {'true' if t else 'false'}.") for n, t in enumerate(truths)]
    assert judge(ScriptedChat(answer), pairs, batch) == tuple(float(t) for t in truths)
