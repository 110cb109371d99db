"""Readers in another process, so that one that hangs or eats the memory is ended and the rest goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from types import TracebackType
from typing import IO

from briefing.errors import SourceError
from briefing.sources import failures
from briefing.sources.raw import Flaw, Raw

_LENGTH = 8


class Bounded:
    """One helper process, started at the first need and again after it had to be ended.

    A context manager: leaving it ends the process. ``seconds`` is the time that one file may take.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Bounded:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, data: bytes, kind: str) -> list[Raw | Flaw]:
        """What the reader of ``kind`` makes of ``data``.

        Raises ``SourceError``: its own, too slow, or damaged when the process died over the file.
        """
        process = self._process or self._start()
        late = threading.Event()

        def kill() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, kill)
        timer.start()
        try:
            requests, answers = process.stdin, process.stdout
            if requests is None or answers is None:
                raise EOFError
            send(requests, kind.encode())
            send(requests, data)
            answer = receive(answers)
        except (OSError, EOFError) as error:
            self._end()
            if late.is_set():
                detail = f"took longer than {self._seconds:g} seconds; split it, or leave it out"
                raise SourceError(failures.TOO_SLOW, detail) from error
            raise SourceError(failures.DAMAGED, "cannot be read: its reader broke down over it") from error
        finally:
            timer.cancel()
        return unpack(answer)

    def _start(self) -> subprocess.Popen[bytes]:
        # A fresh interpreter with this one's search path: it needs no guard in the caller's script, as
        # multiprocessing does, and inherits no threads, as a fork would. -P: a folder of articles that holds a
        # json.py must not have it run.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path)}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "briefing.sources.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was left to write has no reader any more
                    pass


def send(pipe: IO[bytes], data: bytes) -> None:
    """Write one message: its length, then its bytes."""
    pipe.write(len(data).to_bytes(_LENGTH, "big"))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """Read one message. Raises ``EOFError`` when the other side is gone."""
    length = pipe.read(_LENGTH)
    if len(length) < _LENGTH:
        raise EOFError
    size = int.from_bytes(length, "big")
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def pack(items: list[Raw | Flaw] | SourceError) -> bytes:
    """The answer of a reader as JSON."""
    if isinstance(items, SourceError):
        return json.dumps({"reason": items.reason, "detail": items.detail}).encode()
    return json.dumps([{f: getattr(item, f) for f in item.__slots__} for item in items]).encode()


def unpack(answer: bytes) -> list[Raw | Flaw]:
    """The other way; raises the ``SourceError`` that was packed."""
    found = json.loads(answer)
    if isinstance(found, dict):
        raise SourceError(found["reason"], found["detail"])
    return [Flaw(**i) if "reason" in i else Raw(**(i | {"notes": tuple(i["notes"])})) for i in found]
