"""Runs: plain, and with progress."""

from __future__ import annotations

import asyncio
import io

import pytest
from rich.console import Console

from briefing.cli.progress import ProgressRun, run_for
from briefing.run import PlainRun


async def _double(n: int) -> int:
    return 2 * n


@pytest.mark.parametrize("run", [PlainRun(), ProgressRun(Console(file=io.StringIO(), force_terminal=True))])
def test_results_keep_the_order_of_the_items(run: PlainRun) -> None:
    with run:
        assert run.step("select", sum, [1, 2, 3]) == 6
        assert run.each("clean", str, iter([3, 1, 2])) == ["3", "1", "2"]
        assert run.each("clean", str, [], 0) == []
        assert asyncio.run(run.flow(("write", _double), ("verify", _double), [3, 1, 2])) == [12, 4, 8]
    assert set(run.seconds) == {"select", "clean", "write", "verify"}
    assert all(seconds >= 0 for seconds in run.seconds.values())


def test_an_error_of_a_stage_propagates_and_its_time_is_kept() -> None:
    run = PlainRun()
    with pytest.raises(ZeroDivisionError):
        run.each("clean", lambda n: 1 / n, [1, 0])
    assert "clean" in run.seconds


def test_an_item_need_not_wait_for_the_others_between_two_stages() -> None:
    order: list[str] = []

    async def write(n: int) -> int:
        await asyncio.sleep(0 if n == 1 else 0.05)
        order.append(f"write {n}")
        return n

    async def verify(n: int) -> int:
        order.append(f"verify {n}")
        return n

    asyncio.run(PlainRun().flow(("write", write), ("verify", verify), [2, 1]))
    assert order == ["write 1", "verify 1", "write 2", "verify 2"]


def test_an_error_in_a_flow_propagates_as_itself() -> None:
    async def fail(n: int) -> int:
        raise ZeroDivisionError(n)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(PlainRun().flow(("write", _double), ("verify", fail), [1, 2]))


def test_each_stage_has_a_bar_on_a_terminal() -> None:
    screen = io.StringIO()
    with ProgressRun(Console(file=screen, force_terminal=True, width=80)) as run:
        run.each("clean", str, [1, 2], 2)
    assert "clean" in screen.getvalue()
    assert "2/2" in screen.getvalue()


def test_no_bar_without_a_terminal_or_when_quiet() -> None:
    # pytest captures standard error, so it is no terminal here.
    assert type(run_for(quiet=False)) is PlainRun
    assert type(run_for(quiet=True)) is PlainRun
