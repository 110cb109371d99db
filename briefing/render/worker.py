"""Rendering in another process, so that a theme that hangs or eats the memory is ended and the rest goes on.

The process is started at the first need, kept for the next brief, and started anew after it had to be ended.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import IO, Any

from briefing.errors import RenderError
from briefing.render.sandbox import Folders

_LENGTH = 8
# Seconds are those of the process itself, which a busy machine does not make longer; where the system does not count
# them, and in any case after so many times as many, those of the clock.
COUNTS = hasattr(signal, "setitimer")
COUNTED_BY = signal.SIGPROF if COUNTS else 0
_PATIENCE = 10
# What an answer begins with: the page, what is wrong with the theme, or that too, by a process that is used up.
DONE, REFUSED, SPENT = b"+", b"-", b"!"
# A page of 10,000 sentences is about 10 MB.
MOST_BYTES = 64_000_000
# Our largest sample takes 0.2 s; a hundred pages of PDF take 33 s on a slow machine.
TEMPLATE_SECONDS = 10.0
PDF_SECONDS = 180.0
# What the process needs of the environment: to find itself, fonts, and the words of the system. No keys.
_KEPT = (
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "WEASYPRINT_DLL_DIRECTORIES", "SOURCE_DATE_EPOCH",
)  # fmt: skip


def fill(folders: Folders, name: str, context: Mapping[str, Any], seconds: float = TEMPLATE_SECONDS) -> str:
    """``sandbox.fill`` in the other process. Raises ``RenderError``, for too much time, memory or output as well."""
    request = {
        "job": "fill",
        "searched": [str(folder) for folder in folders.searched],
        "named": [[known, str(folder)] for known, folder in folders.named],
        "name": name,
        "context": context,
    }
    return _worker.ask(request, seconds, f"template {name} of {folders.searched[0]}").decode()


def pdf(given: Mapping[str, str], seconds: float = PDF_SECONDS) -> bytes:
    """``pdf.write(**given)`` in the other process. Raises ``RenderError``, also for too much time, memory or output."""
    request = {"job": "pdf", "given": dict(given)}
    return _worker.ask(request, seconds, f"the PDF of theme {given['theme']!r}")


def inlined(html: str, seconds: float = TEMPLATE_SECONDS) -> str:
    """``email_inline.inlined`` in the other process. Raises ``RenderError``, also for too much time or memory."""
    return _worker.ask({"job": "inline", "html": html}, seconds, "putting email.css into email.html").decode()


class Worker:
    """One process that answers one request at a time. Threads wait for each other."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def ask(self, request: Mapping[str, Any], seconds: float, what: str) -> bytes:
        """The answer to a request. ``what`` names it in the ``RenderError`` of one that took too much."""
        message = json.dumps({**request, "seconds": seconds}, ensure_ascii=False).encode("utf-8", "surrogatepass")
        with self._turn:
            answer = self._exchange(message, seconds, what)
            if answer[:1] == SPENT:
                self.end()
        if answer[:1] != DONE:
            raise RenderError(answer[1:].decode())
        return answer[1:]

    def _exchange(self, message: bytes, seconds: float, what: str) -> bytes:
        late = threading.Event()

        def kill() -> None:
            late.set()
            if self._process:
                self._process.kill()

        timer = threading.Timer(seconds * (_PATIENCE if COUNTS else 1), kill)
        try:
            if self._process is None or self._process.poll() is not None:
                self._start()
            # Counted from here: how long a start takes says nothing of the theme.
            timer.start()
            if self._process is None or self._process.stdin is None or self._process.stdout is None:
                raise EOFError
            send(self._process.stdin, message)
            return receive(self._process.stdout, MOST_BYTES)
        except TooLong as error:
            self.end()
            raise RenderError(f"{what} is larger than {MOST_BYTES // 1_000_000} MB and was given up") from error
        except (OSError, EOFError) as error:
            if self.end() == -COUNTED_BY or late.is_set():
                raise RenderError(f"{what} took longer than {seconds:g} seconds and was ended") from error
            raise RenderError(f"{what}: its process broke down; it takes too much memory, or is too deep") from error
        except BaseException:
            # Interrupted in the middle of an answer, which the next request must not read.
            self.end()
            raise
        finally:
            timer.cancel()

    def _start(self) -> None:
        """Starts the process and waits until it is ready. Raises ``EOFError`` where it cannot be started."""
        self.end()
        # A fresh interpreter with this one's search path: it needs no guard in the caller's script, as
        # multiprocessing does, and inherits neither threads nor memory, as a fork would. -P: a folder that holds a
        # json.py must not have it run.
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(p or os.getcwd() for p in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "briefing.render.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        if self._process.stdout is None or receive(self._process.stdout, MOST_BYTES) != DONE:
            raise EOFError

    def end(self) -> int:
        """Ends the process; the next request starts another. What the process itself ended with, or 0."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        ended = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was left to write has no reader any more
                    pass
        return ended


class TooLong(Exception):
    """A message is longer than its reader takes."""


def send(pipe: IO[bytes], data: bytes) -> None:
    """Write one message: its length, then its bytes."""
    pipe.write(len(data).to_bytes(_LENGTH, "big"))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes], most: int | None = None) -> bytes:
    """Read one message. Raises ``EOFError`` when the other side is gone, ``TooLong`` above ``most`` bytes."""
    length = pipe.read(_LENGTH)
    if len(length) < _LENGTH:
        raise EOFError
    size = int.from_bytes(length, "big")
    if most is not None and size > most:
        raise TooLong
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


_worker = Worker()
atexit.register(_worker.end)
