"""The process of ``worker``: fills templates and writes PDFs that are asked for on standard input."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from briefing.errors import MissingLibrary, RenderError
from briefing.render.sandbox import Folders, fill
from briefing.render.worker import COUNTS, DONE, MISSING, MOST_BYTES, REFUSED, SPENT, receive, send

_MEMORY = 1_500_000_000


def main() -> None:
    """Serve until the other side is gone. What the arguments name is loaded before the first request."""
    # An interrupt at the keyboard reaches the whole group; what it means for this process the other side decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit()
    _end_with_the_other_side()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not mix with the answers
    for needed in sys.argv[1:]:
        with suppress(MissingLibrary):  # told when a PDF is asked for
            _JOBS[needed]()
    send(answers, DONE)
    while True:
        try:
            request = receive(sys.stdin.buffer)
        except EOFError:
            return
        try:
            asked = json.loads(request.decode("utf-8", "surrogatepass"))
            job = _JOBS[asked.pop("job")]()
            _count(asked.pop("seconds"))
            answer = DONE + job(**asked)
            if len(answer) > MOST_BYTES:
                answer = REFUSED + f"the page is larger than {MOST_BYTES // 1_000_000} MB and was given up".encode()
        except MissingLibrary as error:
            answer = MISSING + str(error).encode("utf-8", "replace")
        except RenderError as error:
            answer = REFUSED + str(error).encode("utf-8", "replace")
        except MemoryError:
            answer = SPENT + f"the page takes more than {_MEMORY // 1_000_000} MB of memory".encode()
        _count(0)
        send(answers, answer)


def _filled(searched: list[str], named: list[list[str]], name: str, context: dict[str, Any]) -> bytes:
    folders = Folders(tuple(map(Path, searched)), tuple((known, Path(folder)) for known, folder in named))
    return fill(folders, name, context).encode("utf-8", "replace")


# Libraries are loaded at the first need of each, before time is counted: only a PDF needs WeasyPrint.
@cache
def _inliner() -> Callable[..., bytes]:
    with _writing_files():
        from briefing.render.email_inline import inlined
    return lambda html: inlined(html).encode()


@cache
def _onlooker() -> Callable[..., bytes]:
    with _writing_files():
        from briefing.render.check_styles import looked_at
    return lambda html, sheets, dark: looked_at(html, sheets, dark).encode()


@cache
def _pdf_writer() -> Callable[..., bytes]:
    with _writing_files():
        from briefing.render.pdf import load, write

        weasyprint, _ = load()
        weasyprint.text.fonts.FontConfiguration()
    return lambda given: write(**given)


_JOBS: dict[str, Callable[[], Callable[..., bytes]]] = {
    "fill": lambda: _filled,
    "inline": _inliner,
    "look": _onlooker,
    "pdf": _pdf_writer,
}


def _end_with_the_other_side() -> None:
    """Ends this process in the middle of its work too, when nobody is left to read the answer."""
    if not hasattr(select, "poll"):  # Windows: it ends when it has done its work
        return
    gone = select.poll()
    # Asked for nothing, poll tells of the end of the other side only.
    gone.register(sys.stdin.fileno(), 0)

    def wait() -> None:
        gone.poll()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def _count(seconds: float) -> None:
    """Has the system end this process after so many seconds of work; 0 is without end."""
    if COUNTS:
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit() -> None:
    """No more memory than a large PDF takes, no files written, and no second process."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


@contextmanager
def _writing_files() -> Iterator[None]:
    """While libraries are loaded, they keep for the next time what took long: compiled modules, the index of fonts."""
    try:
        import resource
    except ImportError:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


if __name__ == "__main__":
    main()
