"""The fake model server, over real HTTP."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import httpx2
import pytest
from openai import APIConnectionError, APIStatusError, AsyncOpenAI, OpenAI

from briefing.testing import Answering, Fault, ModelServer, Pace, Reply, Request, Usage, lacking

GOOD = Reply({"headline": "The council of Ostrand voted"})


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(GOOD) as running:
        yield running


def ask(server: ModelServer, timeout: float = 5, **more: Any) -> httpx2.Response:
    body = {"model": "m", "messages": [{"role": "system", "content": "rules"}, {"role": "user", "content": "Ärger"}]}
    with httpx2.Client(timeout=timeout) as client:
        return client.post(f"{server.base_url}/chat/completions", json=body | more, headers={"X-Test": "1"})


def ask_once(answer: Answering) -> None:
    with ModelServer(answer) as server, suppress(httpx2.RemoteProtocolError):
        ask(server)


def said(response: httpx2.Response) -> Any:
    return response.json()["choices"][0]["message"]["content"]


def test_every_request_is_recorded(server: ModelServer) -> None:
    ask(server, temperature=0)
    (call,) = server.calls
    assert (call.method, call.path) == ("POST", "/v1/chat/completions")
    assert call.headers["x-test"] == "1"
    assert call.json["temperature"] == 0
    assert (call.system, call.user, call.schema) == ("rules", "Ärger", None)


def test_the_schema_of_a_request_is_at_hand(server: ModelServer) -> None:
    schema = {"type": "object", "properties": {}}
    ask(server, response_format={"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}})
    assert server.calls[0].schema == schema


def test_queued_replies_come_first(server: ModelServer) -> None:
    server.then(Reply("one"), lambda request: Reply(request.user))
    assert [said(ask(server)) for _ in range(3)] == ["one", "Ärger", GOOD.text]


def test_usage_is_counted_given_or_left_out(server: ModelServer) -> None:
    counted = ask(server).json()["usage"]
    assert counted["prompt_tokens"] > 0
    assert counted["completion_tokens"] > 0
    given = ask(server.then(Reply("x", usage=Usage(1000, 5, 800)))).json()["usage"]
    assert given["total_tokens"] == 1005
    assert given["prompt_tokens_details"] == {"cached_tokens": 800}
    assert "usage" not in ask(server.then(Fault.without_usage(GOOD))).json()


def test_log_probabilities_come_when_they_are_wanted(server: ModelServer) -> None:
    server.then(Reply.yes(0.2), Reply.yes(0.2))
    assert ask(server).json()["choices"][0]["logprobs"] is None
    (token,) = ask(server, logprobs=True, top_logprobs=5).json()["choices"][0]["logprobs"]["content"]
    assert token["token"] == "no"
    assert {t["token"]: round(math.exp(t["logprob"]), 6) for t in token["top_logprobs"]} == {"no": 0.8, "yes": 0.2}


def test_without_given_chances_each_token_is_certain(server: ModelServer) -> None:
    tokens = ask(server, logprobs=True, top_logprobs=2).json()["choices"][0]["logprobs"]["content"]
    assert "".join(t["token"] for t in tokens) == GOOD.text
    assert {t["logprob"] for t in tokens} == {0.0}


def test_models_are_listed(server: ModelServer) -> None:
    assert [m.id for m in OpenAI(base_url=server.base_url, api_key="any").models.list()] == ["fake"]
    assert not server.calls
    assert httpx2.get(f"{server.base_url}/nothing").status_code == 404


def test_a_key_is_asked_for_where_there_is_one() -> None:
    with ModelServer(GOOD, key="secret") as server:
        assert ask(server).status_code == 401
        client = OpenAI(base_url=server.base_url, api_key="secret")
        answer = client.chat.completions.create(model="m", messages=[{"role": "user", "content": "hello"}])
        assert answer.choices[0].message.content == GOOD.text


def test_streams_are_refused(server: ModelServer) -> None:
    assert ask(server, stream=True).status_code == 400


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (Fault.key_refused(), 401, "invalid_api_key"),
        (Fault.no_model(), 404, "model_not_found"),
        (Fault.timed_out(), 408, None),
        (Fault.rate_limited(), 429, "rate_limit_exceeded"),
        (Fault.quota_used_up(), 429, "insufficient_quota"),
        (Fault.prompt_filtered(), 400, "content_filter"),
        (Fault.unsupported("logprobs"), 400, "unsupported_parameter"),
        (Fault.context_exceeded(), 400, "context_length_exceeded"),
    ],
)
def test_errors_have_the_shape_of_the_api(server: ModelServer, fault: Reply, status: int, code: str | None) -> None:
    client = OpenAI(base_url=server.then(fault).base_url, api_key="any", max_retries=0)
    with pytest.raises(APIStatusError) as caught:
        client.chat.completions.create(model="m", messages=[])
    assert (caught.value.status_code, caught.value.code) == (status, code)


def test_the_time_to_come_back_is_told_in_three_ways(server: ModelServer) -> None:
    server.then(Fault.rate_limited(2.5), Fault.rate_limited(2.5, milliseconds=True), Fault.rate_limited(at=0))
    assert ask(server).headers["retry-after"] == "2.5"
    assert ask(server).headers["retry-after-ms"] == "2500"
    assert ask(server).headers["retry-after"] == "Thu, 01 Jan 1970 00:00:00 GMT"


def test_a_machine_in_between_answers_with_a_page(server: ModelServer) -> None:
    for fault, status in ((Fault.server_error(502), 502), (Fault.not_json(), 200)):
        response = ask(server.then(fault))
        assert response.status_code == status
        assert response.headers["content-type"] == "text/html"
        with pytest.raises(json.JSONDecodeError):
            response.json()


@pytest.mark.parametrize("after", [None, 0, 30])
def test_connections_are_dropped_before_and_in_the_body(server: ModelServer, after: int | None) -> None:
    client = OpenAI(base_url=server.then(Fault.dropped(after)).base_url, api_key="any", max_retries=0)
    with pytest.raises(APIConnectionError):
        client.chat.completions.create(model="m", messages=[])
    assert said(ask(server)) == GOOD.text


def test_a_drip_never_ends_though_every_read_succeeds(server: ModelServer) -> None:
    async def patiently() -> None:
        async with AsyncOpenAI(base_url=server.base_url, api_key="any", max_retries=0, timeout=0.3) as client:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.chat.completions.create(model="m", messages=[]), 0.8)

    server.then(Fault.drip(0.02))
    asyncio.run(patiently())


def test_a_silent_server_does_not_hold_up_the_others_or_the_end() -> None:
    with ModelServer(GOOD) as server:
        with pytest.raises(httpx2.ReadTimeout):
            ask(server.then(Fault.silent()), timeout=0.2)
        assert said(ask(server)) == GOOD.text
        with ThreadPoolExecutor(1) as pool:
            hanging = pool.submit(ask, server.then(Fault.silent()))
            while len(server.calls) < 3:
                time.sleep(0.01)
            server.close()
            assert isinstance(hanging.exception(), httpx2.RemoteProtocolError)


def test_answers_take_their_time() -> None:
    with ModelServer(Reply("x", usage=Usage(1, 10)), pace=Pace(first=0.1, rate=100)) as server:
        start = time.monotonic()
        ask(server)
        assert time.monotonic() - start >= 0.2
        start = time.monotonic()
        ask(server.then(Reply("x").after(0.3)))
        assert time.monotonic() - start >= 0.3


def test_requests_at_once_are_counted_and_wait_for_a_slot() -> None:
    with ModelServer(GOOD, pace=Pace(first=0.1), slots=2) as server, ThreadPoolExecutor(4) as pool:
        start = time.monotonic()
        assert {r.status_code for r in pool.map(lambda _: ask(server), range(4))} == {200}
        assert time.monotonic() - start >= 0.2
        assert 2 <= server.most_at_once <= 4


def test_a_server_can_lack_features() -> None:
    with ModelServer(lacking(lambda request: GOOD, "json_schema", "logprobs")) as server:
        assert ask(server, logprobs=True).status_code == 400
        assert ask(server, response_format={"type": "json_schema"}).json()["error"]["param"] == "response_format"
        assert ask(server, response_format={"type": "json_object"}).status_code == 200


def test_an_answer_can_go_wrong_in_every_way() -> None:
    asked = Request("POST", "/v1/chat/completions", {}, {})

    def choice(reply: Reply) -> Any:
        return reply.completion(asked)["choices"][0]

    assert choice(Fault.fenced(GOOD))["message"]["content"].startswith("```json\n{")
    assert GOOD.text in choice(Fault.with_prose(GOOD))["message"]["content"]
    assert GOOD.text.startswith(choice(Fault.truncated(GOOD))["message"]["content"])
    assert choice(Fault.cut_off(GOOD))["finish_reason"] == "length"
    assert choice(Fault.empty())["message"]["content"] == ""
    assert choice(Fault.no_content())["message"]["content"] is None
    assert choice(Fault.refusal())["message"]["refusal"]
    assert choice(Fault.filtered())["finish_reason"] == "content_filter"
    assert choice(Fault.repetition())["finish_reason"] == "length"
    assert json.loads(Fault.no_choices().body or b"")["choices"] == []


def test_an_error_of_the_test_itself_is_not_lost() -> None:
    def broken(request: Request) -> Reply:
        raise ValueError("no such passage")

    with pytest.raises(ValueError, match="no such passage"):
        ask_once(broken)
