"""A model over real HTTP on the loopback address: what each answer and each fault becomes."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest

from briefing.engines.chat import OpenAIChat
from briefing.engines.exchange import Answer, Chance, Prompt
from briefing.engines.meter import Budget, Meter
from briefing.engines.options import ModelOptions
from briefing.engines.outcomes import Outcome
from briefing.engines.retry import Patience, World
from briefing.errors import ConfigError, EngineError
from briefing.testing import Answering, Fault, ModelServer, Reply, Usage, lacking
from tests.worlds import Time

T = TypeVar("T")
SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
GOOD = Reply({"city": "Oslo"})
PLAIN = Prompt("Be brief.", "Where is the fjord?", "write/1")
FORMED = Prompt("Be brief.", "Where is the fjord?", "write/1", schema=SCHEMA)


async def _at_once(seconds: float) -> None:
    await asyncio.sleep(0)


AT_ONCE = World(sleep=_at_once)


def opened(server: ModelServer, **more: Any) -> OpenAIChat:
    options = ModelOptions("fake", server.base_url, **{"timeout": 30.0, **more.pop("options", {})})
    return OpenAIChat("fake", options=options, world=AT_ONCE, **more)


def talk(chat: OpenAIChat, use: Callable[[OpenAIChat], Awaitable[T]]) -> T:
    async def whole() -> T:
        try:
            return await use(chat)
        finally:
            await chat.aclose()

    return asyncio.run(whole())


def asked(chat: OpenAIChat, *prompts: Prompt) -> list[Answer | EngineError]:
    """What each prompt brings, asked one after another."""

    async def each(chat: OpenAIChat) -> list[Answer | EngineError]:
        found: list[Answer | EngineError] = []
        for prompt in prompts:
            try:
                found.append(await chat.ask(prompt))
            except EngineError as e:
                found.append(e)
        return found

    return talk(chat, each)


def error(chat: OpenAIChat, prompt: Prompt = PLAIN) -> EngineError:
    (found,) = asked(chat, prompt)
    assert isinstance(found, EngineError), found
    return found


def test_an_answer_has_the_text_and_what_it_cost() -> None:
    with ModelServer(Reply("Oslo.", usage=Usage(100, 20, 60))) as server:
        chat = opened(server, options={"price_in": 1.0, "price_out": 10.0})
        (answer,) = asked(chat, PLAIN)
    assert isinstance(answer, Answer)
    assert (answer.text, answer.finish, answer.kept) == ("Oslo.", "stop", False)
    assert (answer.cost.calls, answer.cost.tokens_in, answer.cost.tokens_out, answer.cost.tokens_cached) == (
        1,
        100,
        20,
        60,
    )
    assert answer.cost.price == pytest.approx(0.0003)
    assert chat.meter.by_purpose() == {"write": answer.cost}


def test_the_request_is_one_that_servers_know() -> None:
    with ModelServer(GOOD) as server:
        asked(opened(server), FORMED)
        (request,) = server.calls
    assert [m["role"] for m in request.json["messages"]] == ["system", "user"]
    assert request.json["max_tokens"] == FORMED.max_tokens
    assert request.json["temperature"] == 0
    assert request.json["response_format"]["json_schema"]["strict"] is True
    assert request.schema == SCHEMA
    assert "stream" not in request.json


def test_log_probabilities_come_with_the_token_that_was_written_first() -> None:
    prompt = Prompt("", "Is it so?", "judge/1", top_logprobs=2)
    with ModelServer(Reply("no", chances=({"yes": 0.75, "no": 0.25},))) as server:
        (answer,) = asked(opened(server), prompt)
    assert isinstance(answer, Answer)
    assert [chance.token for chance in answer.logprobs[0]] == ["yes", "no"]
    assert isinstance(answer.logprobs[0][0], Chance)


# What is not worth asking again, and what it says to type.
FINAL: dict[str, tuple[Reply, Outcome, bool, str]] = {
    "key": (Fault.key_refused(), Outcome.KEY, True, "key_variable"),
    "model": (Fault.no_model(), Outcome.NO_MODEL, True, "/models"),
    "quota": (Fault.quota_used_up(), Outcome.QUOTA, True, "topped up"),
    "credits": (Fault.error(402, "Insufficient credits"), Outcome.QUOTA, True, "topped up"),
    "path": (Reply(status=404, body=b"404 page not found"), Outcome.NO_MODEL, True, "ends in /v1"),
    "redirect": (Reply(status=307, body=b"", headers={"location": "/x"}), Outcome.NO_MODEL, True, "base_url"),
    "long": (Fault.context_exceeded(), Outcome.TOO_LONG, False, "hold"),
    "large": (Reply(status=413, body=b""), Outcome.TOO_LONG, False, "hold"),
    "filter before": (Fault.prompt_filtered(), Outcome.FILTERED, False, "did not take"),
    "filter after": (Fault.filtered(), Outcome.FILTERED, False, "filter"),
    "refusal": (Fault.refusal(), Outcome.REFUSAL, False, "can't help"),
    "request": (Fault.error(400, "No."), Outcome.REQUEST, False, "HTTP 400"),
    "never implemented": (Reply(status=501, body=b""), Outcome.SERVER, False, "501"),
}


@pytest.mark.parametrize("name", FINAL)
def test_what_would_end_alike_is_asked_once(name: str) -> None:
    reply, outcome, lasting, words = FINAL[name]
    with ModelServer(reply) as server:
        fault = error(opened(server))
        assert len(server.calls) == 1
    assert (fault.reason, fault.lasting) == (outcome, lasting)
    assert words in fault.detail


# What is asked again, and how often in all.
AGAIN: dict[str, tuple[Reply, Outcome, int]] = {
    "408": (Fault.timed_out(), Outcome.TIMEOUT, 4),
    "409": (Fault.error(409, "Conflict"), Outcome.SERVER, 4),
    "425": (Fault.error(425, "Too early"), Outcome.SERVER, 4),
    "429": (Fault.rate_limited(), Outcome.RATE, 4),
    "500": (Fault.server_error(500), Outcome.SERVER, 4),
    "503": (Fault.server_error(503), Outcome.SERVER, 4),
    "dropped": (Fault.dropped(), Outcome.NO_CONNECTION, 3),
    "dropped midway": (Fault.dropped(20), Outcome.NO_CONNECTION, 3),
    "a page": (Fault.not_json(), Outcome.SERVER, 3),
    "half an answer": (Reply(body=b'{"choices": [{"mess'), Outcome.SERVER, 3),
    "a list": (Reply(body=b"[]"), Outcome.SERVER, 3),
    "nothing": (Reply(body=b""), Outcome.SERVER, 3),
    "error in an answer": (Reply(body=b'{"error": {"message": "Overloaded", "code": 503}}'), Outcome.SERVER, 4),
    "empty": (Fault.empty(), Outcome.EMPTY, 2),
    "null": (Fault.no_content(), Outcome.EMPTY, 2),
    "no choices": (Fault.no_choices(), Outcome.EMPTY, 2),
}


@pytest.mark.parametrize("name", AGAIN)
def test_what_may_pass_is_asked_again(name: str) -> None:
    reply, outcome, times = AGAIN[name]
    patience = Patience(tries=4)
    with ModelServer(reply) as server:
        fault = error(opened(server, patience=patience))
        assert len(server.calls) == times
    assert fault.reason == outcome
    with ModelServer(Reply("Oslo.")) as server:
        server.then(reply)
        (answer,) = asked(opened(server, patience=patience), PLAIN)
        assert isinstance(answer, Answer)
        assert answer.text == "Oslo."


@pytest.mark.parametrize("fault", [Fault.drip(0.01), Fault.silent()], ids=["drip", "silent"])
def test_an_answer_that_never_ends_is_given_up(fault: Reply) -> None:
    with ModelServer(fault) as server:
        found = error(opened(server, options={"timeout": 0.4}))
    assert found.reason == Outcome.TIMEOUT
    assert "set timeout" in found.detail


def test_nobody_there() -> None:
    with ModelServer() as server:
        pass
    first, second = asked(opened(server), PLAIN, PLAIN)
    assert isinstance(first, EngineError)
    assert (first.reason, first.lasting) == (Outcome.NO_CONNECTION, True)
    assert "is the server running" in first.detail
    assert server.base_url in first.detail
    assert str(second) == str(first)


def test_a_lasting_fault_ends_the_calls_of_a_run() -> None:
    with ModelServer(Fault.key_refused()) as server:
        found = asked(opened(server), *[PLAIN] * 5)
        assert len(server.calls) == 1
    assert {str(e) for e in found} == {str(found[0])}


def test_a_server_in_trouble_is_left_alone_after_three_calls() -> None:
    with ModelServer(Fault.server_error()) as server:
        found = asked(opened(server, patience=Patience(tries=2)), *[PLAIN] * 5)
        assert len(server.calls) == 6
    assert [isinstance(e, EngineError) and e.lasting for e in found] == [False, False, False, True, True]


def test_refusals_say_nothing_of_the_next_text() -> None:
    with ModelServer(Fault.refusal()) as server:
        asked(opened(server), *[PLAIN] * 5)
        assert len(server.calls) == 5


def test_waits_as_long_as_the_server_asks() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    world = World(sleep=sleep, chance=lambda: 0.0, clock=lambda: sum(slept))
    with ModelServer(Reply("Oslo.")) as server:
        server.then(Fault.rate_limited(7), Fault.rate_limited(2.5, milliseconds=True))
        chat = OpenAIChat("fake", base_url=server.base_url, world=world)
        asked(chat, PLAIN)
        assert len(server.calls) == 3
    assert slept[:1] == [7.0]
    assert sum(slept) >= 9.5


def test_while_the_server_asks_to_wait_nobody_asks() -> None:
    time = Time()

    async def two(chat: OpenAIChat) -> None:
        await asyncio.gather(chat.ask(PLAIN), chat.ask(PLAIN))

    with ModelServer(Reply("Oslo.")) as server:
        server.then(Fault.rate_limited(5))
        options = ModelOptions("fake", server.base_url, concurrency=1)
        talk(OpenAIChat("fake", options=options, world=time.world()), two)
    # Who was refused, and who came after.
    assert time.slept == [5.0, 5.0]


def test_a_wait_longer_than_patience_ends_the_run() -> None:
    with ModelServer(Fault.rate_limited(3600)) as server:
        first, second = asked(opened(server), PLAIN, PLAIN)
        assert len(server.calls) == 1
    assert isinstance(first, EngineError)
    assert isinstance(second, EngineError)
    assert first.lasting
    assert second.lasting
    assert "3600 s" in first.detail


def test_a_cut_answer_is_an_answer() -> None:
    with ModelServer(Fault.cut_off(Reply("Oslo is the capital."))) as server:
        (answer,) = asked(opened(server), PLAIN)
    assert isinstance(answer, Answer)
    assert answer.finish == "length"


def test_reasoning_without_an_answer_gets_more_room() -> None:
    def answer(request: Any) -> Reply:
        return Reply("", finish="length") if request.json["max_tokens"] < 5000 else Reply("<think>Hm.</think>Oslo.")

    with ModelServer(answer) as server:
        chat = opened(server, options={"context": 32_000})
        first, second = asked(chat, PLAIN, PLAIN)
        assert len(server.calls) == 4
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert first.text == second.text == "Oslo."
    assert first.cost.calls == 3


@pytest.mark.parametrize(
    ("feature", "prompt"),
    [
        ("temperature", PLAIN),
        ("max_tokens", PLAIN),
        ("logprobs", Prompt("", "Is it so?", "judge/1", top_logprobs=5)),
        ("json_schema", FORMED),
    ],
)
def test_what_a_server_refuses_is_left_out_from_then_on(feature: str, prompt: Prompt) -> None:
    with ModelServer(lacking(lambda _: GOOD, feature)) as server:
        found = asked(opened(server), prompt, prompt, prompt)
        assert len(server.calls) == 4
    assert all(isinstance(answer, Answer) for answer in found)


def test_without_any_json_mode_the_schema_stands_in_the_prompt() -> None:
    with ModelServer(lacking(lambda _: GOOD, "json_schema", "json_object")) as server:
        asked(opened(server), FORMED)
        first, second, third = server.calls
    assert first.schema == SCHEMA
    assert second.json["response_format"] == {"type": "json_object"}
    assert "response_format" not in third.json
    assert third.system.startswith(FORMED.system)
    assert '"required":["city"]' in third.system


def test_a_schema_that_is_silently_ignored_is_put_into_the_prompt() -> None:
    def answer(request: Any) -> Reply:
        return GOOD if "JSON schema" in request.system else Fault.plain_text()

    with ModelServer(answer) as server:
        found = asked(opened(server), FORMED, FORMED)
        assert len(server.calls) == 3
    assert [isinstance(a, Answer) and a.text for a in found] == [GOOD.text] * 2


def test_a_model_that_never_keeps_to_the_form_is_not_asked_for_ever() -> None:
    with ModelServer(Fault.plain_text()) as server:
        (answer,) = asked(opened(server), FORMED)
        assert len(server.calls) == 2
    assert isinstance(answer, Answer)


def test_a_system_message_that_is_refused_goes_to_the_user() -> None:
    def answer(request: Any) -> Reply:
        return Fault.error(400, "System role not supported") if request.system else Reply("Oslo.")

    with ModelServer(answer) as server:
        asked(opened(server), PLAIN)
        assert server.calls[-1].user.startswith(PLAIN.system)


def test_the_context_that_a_server_names_is_remembered() -> None:
    with ModelServer(Fault.context_exceeded(4096)) as server:
        chat = opened(server)
        assert chat.context > 4096
        error(chat)
        assert chat.context == 4096


def test_a_question_that_cannot_fit_is_not_sent() -> None:
    with ModelServer(GOOD) as server:
        fault = error(opened(server, options={"context": 1000}), PLAIN)
        assert not server.calls
    assert fault.reason == Outcome.TOO_LONG
    assert "set context" in fault.detail


def test_usage_of_bad_answers_is_on_the_meter() -> None:
    with ModelServer(Reply(None, refusal="No.", usage=Usage(50, 5))) as server:
        chat = opened(server)
        error(chat)
    assert (chat.meter.total().tokens_in, chat.meter.total().tokens_out) == (50, 5)


def test_missing_usage_is_estimated() -> None:
    with ModelServer(Fault.without_usage(Reply("Oslo."))) as server:
        chat = opened(server)
        asked(chat, PLAIN)
    assert chat.meter.total().tokens_in > 0
    assert chat.meter.total().tokens_out > 0


def test_counting_never_falls_below_what_came_back() -> None:
    text = "fjord " * 2000
    with ModelServer(Reply("Oslo.", usage=Usage(6000, 3))) as server:
        chat = opened(server, options={"context": 32_000})
        before = chat.count(text)
        asked(chat, Prompt("", text, "write/1"))
    assert before < 5900 < chat.count(text)


def test_a_budget_is_never_passed_and_the_rest_is_refused() -> None:
    prompt = Prompt("", "Where?", "write/1", max_tokens=100)
    meter, budget = Meter(), Budget(0.01)

    async def all_at_once(chat: OpenAIChat) -> list[Answer | BaseException]:
        return await asyncio.gather(*(chat.ask(prompt) for _ in range(40)), return_exceptions=True)

    with ModelServer(Reply("Oslo.", usage=Usage(20, 50))) as server:
        chat = opened(server, budget=budget, meter=meter, options={"price_in": 1.0, "price_out": 10.0})
        found = talk(chat, all_at_once)
        answered = [a for a in found if isinstance(a, Answer)]
        assert len(server.calls) == len(answered)
    # One costs 0.00052 and may cost 0.00106 or so: the last one must fit in whole.
    assert len(answered) in (17, 18)
    assert (meter.total().price or 0) <= 0.01
    refused = [e for e in found if isinstance(e, EngineError)]
    assert {(e.reason, e.lasting) for e in refused} == {(Outcome.BUDGET, True)}


def test_a_budget_needs_prices() -> None:
    options = ModelOptions("nobody-knows-it", "https://models.example/v1", budget=1.0)
    with pytest.raises(ConfigError, match="price_in"):
        OpenAIChat(options.model, options=options)


def test_no_more_at_once_than_allowed() -> None:
    async def all_at_once(chat: OpenAIChat) -> None:
        await asyncio.gather(*(chat.ask(PLAIN) for _ in range(9)))

    with ModelServer(Reply("Oslo.").after(0.02)) as server:
        talk(opened(server, options={"concurrency": 3}), all_at_once)
        assert server.most_at_once <= 3


def test_a_chat_can_be_closed_and_used_again() -> None:
    with ModelServer(Reply("Oslo.")) as server:
        chat = opened(server)
        asked(chat, PLAIN)
        (answer,) = asked(chat, PLAIN)
    assert isinstance(answer, Answer)


CANARY = "sk-canary-7d1f0c55aa"


def _echo(status: int) -> Answering:
    return lambda request: Fault.error(status, f"Bad key: {request.headers.get('authorization')}")


@pytest.mark.parametrize("answer", [*map(_echo, (400, 401, 403, 429, 500)), Fault.dropped(10), Fault.not_json()])
def test_the_key_is_nowhere_to_be_read(answer: Answering | Reply, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with ModelServer(answer) as server:
        chat = opened(server, api_key=CANARY, patience=Patience(tries=2))
        fault = error(chat)
        assert server.calls[0].headers["authorization"] == f"Bearer {CANARY}"
    shown = traceback.TracebackException.from_exception(fault, capture_locals=True)
    for text in (str(fault), repr(fault), "".join(shown.format()), repr(chat), repr(chat.meter.total()), caplog.text):
        assert CANARY not in text
    assert fault.__cause__ is None
    assert fault.__context__ is None


def test_the_library_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, briefing.engines.chat_open; print('openai' in sys.modules, 'genai_prices' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
