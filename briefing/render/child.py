"""The process of ``worker``: fills templates and writes PDFs that are asked for on standard input."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from briefing.errors import RenderError
from briefing.render.sandbox import Folders, fill
from briefing.render.worker import COUNTS, DONE, MOST_BYTES, REFUSED, SPENT, receive, send

_MEMORY = 1_500_000_000


def main() -> None:
    """Serve until the other side is gone."""
    _limit()
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
