"""A run in this process: each stage a plain call, its seconds noted."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class PlainRun:
    """Implements ``ports.Run``. ``seconds`` holds what each stage took, summed.

    Subclasses that show progress override ``begin``, ``advance`` and ``end``.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def begin(self, stage: str, total: int | None) -> None:
        """A stage starts on ``total`` items, when that is known."""

    def advance(self, stage: str) -> None:
        """One item of the stage is done."""

    def end(self, stage: str) -> None:
        """The stage is done."""

    def step(self, stage: str, fn: Callable[..., R], *args: object) -> R:
        with self._timed(stage, None):
            return fn(*args)

    def each(self, stage: str, fn: Callable[[T], R], items: Iterable[T], total: int | None = None) -> list[R]:
        results: list[R] = []
        with self._timed(stage, total):
            for item in items:
                results.append(fn(item))
                self.advance(stage)
        return results

    async def gather(self, stage: str, fn: Callable[[T], Awaitable[R]], items: Sequence[T]) -> list[R]:
        results: list[R] = []
        with self._timed(stage, len(items)):
            for item in items:
                results.append(await fn(item))
                self.advance(stage)
        return results

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    @contextmanager
    def _timed(self, stage: str, total: int | None) -> Iterator[None]:
        self.begin(stage, total)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - start
            self.end(stage)
