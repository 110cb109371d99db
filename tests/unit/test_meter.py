"""What was used, what it costs, and the limit to it."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.engines.chat_server import server
from briefing.engines.exchange import Prompt
from briefing.engines.meter import Budget, Meter, purpose
from briefing.engines.options import ModelOptions
from briefing.engines.outcomes import Outcome
from briefing.engines.prices import Prices, need_prices
from briefing.errors import ConfigError, EngineError
from briefing.model import Cost

LOCAL = server("http://127.0.0.1:8000/v1")


def test_the_meter_sums_up_by_purpose() -> None:
    meter = Meter()
    meter.add("write", Cost(calls=1, tokens_in=10, price=0.5))
    meter.add("judge", Cost(calls=1, tokens_in=5, price=0.25))
    meter.add("write", Cost(calls=1, tokens_in=10, price=0.5, saved=1))
    assert meter.by_purpose()["write"] == Cost(calls=2, tokens_in=20, price=1.0, saved=1)
    assert meter.total() == Cost(calls=3, tokens_in=25, price=1.25, saved=1)


def test_a_price_that_is_not_known_leaves_the_sum_unknown() -> None:
    meter = Meter()
    meter.add("write", Cost(calls=1, price=0.5))
    meter.add("write", Cost(calls=1, price=None))
    assert meter.total().price is None


def test_the_purpose_of_a_prompt() -> None:
    assert purpose(Prompt("", "", "write/3")) == "write"


def test_prices_of_the_user_stand_before_all_others() -> None:
    assert Prices("gpt-5-mini", server(), 2.0, 8.0).of(1_000_000, 500_000, 900_000) == 6.0
    assert Prices("any", LOCAL, 1.0, 1.0).of(1_000_000, 0) == 1.0


def test_a_model_on_this_machine_costs_nothing() -> None:
    assert Prices("gpt-5-mini", LOCAL).of(1000, 1000) == 0.0


def test_prices_of_known_models() -> None:
    prices = Prices("gpt-5-mini", server())
    full, cached = prices.of(1_000_000, 0), prices.of(1_000_000, 0, 1_000_000)
    assert full is not None
    assert cached is not None
    assert 0 < cached < full
    assert Prices("gpt-5-mini", server("https://name.openai.azure.com")).known
    assert Prices("openai/gpt-5-mini", server("https://openrouter.ai")).known


@settings(deadline=None)
@given(
    st.sampled_from(["gpt-5-mini", "gpt-4o", "o3", "gpt-4.1", "gpt-5.4"]),
    st.integers(0, 400_000),
    st.integers(0, 50_000),
    st.floats(0, 1),
)
def test_no_call_costs_more_than_its_worst_case(model: str, tokens_in: int, tokens_out: int, share: float) -> None:
    prices = Prices(model, server())
    worst, price = prices.worst(tokens_in, tokens_out), prices.of(tokens_in, tokens_out, round(tokens_in * share))
    assert worst is not None
    assert price is not None
    assert price <= worst * (1 + 1e-9)
    assert worst <= (prices.worst(tokens_in + 100, tokens_out + 100) or 0)


@pytest.mark.parametrize(
    ("model", "url"), [("nobody-knows-it", None), ("gpt-5-mini", "https://gateway.example/v1"), ("", None)]
)
def test_prices_that_are_not_known(model: str, url: str | None) -> None:
    prices = Prices(model, server(url))
    assert prices.of(1000, 1000) is None
    need_prices(Budget(None), prices)
    with pytest.raises(ConfigError, match="set price_in and price_out"):
        need_prices(Budget(1.0), prices)


@settings(deadline=None)
@given(
    limit=st.floats(0, 5),
    calls=st.lists(st.tuples(st.floats(0.001, 1), st.floats(0, 1), st.integers(0, 5)), max_size=40),
    workers=st.integers(1, 8),
)
def test_the_limit_is_never_passed(limit: float, calls: list[tuple[float, float, int]], workers: int) -> None:
    """Each call has a worst case, the share of it that it costs, and how long it takes; some are never settled."""
    budget, left = Budget(limit), list(calls)
    paid = 0.0
    refused: list[tuple[str, bool, bool]] = []

    async def work() -> None:
        nonlocal paid
        while left:
            worst, share, steps = left.pop()
            try:
                async with budget.reserve(worst) as reservation:
                    for _ in range(steps):
                        await asyncio.sleep(0)
                    if steps == 5:
                        # No answer came: it may have been paid in full.
                        paid += worst
                        raise ConnectionError
                    paid += worst * share
                    reservation.settle(worst * share)
            except ConnectionError:
                pass
            except EngineError as e:
                refused.append((e.reason, e.lasting, budget.spent + worst > limit))
            assert paid <= limit * (1 + 1e-9)

    async def whole() -> None:
        await asyncio.gather(*(work() for _ in range(workers)))

    asyncio.run(asyncio.wait_for(whole(), 30))
    assert paid == pytest.approx(budget.spent)
    assert set(refused) <= {(Outcome.BUDGET, True, True)}


def test_a_call_that_is_stopped_counts_in_full() -> None:
    async def whole() -> None:
        budget = Budget(1.0)

        async def stuck() -> None:
            async with budget.reserve(0.75):
                await asyncio.Event().wait()

        task = asyncio.create_task(stuck())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert budget.spent == 0.75
        with pytest.raises(EngineError, match="raise budget"):
            async with budget.reserve(0.5):
                pass

    asyncio.run(whole())


def test_no_limit_needs_no_prices() -> None:
    async def whole() -> None:
        async with Budget(None).reserve(None):
            pass

    asyncio.run(whole())


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"model": " "}, "model is empty"),
        ({"timeout": 0}, "timeout"),
        ({"concurrency": 0}, "concurrency"),
        ({"concurrency": 1.5}, "concurrency"),
        ({"budget": -1}, "budget"),
        ({"budget": float("nan")}, "budget"),
        ({"price_in": 1}, "go together"),
        ({"json": "yaml"}, "json"),
    ],
)
def test_options_refuse_nonsense(settings: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        ModelOptions(**{"model": "m", **settings})  # type: ignore[arg-type]
