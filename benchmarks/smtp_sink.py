"""A mail server that takes everything and keeps nothing, in a process of its own, as fast as asyncio can be."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

_END = b"\r\n.\r\n"
_REPLIES = {b"EHLO": b"250-sink\r\n250 8BITMIME\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


class _Client(asyncio.Protocol):
    """One connection. Of a message only its end is looked for."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._buffer, self._in_message = transport, bytearray(), False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while True:
            end = self._buffer.find(_END if self._in_message else b"\r\n")
            if end < 0:
                if self._in_message:
                    # The end may be half there.
                    del self._buffer[: -len(_END) + 1]
                return
            verb = bytes(self._buffer[:4]).upper()
            del self._buffer[: end + (len(_END) if self._in_message else 2)]
            if self._in_message:
                self._transport.write(b"250 taken\r\n")
            else:
                self._transport.write(_REPLIES.get(verb, b"250 ok\r\n"))
            self._in_message = not self._in_message and verb == b"DATA"
            if verb == b"QUIT" and not self._in_message:
                self._transport.close()
                return


@contextmanager
def sink(cores: Collection[int] = ()) -> Iterator[int]:
    """The port of a server on this machine that runs on ``cores``."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, tuple(cores)), daemon=True)
    process.start()
    theirs.close()
    try:
        yield int(ours.recv())
    finally:
        # It ends when nobody holds our end any more.
        ours.close()
        process.join(5)
        process.kill()


def _serve(parent: Connection, cores: tuple[int, ...]) -> None:
    if cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores)

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(_Client, "127.0.0.1", 0)
        parent.send(server.sockets[0].getsockname()[1])
        ended = asyncio.Event()
        loop.add_reader(parent.fileno(), ended.set)
        await ended.wait()

    asyncio.run(serve())
