"""The process of ``worker``: fills templates and writes PDFs that are asked for on standard input."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from briefing.errors import MissingLibrary, RenderError
from briefing.render.sandbox import Folders, fill
from briefing.render.worker import COUNTS, DONE, MISSING, MOST_BYTES, REFUSED, SPENT, receive, send

_MEMORY = 1_500_000_000


def main() -> None:
    """Serve until the other side is gone."""
    # An interrupt at the keyboard reaches the whole group; what it means for this process the other side decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit()
    _end_with_the_other_side()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not mix with the answers
    send(answers, DONE)
    while True:
        try:
            request = receive(sys.stdin.buffer)
        except EOFError:
            return
        try:
            asked = json.loads(request.decode("utf-8", "surrogatepass"))
            _count(asked["seconds"])
            answer = DONE + _answer(asked)
            if len(answer) > MOST_BYTES:
                answer = REFUSED + f"the page is larger than {MOST_BYTES // 1_000_000} MB and was given up".encode()
        except MissingLibrary as error:
            answer = MISSING + str(error).encode("utf-8", "replace")
        except RenderError as error:
            answer = REFUSED + str(error).encode("utf-8", "replace")
        except MemoryError:
            answer = SPENT + f"the theme takes more than {_MEMORY // 1_000_000} MB of memory".encode()
        _count(0)
        send(answers, answer)


def _answer(request: dict[str, Any]) -> bytes:
    if request["job"] == "pdf":
        # Imported here: only a PDF needs WeasyPrint.
        from briefing.render.pdf import write

        return write(**request["given"])
    if request["job"] == "inline":
        from briefing.render.email_inline import inlined

        return inlined(request["html"]).encode()
    named = tuple((known, Path(folder)) for known, folder in request["named"])
    folders = Folders(tuple(map(Path, request["searched"])), named)
    return fill(folders, request["name"], request["context"]).encode("utf-8", "replace")


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


if __name__ == "__main__":
    main()
