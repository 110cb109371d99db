"""Rendering in other processes, so that a page that hangs or eats the memory is ended and the rest goes on.

A process is started at the first need, kept for the next brief, and started anew after it had to be ended. It ends with
the one that started it.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO, Any

from briefing.errors import MissingLibrary, RenderError
from briefing.render.sandbox import Folders

_LENGTH = 8
# Seconds are those of the process itself, which a busy machine does not make longer; where the system does not count
# them, and in any case after so many times as many, those of the clock.
COUNTS = hasattr(signal, "setitimer")
COUNTED_BY = signal.SIGPROF if COUNTS else 0
_PATIENCE = 10
# What an answer begins with: the page; what is wrong with the theme; that too, by a process that is used up; or what
# the system lacks.
DONE, REFUSED, SPENT, MISSING = b"+", b"-", b"!", b"?"
# Signals by which a process is ended from outside, or for want of memory. Windows has no such exit codes.
_OUTSIDE = tuple(-getattr(signal, name) for name in ("SIGKILL", "SIGTERM", "SIGHUP") if hasattr(signal, name))
# A page that hangs holds up one thread and not the others; each process may take 1.5 GB.
_MOST_WORKERS = 2
# A page of 10,000 sentences is about 10 MB.
MOST_BYTES = 64_000_000
# Our largest sample takes 0.2 s; a hundred pages of PDF take 33 s on a slow machine.
TEMPLATE_SECONDS = 10.0
# How our pages look is told in 0.1 s.
LOOK_SECONDS = 3.0
PDF_SECONDS = 180.0
# -P: a folder that holds a json.py must not have it run.
_PROGRAM = ("-P", "-m", "briefing.render.child")
COMMAND = f"{sys.executable} {' '.join(_PROGRAM)} </dev/null"
# What the process needs of the environment: to find itself, fonts, and the words of the system. No keys.
_KEPT = (
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "WEASYPRINT_DLL_DIRECTORIES", "SOURCE_DATE_EPOCH",
    "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX",
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
    return _workers.ask(request, seconds, f"template {name} of {folders.searched[0]}").decode()


def pdf(given: Mapping[str, str], seconds: float = PDF_SECONDS) -> bytes:
    """``pdf.write(**given)`` in the other process. Raises ``RenderError``, also for too much time, memory or output."""
    request = {"job": "pdf", "given": dict(given)}
    return _workers.ask(request, seconds, f"the PDF of theme {given['theme']!r}")


def inlined(html: str, seconds: float = TEMPLATE_SECONDS) -> str:
    """``email_inline.inlined`` in the other process. Raises ``RenderError``, also for too much time or memory."""
    return _workers.ask({"job": "inline", "html": html}, seconds, "putting email.css into email.html").decode()


def looked_at(html: str, sheets: Sequence[tuple[str, str]], dark: bool, seconds: float = LOOK_SECONDS) -> str:
    """``check_styles.looked_at`` in the other process. Raises ``RenderError``, also for too much time or memory."""
    request = {"job": "look", "html": html, "sheets": list(sheets), "dark": dark}
    return _workers.ask(request, seconds, "looking at the theme's style sheets").decode()


def prepare_pdfs() -> None:
    """Has a process start and load what PDFs need, which takes a second, while this one does something else."""
    _workers.prepare("pdf")


def pids() -> tuple[int, ...]:
    """The processes that render, for those who watch or measure them."""
    return _workers.pids


class Worker:
    """One process that answers one request at a time; for one thread at a time.

    ``search`` are folders in which it looks for modules before those of this process.
    """

    def __init__(self, search: Sequence[str] = ()) -> None:
        self._search = tuple(search)
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._ready = False

    @property
    def pid(self) -> int | None:
        """The process's number; None before the first request, and after one that had to be ended."""
        return self._process.pid if self._process else None

    def prepare(self, job: str) -> None:
        """Starts the process, unless it runs, and has it load what ``job`` needs; does not wait for it."""
        if not self._runs():
            with suppress(OSError):  # told when something is asked for
                self._start(job)

    def ask(self, request: Mapping[str, Any], seconds: float, what: str) -> bytes:
        """The answer to a request. ``what`` names it in the ``RenderError`` of one that took too much.

        A process that somebody else ended is started anew, once. Raises ``MissingLibrary`` where the system lacks one.
        """
        message = json.dumps({**request, "seconds": seconds}, ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            answer = self._exchange(message, seconds, what)
        except _EndedByOthers:
            answer = self._exchange(message, seconds, what)
        kind, content = answer[:1], answer[1:]
        if kind == DONE:
            return content
        if kind != REFUSED:
            # Its memory is full, or it would not find a library that was installed meanwhile.
            self.end()
        raise (MissingLibrary if kind == MISSING else RenderError)(content.decode())

    def _exchange(self, message: bytes, seconds: float, what: str) -> bytes:
        late = threading.Event()

        def kill() -> None:
            late.set()
            if self._process:
                self._process.kill()

        timer = threading.Timer(seconds * (_PATIENCE if COUNTS else 1), kill)
        try:
            if not self._runs():
                self._start()
            if self._process is None or self._process.stdin is None or self._process.stdout is None:
                raise EOFError
            if not self._ready:
                receive(self._process.stdout, MOST_BYTES)
                self._ready = True
            # Counted from here: how long a start takes says nothing of the theme.
            timer.start()
            send(self._process.stdin, message)
            return receive(self._process.stdout, MOST_BYTES)
        except TooLong as error:
            self.end()
            raise RenderError(f"{what} is larger than {MOST_BYTES // 1_000_000} MB and was given up") from error
        except (OSError, EOFError) as error:
            ended = self.end()
            if ended == -COUNTED_BY or late.is_set():
                raise RenderError(f"{what} took longer than {seconds:g} seconds and was ended") from error
            if ended in _OUTSIDE:
                raise _EndedByOthers(f"{what}: its process was ended by another one, or for want of memory") from error
            if not self._ready:
                raise RenderError(f"{what}: its process does not start; to see why, type: {COMMAND}") from error
            raise RenderError(f"{what}: its process broke down; it takes too much memory, or is too deep") from error
        except BaseException:
            # Interrupted in the middle of an answer, which the next request must not read.
            self.end()
            raise
        finally:
            timer.cancel()

    def _runs(self) -> bool:
        # A process answers the one that started it, not a fork of that.
        return self._process is not None and self._owner == os.getpid() and self._process.poll() is None

    def _start(self, *jobs: str) -> None:
        """Starts the process, which says when it is ready. Raises ``OSError`` where it cannot be started."""
        self.end()
        self._ready = False
        # A fresh interpreter with this one's search path: it needs no guard in the caller's script, as
        # multiprocessing does, and inherits neither threads nor memory, as a fork would.
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join((*self._search, *(p or os.getcwd() for p in sys.path)))
        self._owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, *_PROGRAM, *jobs],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    def end(self) -> int:
        """Ends the process; the next request starts another. What the process itself ended with, or 0."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
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


class Workers:
    """Processes for the threads of this one, at most ``most``. A thread that finds none free waits for one."""

    def __init__(self, most: int = _MOST_WORKERS) -> None:
        self._all = [Worker() for _ in range(most)]
        # Last in, first out: who renders one page after another has one process, which is warm.
        self._free: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in self._all:
            self._free.put(worker)

    def prepare(self, job: str) -> None:
        """``Worker.prepare`` of the process that is asked next; nothing where all are at work."""
        with suppress(queue.Empty):
            worker = self._free.get_nowait()
            try:
                worker.prepare(job)
            finally:
                self._free.put(worker)

    def ask(self, request: Mapping[str, Any], seconds: float, what: str) -> bytes:
        """``Worker.ask`` of a process that is free."""
        worker = self._free.get()
        try:
            return worker.ask(request, seconds, what)
        finally:
            self._free.put(worker)

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the processes that there are."""
        return tuple(worker.pid for worker in self._all if worker.pid)

    def end(self) -> None:
        """Ends all processes; the next request starts another."""
        for worker in self._all:
            worker.end()


class _EndedByOthers(RenderError):
    """The process was ended from outside, which says nothing of what was asked."""


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


_workers = Workers()
atexit.register(_workers.end)
