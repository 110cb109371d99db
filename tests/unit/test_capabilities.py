"""What models can be asked for, and what a refusal teaches."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.engines.capabilities import UNKNOWN, Capabilities, capabilities, learned
from briefing.engines.chat_count import Counter
from briefing.engines.chat_request import answer_tokens, asked_text, fits, request_body
from briefing.engines.exchange import Prompt
from briefing.engines.options import ModelOptions
from briefing.text import tokens

SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
PROMPT = Prompt("Be brief.", "Where?", "write/1", schema=SCHEMA, max_tokens=500, top_logprobs=5)


def known(model: str, *, local: bool = False, **more: Any) -> Capabilities:
    return capabilities(ModelOptions(model, **more), local=local)


def body(model: str, **more: Any) -> dict[str, Any]:
    return request_body(model, PROMPT, known(model, **more))


@pytest.mark.parametrize("model", ["gpt-5", "gpt-5-mini", "gpt-5.1", "o3", "o4-mini", "openai/gpt-5-nano"])
def test_models_of_openai_that_reason(model: str) -> None:
    asked = body(model)
    assert asked["max_completion_tokens"] > PROMPT.max_tokens
    assert not {"max_tokens", "temperature", "logprobs", "top_logprobs"} & set(asked)
    assert asked["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4o-mini-2024-07-18", "gpt-4.1-nano", "openai/gpt-4.1"])
def test_models_of_openai_that_do_not(model: str) -> None:
    asked = body(model)
    assert asked["max_completion_tokens"] == PROMPT.max_tokens
    assert (asked["temperature"], asked["logprobs"], asked["top_logprobs"]) == (0, True, 5)


@pytest.mark.parametrize("model", ["claude-sonnet-4-5", "anthropic/claude-opus-4.1"])
def test_models_whose_server_ignores_a_schema_have_it_in_the_prompt(model: str) -> None:
    asked = body(model)
    assert "response_format" not in asked
    assert '"required":["city"]' in asked["messages"][0]["content"]


@pytest.mark.parametrize(
    "model",
    [
        "gemini-2.5-flash",
        "qwen3:8b",
        "qwen2.5-coder-1.5b-instruct",
        "meta-llama/Llama-3.1-8B-Instruct",
        "mistral-small",
    ],
)
def test_models_of_others_behind_compatible_servers(model: str) -> None:
    asked = body(model)
    assert asked["max_tokens"] >= PROMPT.max_tokens
    assert asked["temperature"] == 0
    assert asked["response_format"]["type"] == "json_schema"


def test_reasoning_has_room_of_its_own() -> None:
    assert answer_tokens(body("qwen3:8b", context=32_000)) == 500 + 8_000
    assert answer_tokens(body("gpt-5-mini", reasoning_effort="low")) == 500 + 4_000
    assert body("gpt-5-mini", reasoning_effort="low")["reasoning_effort"] == "low"
    # No more than a quarter of what the model holds.
    assert answer_tokens(body("qwen3:8b", context=8_000)) == 500 + 2_000


def test_a_server_on_this_machine_holds_what_it_was_started_with() -> None:
    assert known("llama-3.1-8b").context > known("llama-3.1-8b", local=True).context == UNKNOWN.context
    assert known("llama-3.1-8b", local=True, context=64_000).context == 64_000
    assert known("qwen3:8b", local=True, context=64_000).room > known("qwen3:8b", local=True).room


def test_the_user_knows_better() -> None:
    assert body("claude-sonnet-4-5", json="schema")["response_format"]["type"] == "json_schema"
    assert "response_format" not in body("gpt-4o", json="prompt")
    assert "logprobs" not in body("gpt-4o", logprobs=False)
    assert body("gpt-5", logprobs=True)["logprobs"] is True


# In the words of OpenAI, vLLM, llama.cpp, LM Studio, Mistral, Groq and FastAPI.
LESSONS: list[tuple[str, dict[str, object]]] = [
    (
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        {"token_field": "max_completion_tokens"},
    ),
    ("max_tokens is too large: 8500. This model supports at most 400 completion tokens", {"output": 400}),
    (
        "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1)",
        {"temperature": False},
    ),
    ("`temperature` is deprecated for this model.", {"temperature": False}),
    ("You are not allowed to request logprobs from this model", {"logprobs": 0}),
    ("Invalid value for 'top_logprobs': must be less than or equal to 3.", {"logprobs": 3}),
    ("logprobs is not supported with this model", {"logprobs": 0}),
    ("Invalid parameter: 'response_format' of type 'json_schema' is not supported", {"json": "object"}),
    (
        '[{"type":"extra_forbidden","loc":["body","response_format"],"msg":"Extra inputs are not permitted"}]',
        {"json": "object"},
    ),
    ("Failed to parse grammar", {"json": "object"}),
    ("System role not supported", {"system": False}),
    ("Conversation roles must alternate user/assistant; system messages are not allowed", {"system": False}),
]


@pytest.mark.parametrize(("words", "changed"), LESSONS)
def test_what_a_refusal_teaches(words: str, changed: dict[str, object]) -> None:
    better = learned(UNKNOWN, request_body("m", PROMPT, UNKNOWN), words)
    assert better is not None
    assert {name: getattr(better, name) for name in changed} == changed


def test_what_was_not_sent_is_not_what_is_refused() -> None:
    plain = request_body("m", Prompt("", "Where?", "write/1"), UNKNOWN)
    assert learned(UNKNOWN, plain, "logprobs is not supported") is None
    assert learned(UNKNOWN, plain, "response_format is not supported") is None
    assert learned(UNKNOWN, plain, "Invalid request") is None


@given(st.lists(st.sampled_from([words for words, _ in LESSONS]), min_size=40, max_size=40))
def test_there_are_only_so_many_lessons(refusals: list[str]) -> None:
    now, count = UNKNOWN, 0
    for words in refusals:
        better = learned(now, request_body("m", PROMPT, now), words)
        if better is not None:
            assert better != now
            now, count = better, count + 1
    assert count <= 10


def test_all_that_a_model_reads_is_counted() -> None:
    text = asked_text(body("gpt-4o"))
    assert "Be brief." in text
    assert "Where?" in text
    assert '"city"' in text


@pytest.mark.parametrize(
    ("text", "fitting"),
    [
        ('{"city": "Oslo"}', True),
        ('Sure:\n```json\n{"city": "Oslo"}\n```', True),
        ('{"town": "Oslo"}', False),
        ("Oslo", False),
        ("[1]", False),
        ('{"city": "Os', False),
        ("} {", False),
        ("", False),
    ],
)
def test_the_outer_form_of_an_answer(text: str, fitting: bool) -> None:
    assert fits(text, SCHEMA) is fitting


def test_a_model_without_a_system_message() -> None:
    silent = request_body("m", Prompt("Be brief.", "Where?", "write/1"), Capabilities(system=False))
    assert silent["messages"] == [{"role": "user", "content": "Be brief.\n\nWhere?"}]
    assert request_body("m", Prompt("", "Where?", "write/1"), UNKNOWN)["messages"][0]["role"] == "user"


TEXT = "The council met in Oslo and voted. " * 100


def test_counts_are_on_the_safe_side() -> None:
    ours = tokens.count(TEXT)
    assert Counter(known("gpt-4o")).count(TEXT) in (ours, ours + 1)
    assert Counter(UNKNOWN).count(TEXT) > ours * 1.2
    assert Counter(UNKNOWN).count("") == 0


def test_counts_are_calibrated_by_what_comes_back() -> None:
    ours, counter = tokens.count(TEXT), Counter(UNKNOWN)
    counter.observe(TEXT, round(ours * 1.5))
    assert ours * 1.5 < counter.count(TEXT) < ours * 1.7
    counter.observe(TEXT, ours // 2)
    assert counter.count(TEXT) > ours * 1.5
    low = Counter(UNKNOWN)
    low.observe(TEXT, ours // 2)
    assert ours <= low.count(TEXT) <= ours + 1
    short = Counter(UNKNOWN)
    short.observe("Oslo", 900)
    assert short.count(TEXT) == Counter(UNKNOWN).count(TEXT)
