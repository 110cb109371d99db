"""A clock that only moves when somebody sleeps."""

from __future__ import annotations

import asyncio
import heapq
from datetime import UTC, datetime, timedelta

from briefing.engines.retry import World

START = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Time:
    """Sleepers wake in the order of their time, and the clock jumps to it; ``slept`` has every wait, in order."""

    def __init__(self) -> None:
        self.at = 0.0
        self.slept: list[float] = []
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._waking: asyncio.Task[None] | None = None

    def world(self, chance: float = 0.0) -> World:
        return World(lambda: self.at, lambda: START + timedelta(seconds=self.at), self.sleep, lambda: chance)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.at + seconds, len(self.slept), future))
        if self._waking is None or self._waking.done():
            self._waking = asyncio.create_task(self._wake())
        await future

    async def _wake(self) -> None:
        while self._sleepers:
            # Everybody who can run does so before time goes on.
            for _ in range(20):
                await asyncio.sleep(0)
            self.at, _, future = heapq.heappop(self._sleepers)
            if not future.done():
                future.set_result(None)
