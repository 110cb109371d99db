"""Asking again: when, how long after, and when no more."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.engines.outcomes import Outcome
from briefing.engines.retry import Circuit, Fault, Patience, asked_wait, persist
from briefing.errors import EngineError
from tests.worlds import Time

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def rate(wait: float | None = None) -> Fault:
    return Fault(Outcome.RATE, "slow down", tries=99, wait=wait)


def tried(faults: list[Fault], patience: Patience, chance: float = 0.0) -> tuple[object, list[float]]:
    """The answer, or the last fault, when as many faults come first; and the waits."""
    time, left = Time(), list(faults)

    async def ask() -> str:
        if left:
            raise left.pop(0)
        return "answer"

    async def whole() -> object:
        try:
            return await persist(ask, patience, time.world(chance))
        except Fault as fault:
            return fault

    return asyncio.run(whole()), time.slept


def test_waits_double_up_to_the_longest() -> None:
    found, slept = tried([rate()] * 5, Patience(tries=9, first=2, longest=10), chance=1.0)
    assert found == "answer"
    assert slept == [2, 4, 8, 10, 10]


def test_chance_spreads_the_waits() -> None:
    assert tried([rate()], Patience(first=2), chance=0.0)[1] == [1.0]
    assert tried([rate(5)], Patience(first=2), chance=0.5)[1] == [5.5]


def test_the_number_of_tries_and_the_time_are_bounded() -> None:
    found, slept = tried([rate()] * 9, Patience(tries=3))
    assert isinstance(found, Fault)
    assert len(slept) == 2
    found, slept = tried([rate(50)] * 9, Patience(tries=9, waiting=120))
    assert isinstance(found, Fault)
    assert slept == [50, 50]


def test_a_wait_beyond_patience_is_not_begun() -> None:
    found, slept = tried([rate(121)], Patience(waiting=120))
    assert isinstance(found, Fault)
    assert slept == []


def test_a_fault_says_how_often_it_is_worth_it() -> None:
    assert tried([Fault(Outcome.REFUSAL, "no")], Patience())[1] == []
    found, slept = tried([Fault(Outcome.EMPTY, "nothing", tries=2)] * 3, Patience())
    assert isinstance(found, Fault)
    assert len(slept) == 1


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 200)), max_size=12),
    st.integers(1, 8),
    st.floats(0, 300),
    st.floats(0, 1),
)
def test_nobody_waits_longer_than_there_is_patience(
    waits: list[float | None], tries: int, waiting: float, chance: float
) -> None:
    _, slept = tried([rate(wait) for wait in waits], Patience(tries=tries, waiting=waiting), chance)
    assert sum(slept) <= waiting * (1 + 1e-9)
    assert len(slept) < tries


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "Wed, 04 Mar 2026 12:00:30 GMT"}, 30),
        ({"retry-after": "Wed, 04 Mar 2026 11:00:00 GMT"}, 0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"x-ratelimit-reset-requests": "1m30s", "x-ratelimit-remaining-requests": "0"}, 90),
        ({"x-ratelimit-reset-tokens": "250ms", "x-ratelimit-remaining-tokens": "0"}, 0.25),
        (
            {
                "x-ratelimit-reset-requests": "1s",
                "x-ratelimit-remaining-requests": "12",
                "x-ratelimit-reset-tokens": "6m0s",
                "x-ratelimit-remaining-tokens": "0",
            },
            360,
        ),
        ({"x-ratelimit-reset-tokens": "2h"}, 7200),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 5)}, 5),
        ({"x-ratelimit-reset": str(int(NOW.timestamp() * 1000) + 5000)}, 5),
        ({"x-ratelimit-reset": "whenever"}, None),
    ],
)
def test_what_the_server_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_wait(headers, NOW) == pytest.approx(seconds)


@given(st.text(), st.sampled_from(["retry-after", "retry-after-ms", "x-ratelimit-reset", "x-ratelimit-reset-tokens"]))
def test_no_header_breaks_the_reading(text: str, name: str) -> None:
    wait = asked_wait({name: text}, NOW)
    assert wait is None or wait >= 0


def test_the_circuit_opens_at_a_lasting_fault() -> None:
    circuit = Circuit()
    circuit.check()
    circuit.failed(Fault(Outcome.KEY, "no", lasting=True))
    with pytest.raises(EngineError) as raised:
        circuit.check()
    assert (raised.value.reason, raised.value.lasting) == (Outcome.KEY, True)


def test_the_circuit_opens_after_a_row_of_failed_calls() -> None:
    circuit = Circuit(most=2)
    circuit.failed(rate())
    circuit.answered()
    circuit.failed(rate())
    circuit.failed(Fault(Outcome.REFUSAL, "no"))
    circuit.check()
    circuit.failed(rate())
    with pytest.raises(EngineError, match="2 calls in a row"):
        circuit.check()
