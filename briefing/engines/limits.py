"""How many requests at once, and how many requests and tokens a minute."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from briefing.engines.retry import World


class Limits:
    """Lets requests through in the order in which they came. One for a server, shared by all who ask it.

    A minute's share is never passed in any 60 seconds, but by one request at most: a sixth may go out at once, the rest
    is spread. A request with more tokens than a sixth is let through when the bucket is full, and paid back by waiting.
    """

    def __init__(
        self,
        concurrency: int = 8,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
        world: World = World(),  # noqa: B008
    ) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._turn = asyncio.Lock()
        self._world = world
        self._requests = _Bucket(requests_per_minute, world) if requests_per_minute else None
        self._tokens = _Bucket(tokens_per_minute, world) if tokens_per_minute else None
        self._paused_until = float("-inf")

    @asynccontextmanager
    async def slot(self, tokens: int) -> AsyncIterator[None]:
        """Waits until a request of so many tokens, question and answer, may go out; holds its place while it runs."""
        async with self._slots:
            async with self._turn:
                while (wait := self._wait(tokens)) > 0:
                    await self._world.sleep(wait)
                if self._requests:
                    self._requests.take(1)
                if self._tokens:
                    self._tokens.take(tokens)
            yield

    def pause(self, seconds: float) -> None:
        """Lets nothing through for that long; the server asked for it."""
        self._paused_until = max(self._paused_until, self._world.clock() + seconds)

    def give_back(self, tokens: int) -> None:
        """Tokens that were reserved for an answer and not used."""
        if self._tokens:
            self._tokens.take(-tokens)

    def _wait(self, tokens: int) -> float:
        return max(
            self._paused_until - self._world.clock(),
            self._requests.wait(1) if self._requests else 0.0,
            self._tokens.wait(tokens) if self._tokens else 0.0,
        )


class _Bucket:
    """A token bucket: what it holds at once and what flows in during a minute are together the minute's share."""

    def __init__(self, per_minute: float, world: World) -> None:
        self._world = world
        self._most = per_minute / 6
        self._flow = (per_minute - self._most) / 60
        self._level = self._most
        self._at = world.clock()

    def wait(self, amount: float) -> float:
        """Seconds until ``amount`` may be taken."""
        now = self._world.clock()
        self._level = min(self._most, self._level + (now - self._at) * self._flow)
        self._at = now
        missing = min(amount, self._most) - self._level
        # A hair's breadth is rounding, and would be waited for without end.
        return missing / self._flow if missing > self._most * 1e-9 else 0.0

    def take(self, amount: float) -> None:
        self._level = min(self._most, self._level - amount)
