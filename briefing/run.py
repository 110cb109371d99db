"""A run in this process: each stage a plain call, its seconds noted."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Self, TypeVar

T = TypeVar("T")
U = TypeVar("U")
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

    async def flow(
        self,
        first: tuple[str, Callable[[T], Awaitable[U]]],
        then: tuple[str, Callable[[U], Awaitable[R]]],
        items: Sequence[T],
    ) -> list[R]:
        async def one(item: T) -> R:
            between = await first[1](item)
            self.advance(first[0])
            result = await then[1](between)
            self.advance(then[0])
            return result

        # How many calls of a model run at once is for its transport to say.
        with self._timed(first[0], len(items)), self._timed(then[0], len(items)):
            try:
                async with asyncio.TaskGroup() as group:
                    tasks = [group.create_task(one(item)) for item in items]
            except BaseExceptionGroup as errors:
                # The others were cancelled; callers look for the error itself.
                raise errors.exceptions[0] from None
        return [task.result() for task in tasks]

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
