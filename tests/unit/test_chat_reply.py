"""Answers as servers write them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.engines.chat_faults import Faults
from briefing.engines.chat_reply import Usage, answer, payload, usage, without_thoughts, written
from briefing.engines.chat_server import NO_KEY, server
from briefing.engines.exchange import Chance
from briefing.engines.outcomes import Outcome
from briefing.engines.retry import Fault

FAULTS = Faults("m", server("http://127.0.0.1:1/v1"), NO_KEY)
NOW = datetime(2026, 3, 4, tzinfo=UTC)


def reply(content: object, finish: object = "stop", **message: object) -> dict[str, Any]:
    return {"choices": [{"message": {"content": content, **message}, "finish_reason": finish}]}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Oslo.", "Oslo."),
        ("<think>Hm. {}</think>\n\nOslo.", "Oslo."),
        ("\n<think></think>Oslo.", "Oslo."),
        ("Hm, the fjord.\n</think>\nOslo.", "Oslo."),
        ("<think>Hm, and hm, and", ""),
        ("<reasoning>a</reasoning> b", "b"),
        ("A <think> in the middle </think> stays.", "A <think> in the middle </think> stays."),
        ('{"city": "Oslo"}', '{"city": "Oslo"}'),
    ],
)
def test_reasoning_in_front_of_the_answer_is_left_out(text: str, left: str) -> None:
    assert without_thoughts(text) == left


def test_reasoning_that_stands_apart_is_no_answer() -> None:
    assert answer(reply("Oslo.", reasoning_content="Hm."), FAULTS).text == "Oslo."
    with pytest.raises(Fault) as raised:
        answer(reply(None, reasoning_content="Hm."), FAULTS)
    assert raised.value.reason == Outcome.EMPTY
    assert written(reply(None, reasoning_content="Hm.")) == "Hm."


def test_content_in_parts() -> None:
    parts = [{"type": "reasoning", "text": "Hm."}, {"type": "text", "text": "Os"}, {"type": "text", "text": "lo."}, "x"]
    assert answer(reply(parts), FAULTS).text == "Oslo."


@pytest.mark.parametrize(
    ("finish", "read"),
    [("stop", "stop"), (None, "stop"), ("length", "length"), ("MAX_TOKENS", "length"), ("tool_calls", "tool_calls")],
)
def test_how_it_ended(finish: object, read: str) -> None:
    assert answer(reply("Oslo.", finish), FAULTS).finish == read


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({}, Outcome.EMPTY),
        ({"choices": None}, Outcome.EMPTY),
        ({"choices": [None]}, Outcome.EMPTY),
        ({"choices": [{}]}, Outcome.EMPTY),
        (reply("", "content_filter"), Outcome.FILTERED),
        (reply("Os", "content_filter"), Outcome.FILTERED),
        (reply(None, refusal="No."), Outcome.REFUSAL),
        (reply(" \n", "stop"), Outcome.EMPTY),
        (reply("<think>Hm", "length"), Outcome.CUT_OFF),
    ],
)
def test_what_is_no_answer(value: dict[str, Any], reason: Outcome) -> None:
    with pytest.raises(Fault) as raised:
        answer(value, FAULTS)
    assert raised.value.reason == reason


@pytest.mark.parametrize(
    ("used", "read"),
    [
        ({"prompt_tokens": 10, "completion_tokens": 2}, Usage(10, 2, 0)),
        ({"prompt_tokens": 10, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 8}}, Usage(10, 2, 8)),
        ({"prompt_tokens": 10, "completion_tokens": 2, "prompt_cache_hit_tokens": 7}, Usage(10, 2, 7)),
        # Reasoning that the server counts apart is paid for, too.
        ({"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 112}, Usage(10, 102, 0)),
        ({"prompt_tokens": None, "completion_tokens": "many"}, None),
        ({"prompt_tokens": 10, "completion_tokens": 2, "prompt_tokens_details": None}, Usage(10, 2, 0)),
        (None, None),
        ([], None),
    ],
)
def test_usage(used: object, read: Usage | None) -> None:
    assert usage({"usage": used}) == read


def test_log_probabilities_of_the_reasoning_are_left_out() -> None:
    places = [{"token": t, "logprob": -0.5} for t in ("<think>", "Hm", "</think>", "Oslo", ".")]
    value = reply("<think>Hm</think>Oslo.")
    value["choices"][0]["logprobs"] = {"content": places}
    assert [place[0] for place in answer(value, FAULTS).logprobs] == [Chance("Oslo", -0.5), Chance(".", -0.5)]


def test_the_token_that_was_written_stands_first_though_it_was_not_the_likeliest() -> None:
    top = [{"token": "b", "logprob": -1.0}, {"token": "a", "logprob": -0.7}, {"token": "no number", "logprob": None}]
    value = reply("b")
    value["choices"][0]["logprobs"] = {"content": [{"token": "b", "logprob": -1.0, "top_logprobs": top}]}
    assert answer(value, FAULTS).logprobs == ((Chance("b", -1.0), Chance("a", -0.7)),)


def test_a_blank_with_alternatives_is_an_answer() -> None:
    value = reply("\n", "length")
    value["choices"][0]["logprobs"] = {"content": [{"token": "\n", "logprob": -0.5, "top_logprobs": []}]}
    assert answer(value, FAULTS).logprobs == ((Chance("\n", -0.5),),)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "message", "content", "logprobs", "usage", "error", "code", "finish_reason", "token",
                 "prompt_tokens", "total_tokens", "top_logprobs", "refusal", "type", "text"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)  # fmt: skip


@given(JSON)
def test_whatever_a_server_sends_is_read_or_a_fault(value: object) -> None:
    try:
        found = payload(json.dumps(value).encode(), FAULTS, NOW)
        usage(found)
        written(found)
        answer(found, FAULTS)
    except Fault:
        pass


@given(st.binary())
def test_whatever_bytes_it_sends(content: bytes) -> None:
    try:
        payload(content, FAULTS, NOW)
    except Fault as fault:
        text = str(fault)
    else:
        text = "read"
    assert text
