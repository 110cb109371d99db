"""How many requests go out, and when."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.engines.limits import Limits
from tests.worlds import Time


class Sent(NamedTuple):
    at: float
    tokens: int
    open: int


def sent(sizes: list[int], concurrency: int = 100, seconds: float = 0.0, **shares: float | None) -> list[Sent]:
    """What goes out when all is asked for at once and each request takes as many ``seconds``."""
    time = Time()
    limits = Limits(concurrency, shares.get("requests"), shares.get("tokens"), time.world())
    out: list[Sent] = []
    running = 0

    async def one(tokens: int) -> None:
        nonlocal running
        async with limits.slot(tokens):
            running += 1
            out.append(Sent(time.at, tokens, running))
            await time.sleep(seconds)
            running -= 1

    async def whole() -> None:
        await asyncio.gather(*map(one, sizes))

    asyncio.run(whole())
    return out


def test_without_limits_all_goes_out_at_once() -> None:
    assert {s.at for s in sent([10] * 5)} == {0.0}


def test_no_more_at_once_than_allowed() -> None:
    out = sent([10] * 9, concurrency=3, seconds=2.0)
    assert max(s.open for s in out) == 3
    assert max(s.at for s in out) == 4.0


def test_they_go_out_in_the_order_in_which_they_came() -> None:
    assert [s.tokens for s in sent([3, 1, 2, 9], requests=60, tokens=600)] == [3, 1, 2, 9]


@settings(deadline=None)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=30), st.floats(0.5, 200), st.floats(100, 5000))
def test_a_minute_has_its_share_and_one_request_at_most(sizes: list[int], requests: float, tokens: float) -> None:
    out = sent(sizes, requests=requests, tokens=tokens)
    assert len(out) == len(sizes)
    for first in out:
        window = [s for s in out if first.at <= s.at < first.at + 60]
        assert len(window) <= requests + 1
        assert sum(s.tokens for s in window) <= (tokens + max(sizes)) * (1 + 1e-6)


def test_a_pause_is_for_everybody() -> None:
    time = Time()
    limits = Limits(world=time.world())
    limits.pause(30)
    limits.pause(10)
    starts: list[float] = []

    async def one() -> None:
        async with limits.slot(1):
            starts.append(time.at)

    async def whole() -> None:
        await asyncio.gather(one(), one(), one())

    asyncio.run(whole())
    assert starts == [30.0] * 3


def test_tokens_that_were_not_used_are_given_back() -> None:
    def third_start(give_back: bool) -> float:
        time = Time()
        limits = Limits(tokens_per_minute=600, world=time.world())

        async def whole() -> None:
            for _ in range(3):
                async with limits.slot(100):
                    if give_back:
                        limits.give_back(90)

        asyncio.run(whole())
        return time.at

    assert third_start(True) < third_start(False)


def test_a_cancelled_request_leaves_its_place() -> None:
    async def whole() -> None:
        limits = Limits(concurrency=1)

        async def stuck() -> None:
            async with limits.slot(1):
                await asyncio.Event().wait()

        task = asyncio.create_task(stuck())
        await asyncio.sleep(0)
        task.cancel()
        async with asyncio.timeout(5), limits.slot(1):
            pass

    asyncio.run(whole())
