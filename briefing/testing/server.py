"""A fake server of the OpenAI API: real HTTP on loopback, in a thread of this process."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any, Self

from briefing.testing.faults import Fault
from briefing.testing.replies import Answering, Pace, Reply, Request
from briefing.text.tokens import count

_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 405: "Method Not Allowed",
            408: "Request Timeout", 429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
            503: "Service Unavailable"}  # fmt: skip
_CHAT = "/v1/chat/completions"


class ModelServer:
    """Answers ``/v1/chat/completions`` (not streamed) and ``/v1/models`` while the ``with`` block runs.

        with ModelServer(Reply({"headline": "..."})) as server:
            AsyncOpenAI(base_url=server.base_url, api_key="any", max_retries=0)

    ``answer`` is a reply, or a function of the request; it answers whenever the queue that ``then`` fills is empty.
    Functions are called in the server's thread, one at a time; an error in one is raised when the block is left.
    ``pace`` is how slowly the model answers, ``slots``
    how many requests it works on at once (the others wait), ``key`` the API key without which it answers 401.
    ``requests`` are all requests so far, in the order in which they arrived; ``most_at_once`` how many chat requests
    were open at the same time.
    """

    def __init__(
        self,
        answer: Answering | Reply | None = None,
        *,
        models: Sequence[str] = ("fake",),
        pace: Pace | None = None,
        slots: int = 1000,
        key: str | None = None,
    ) -> None:
        self.answer = answer if answer is not None else Reply("")
        self.models = tuple(models)
        self.pace = pace or Pace()
        self.key = key
        self.requests: list[Request] = []
        self.most_at_once = 0
        self._slots = slots
        self._open = 0
        self._error: Exception | None = None
        self._queue: deque[Reply | Answering] = deque()
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._port: Future[int] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="model server", daemon=True)

    @property
    def base_url(self) -> str:
        """The address that clients are given: ``http://127.0.0.1:PORT/v1``."""
        return f"http://127.0.0.1:{self._port.result(timeout=30)}/v1"

    @property
    def calls(self) -> tuple[Request, ...]:
        """The chat requests so far."""
        return tuple(r for r in tuple(self.requests) if r.path == _CHAT)

    def then(self, *replies: Reply | Answering) -> Self:
        """The next requests get these replies, one each; after them ``answer`` answers again."""
        self._queue.extend(replies)
        return self

    def __enter__(self) -> Self:
        # Reading the tokenizer's tables takes a second, which would count as the first answer's.
        count("")
        self._thread.start()
        self._port.result(timeout=30)
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
        if self._error and error[0] is None:
            raise self._error

    def close(self) -> None:
        """Closes the connections, those in the middle of an answer too; once is enough."""
        if self._loop and self._stop and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(timeout=30)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._free = asyncio.Semaphore(self._slots)
        connections: set[asyncio.Task[None]] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task
            connections.add(task)
            try:
                await self._talk(reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                # Clients that give up are what the tests are about.
                pass
            except Exception as e:
                self._error = self._error or e
            finally:
                connections.discard(task)
                writer.close()

        try:
            server = await asyncio.start_server(connected, "127.0.0.1", 0)
        except OSError as e:
            self._port.set_exception(e)
            return
        self._port.set_result(server.sockets[0].getsockname()[1])
        await self._stop.wait()
        server.close()
        for task in tuple(connections):
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """All requests of one connection, one after another."""
        while request := await _read(reader):
            self.requests.append(request)
            if not await self._respond(request, reader, writer):
                return

    async def _respond(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """False when the connection is to be closed."""
        if request.path != _CHAT:
            return await _send(writer, self._other(request), b"")
        self._open += 1
        self.most_at_once = max(self.most_at_once, self._open)
        try:
            async with self._free:
                reply, body = self._chat(request)
                await _unless_gone(reader, self._seconds(reply, request))
                return await _send(writer, reply, body)
        finally:
            self._open -= 1

    def _chat(self, request: Request) -> tuple[Reply, bytes]:
        if self.key and request.headers.get("authorization") != f"Bearer {self.key}":
            reply = Fault.key_refused()
        elif request.json.get("stream"):
            reply = Fault.unsupported("stream")
        else:
            given = self._queue.popleft() if self._queue else self.answer
            reply = given if isinstance(given, Reply) else given(request)
        return reply, b"" if reply.body is not None else _encoded(reply.completion(request))

    def _seconds(self, reply: Reply, request: Request) -> float:
        pace = reply.pace or self.pace
        usage = reply.counted(request) if reply.body is None else None
        return pace.first + (usage.tokens_out / pace.rate if usage else 0.0)

    def _other(self, request: Request) -> Reply:
        if request.path == "/v1/models":
            listed = [{"id": m, "object": "model", "created": 0, "owned_by": "briefing"} for m in self.models]
            return Reply(body=_encoded({"object": "list", "data": listed}))
        return Fault.error(404, f"Unknown request URL: {request.method} {request.path}.")


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


async def _unless_gone(reader: asyncio.StreamReader, seconds: float) -> None:
    """Waits, but not for a client that has closed the connection: its slot is free again."""
    end = asyncio.get_running_loop().time() + seconds
    while (left := end - asyncio.get_running_loop().time()) > 0:
        if reader.at_eof():
            raise ConnectionResetError
        await asyncio.sleep(min(left, 0.05))


async def _read(reader: asyncio.StreamReader) -> Request | None:
    """The next request, or None when the client has closed the connection."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except asyncio.IncompleteReadError:
        return None
    method, target, _ = head[0].split(" ", 2)
    lines = (line.partition(":") for line in head[1:] if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, target.partition("?")[0], headers, json.loads(body) if body else {})


async def _send(writer: asyncio.StreamWriter, reply: Reply, completion: bytes) -> bool:
    """False when the connection is to be closed."""
    if reply.cut is not None and reply.cut < 0:
        return False
    body = completion if reply.body is None else reply.body
    endless = reply.drip is not None
    length = len(body) + (1_000_000_000 if endless else 0)
    headers = {"content-type": "application/json", **reply.headers, "content-length": str(length)}
    lines = [
        f"HTTP/1.1 {reply.status} {_REASONS.get(reply.status, 'Status')}",
        *(f"{k}: {v}" for k, v in headers.items()),
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
    if reply.cut is not None:
        writer.write(body[: reply.cut])
        await writer.drain()
        return False
    if reply.drip is not None:
        await _drip(writer, reply.drip)
    writer.write(body)
    await writer.drain()
    return True


async def _drip(writer: asyncio.StreamWriter, seconds: float) -> None:
    while True:
        # White space may stand before a JSON value, so no reader can tell that nothing will follow.
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(seconds)
