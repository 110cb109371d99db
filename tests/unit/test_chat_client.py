"""Errors of the libraries that carry a request stop at the client."""

from __future__ import annotations

import asyncio
import inspect
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx2
import openai
import pytest

from briefing.engines.chat_client import Client
from briefing.engines.chat_faults import Faults, named_context
from briefing.engines.chat_server import Key, server
from briefing.engines.outcomes import REASONS, Outcome
from briefing.engines.retry import Fault

FAULTS = Faults("m", server("https://api.example/v1"), Key("sk-secret", "A_KEY"))
REQUEST = httpx2.Request("POST", "https://api.example/v1/chat/completions")


def fault(handle: Callable[[httpx2.Request], httpx2.Response], most: int = 1_000_000) -> Fault:
    async def sent() -> None:
        client = Client(FAULTS, timeout=5, most=most, transport=httpx2.MockTransport(handle))
        try:
            await client.send({"model": "m", "messages": [{"role": "user", "content": "Where?"}], "max_tokens": 5})
        finally:
            await client.aclose()

    with pytest.raises(Fault) as raised:
        asyncio.run(sent())
    return raised.value


def _raising(error: Exception) -> Callable[[httpx2.Request], httpx2.Response]:
    def handle(request: httpx2.Request) -> httpx2.Response:
        raise error

    return handle


def _errors_of_the_transport() -> Iterator[Exception]:
    for _, kind in inspect.getmembers(httpx2, inspect.isclass):
        if issubclass(kind, httpx2.RequestError):
            yield kind("broken")
        elif issubclass(kind, httpx2.HTTPStatusError):
            yield kind("broken", request=REQUEST, response=httpx2.Response(500, request=REQUEST))
        elif kind in (httpx2.InvalidURL, httpx2.HTTPError):
            yield kind("broken")
        elif kind is httpx2.StreamError:
            yield httpx2.StreamError("broken")
        elif issubclass(kind, httpx2.StreamError):
            yield kind()  # type: ignore[call-arg]


def _errors_of_the_library() -> Iterator[Exception]:
    response = httpx2.Response(418, request=REQUEST)
    for _, kind in inspect.getmembers(openai, inspect.isclass):
        if not issubclass(kind, openai.OpenAIError):
            continue
        if issubclass(kind, openai.OAuthError):
            yield kind(response=response, body=None)
        elif issubclass(kind, openai.APIStatusError):
            yield kind("broken", response=response, body=None)
        elif issubclass(kind, openai.APITimeoutError):
            yield kind(REQUEST)
        elif issubclass(kind, openai.APIConnectionError):
            yield kind(request=REQUEST)
        elif issubclass(kind, openai.APIResponseValidationError):
            yield kind(response, None)
        elif issubclass(kind, openai.APIError):
            yield kind("broken", REQUEST, body=None)
        elif kind is openai.OpenAIError:
            yield kind("broken")


@pytest.mark.parametrize(
    "error",
    [*_errors_of_the_transport(), *_errors_of_the_library(), OSError("broken"), ssl.SSLError("broken"), TimeoutError()],
    ids=lambda e: type(e).__name__,
)
def test_every_foreign_error_becomes_ours(error: Exception) -> None:
    found = fault(_raising(error))
    assert found.reason in REASONS
    assert found.__cause__ is None
    assert found.__context__ is None


STATUSES = (*range(300, 309), *range(400, 432), 451, *range(500, 512), 520, 524, 529, 599)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b'{"error": "no"}', b'{"error": {}}', b"\xff<html>"])
def test_every_status_becomes_ours(body: bytes) -> None:
    for status in STATUSES:
        found = FAULTS.of_status(status, body.decode("utf-8", "replace"), {}, datetime.now(UTC))
        assert found.reason in REASONS
        assert "api.example" in found.detail


def test_a_body_without_end_is_not_read_to_its_end() -> None:
    read: list[int] = []

    async def endless() -> object:
        while True:
            read.append(1)
            yield b" " * 300

    class Endless(httpx2.AsyncByteStream):
        def __aiter__(self) -> object:  # type: ignore[override]
            return endless()

    for status in (200, 500):
        read.clear()
        found = fault(lambda _, status=status: httpx2.Response(status, stream=Endless()), 1000)  # type: ignore[misc]
        assert found.reason == Outcome.SERVER
        assert len(read) == 4


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (400, '{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key."}}', Outcome.KEY),
        (400, '[{"error": {"code": 400, "message": "API key not valid."}}]', Outcome.KEY),
        (403, '{"error": {"message": "Your input was flagged by moderation"}}', Outcome.FILTERED),
        (403, "<html><title>Blocked</title></html>", Outcome.REQUEST),
        (404, '{"error": {"message": "No endpoints found for m"}}', Outcome.NO_MODEL),
        (403, '{"error": {"message": "Country not supported"}}', Outcome.KEY),
        (404, '{"error": {"message": "model \\"m\\" not found, try pulling it first"}}', Outcome.NO_MODEL),
        (404, '{"error": {"code": "DeploymentNotFound", "message": "no such deployment"}}', Outcome.NO_MODEL),
        (400, '{"error": {"message": "m is not a valid model ID", "code": 400}}', Outcome.NO_MODEL),
        (
            400,
            '{"error": {"message": "request (9000 tokens) exceeds the available context size (4096 tokens), try '
            'increasing it", "type": "exceed_context_size_error", "n_ctx": 4096}}',
            Outcome.TOO_LONG,
        ),
        (429, '{"error": {"message": "Request too large for m on tokens per min"}}', Outcome.TOO_LONG),
        (429, '{"error": {"message": "Slow down", "code": "rate_limit_exceeded"}}', Outcome.RATE),
        (400, '{"error": {"message": "Billing hard limit reached", "code": "billing_hard_limit"}}', Outcome.QUOTA),
    ],
)
def test_what_servers_say(status: int, body: str, reason: Outcome) -> None:
    assert fault(lambda _: httpx2.Response(status, text=body)).reason == reason


def test_what_a_server_says_is_quoted_short_on_one_line_and_without_the_key() -> None:
    said = FAULTS.said("You sent\nsk-secret \x1b[31m" + "x" * 1000)
    assert "sk-secret" not in said
    assert said.isprintable()
    assert len(said) == 300


@pytest.mark.parametrize(
    ("words", "context"),
    [
        ("This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.", 8192),
        ('{"error": {"n_prompt_tokens": 9000, "n_ctx": 4096}}', 4096),
        ("request (9000 tokens) exceeds the available context size (4096 tokens), try increasing it", 4096),
        ("prompt is too long", None),
    ],
)
def test_the_context_that_is_named(words: str, context: int | None) -> None:
    assert named_context(words) == context
