"""The helper process of ``bounded``: reads files sent on standard input, answers on standard output."""

from __future__ import annotations

import os
import sys

from briefing.errors import SourceError
from briefing.sources import failures
from briefing.sources.bounded import pack, receive, send
from briefing.sources.formats import reader
from briefing.sources.raw import Flaw, Raw

_MEMORY = 2 * 1024**3


def main() -> None:
    """Serve until the other side is gone."""
    _limit_memory()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not mix with the answers
    requests = sys.stdin.buffer
    while True:
        try:
            kind, data = receive(requests).decode(), receive(requests)
        except EOFError:
            return
        send(answers, pack(_read(data, kind)))


def _read(data: bytes, kind: str) -> list[Raw | Flaw] | SourceError:
    try:
        return list(reader(kind)(data))
    except SourceError as error:
        return error
    except RecursionError:
        return SourceError(failures.DAMAGED, "is nested too deeply to be read")
    except MemoryError:
        return SourceError(failures.TOO_LARGE, "needs too much memory to be read; split it")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main()
