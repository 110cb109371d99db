"""A model in this process, with the tiny model: that it answers whom it should, and that nothing of it stays behind."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.engines.local import LocalServer, serve
from briefing.engines.outcomes import Outcome
from briefing.errors import EngineError
from tests.tiny_model import tiny_model


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with serve(tiny_model(), context=1024, threads=1) as server:
        yield server


def ask(server: LocalServer, key: str, max_tokens: int = 3, **more: object) -> tuple[int, Any]:
    question = {"messages": [{"role": "user", "content": "Is snow cold? Yes or no."}], "max_tokens": max_tokens, **more}
    connection = http.client.HTTPConnection(server.base_url.split("/")[2], timeout=120)
    try:
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        connection.request("POST", "/v1/chat/completions", json.dumps(question), headers)
        response = connection.getresponse()
        return response.status, json.load(response)
    finally:
        connection.close()


def is_open(base_url: str) -> bool:
    host, port = base_url.split("/")[2].split(":")
    with socket.socket() as s:
        return s.connect_ex((host, int(port))) == 0


def memory() -> int:
    """What the process holds, in MB."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") // 10**6


def test_it_answers_on_loopback_who_has_the_key(server: LocalServer) -> None:
    assert server.base_url.startswith("http://127.0.0.1:")
    status, reply = ask(server, server.key, logprobs=True, top_logprobs=2)
    assert status == 200
    assert reply["model"] == server.model
    # Three were asked for at most; a model may end before.
    assert 1 <= reply["usage"]["completion_tokens"] <= 3
    assert len(reply["choices"][0]["logprobs"]["content"][0]["top_logprobs"]) == 2
    assert ask(server, "wrong")[0] == 401
    assert ask(server, "")[0] == 401
    assert server.key not in repr(server)


def test_an_answer_has_the_form_of_a_schema(server: LocalServer) -> None:
    schema = {
        "type": "object",
        "properties": {"cold": {"enum": ["yes", "no"]}},
        "required": ["cold"],
        "additionalProperties": False,
    }
    form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, "strict": True}}
    _, reply = ask(server, server.key, max_tokens=40, response_format=form)
    assert json.loads(reply["choices"][0]["message"]["content"])["cold"] in ("yes", "no")


def test_the_context_is_bounded_by_the_models_own() -> None:
    with serve(tiny_model(), context=10**7, threads=1) as server:
        assert server.context == 8192


def test_two_models_at_once_and_what_closing_leaves(server: LocalServer) -> None:
    with serve(tiny_model(), context=512, threads=1) as other:
        assert other.base_url != server.base_url
        assert other.key != server.key
        assert ask(other, server.key)[0] == 401
        assert ask(other, other.key)[0] == 200
    assert not is_open(other.base_url)
    assert ask(server, server.key)[0] == 200
    other.close()
    server.close()
    assert not is_open(server.base_url)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is told on Linux only")
def test_memory_is_given_back() -> None:
    path, held = tiny_model(), []
    for _ in range(4):
        with serve(path, context=4096, threads=1):
            loaded = memory()
        held.append(memory())
    # The weights alone are 98 MB, the context is another 90. What the library itself takes stays.
    assert loaded - held[-1] > 150
    assert held[-1] - held[1] < 50


def test_closing_waits_for_an_answer_that_is_under_way(server: LocalServer) -> None:
    replies: list[tuple[int, Any]] = []
    asking = threading.Thread(target=lambda: replies.append(ask(server, server.key, 40, ignore_eos=True)))
    asking.start()
    while not replies and not busy(server):
        pass
    server.close()
    asking.join()
    assert [status for status, _ in replies] == [200]


def busy(server: LocalServer) -> bool:
    connection = http.client.HTTPConnection(server.base_url.split("/")[2], timeout=60)
    try:
        connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {server.key}"})
        return b"\nllamacpp:requests_processing 1" in connection.getresponse().read()
    finally:
        connection.close()


def test_a_damaged_model_is_told_with_the_librarys_reason(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(tiny_model().read_bytes()[:5_000_000])
    with pytest.raises(EngineError, match=r"cannot be loaded: .*data is not within the file bounds") as raised:
        serve(path)
    assert (raised.value.reason, raised.value.lasting) == (Outcome.NO_MODEL, True)
    sys.stderr.write("still there")
    assert capfd.readouterr() == ("", "still there")


PROGRAM = """
import asyncio, sys
from pathlib import Path
from briefing.engines.chat import OpenAIChat
from briefing.engines.exchange import Prompt
from briefing.engines.local import serve

async def main(server):
    chat = OpenAIChat(server.model, base_url=server.base_url, api_key=server.key)
    asking = asyncio.create_task(chat.ask(Prompt("", "Tell a very long story.", "test/1", max_tokens=2000)))
    await asyncio.sleep(1)
    print(server.base_url, flush=True)
    try:
        await (asking if sys.argv[2] == "ask" else asyncio.sleep(0))
    finally:
        await chat.aclose()

server = serve(Path(sys.argv[1]), threads=1)
if sys.argv[2] == "leave":
    print(server.base_url, flush=True)
else:
    asyncio.run(main(server))
"""


def program(kind: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(tiny_model()), kind]
    # A test run in the background ignores interrupts, and its children would, too.
    heed = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heed)


def test_it_ends_with_the_process_and_says_nothing_on_the_terminal() -> None:
    process = program("leave")
    out, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    assert not is_open(out.strip())


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda s: s.name)
def test_it_ends_with_a_process_that_is_stopped_while_it_asks(by: signal.Signals) -> None:
    process = program("ask")
    assert process.stdout is not None
    base_url = process.stdout.readline().strip()
    assert is_open(base_url)
    process.send_signal(by)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == -by
    assert not is_open(base_url)
    assert [line for line in errors.splitlines() if line.startswith("KeyboardInterrupt")] == (
        ["KeyboardInterrupt"] if by is signal.SIGINT else []
    )
    assert "llama" not in errors
