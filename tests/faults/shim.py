"""The library that counts a process's writes and calls over the network, and kills it at one of them."""

from __future__ import annotations

import ctypes
import subprocess
from pathlib import Path
from typing import NamedTuple, Self


class Point(NamedTuple):
    """The ``occurrence``-th time, from 1, that a process does ``operation`` to ``place``: a file's or a peer's name."""

    operation: str
    place: str
    occurrence: int

    def __str__(self) -> str:
        return f"{self.operation} {self.place} {self.occurrence}"

    @classmethod
    def parse(cls, text: str) -> Self:
        operation, place, occurrence = text.split(" ")
        return cls(operation, place, int(occurrence))


def build(folder: Path) -> Path:
    """Compiles the library into ``folder``; to be named by ``LD_PRELOAD``."""
    library = folder / "shim.so"
    source = Path(__file__).with_name("shim.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


def points(trace: str) -> list[Point]:
    """The points of a trace, in the order in which they came."""
    seen: dict[str, int] = {}
    found = []
    for line in trace.splitlines():
        seen[line] = seen.get(line, 0) + 1
        operation, _, place = line.partition(" ")
        # A name that is made up for each process would not be met again.
        if " " not in place:
            found.append(Point(operation, place, seen[line]))
    return found


class Shim:
    """The library in this process, which was started with it."""

    def __init__(self, library: str) -> None:
        self._library = ctypes.CDLL(library)

    def trace(self, descriptor: int) -> None:
        """Writes a line for each call, such as ``fsync briefing.db``."""
        self._library.shim_trace(descriptor)

    def arm(self, point: Point, *, after: bool) -> None:
        """Ends this process with SIGKILL there: before the call, or ``after`` it."""
        operation, place = point.operation.encode(), point.place.encode()
        self._library.shim_arm(operation, place, ctypes.c_long(point.occurrence), int(after))
