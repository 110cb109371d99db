"""A process is killed at a step of making and sending an edition, and started again: nobody twice, nobody lost.

``make faults`` tries more points.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from briefing.editions import EditionState
from briefing.schedule.service import PATIENCE
from briefing.store.store import Store
from tests.desk import NOW
from tests.faults.killed import row, table
from tests.faults.scene import DATABASES, World
from tests.faults.work import KEY
from tests.faults.zygote import ENDED, KILLED

# Of each mode, on each database.
POINTS = {"first run": 4, "run": 8, "deliver": 10, "start": 8, "approve": 3}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("faults")) as made:
        yield made


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("mode", POINTS)
def test_killed_and_started_again(mode: str, database: str, world: World) -> None:
    scene = world.scene(mode, database)
    outcomes = list(scene.try_points(POINTS[mode]))
    counted = row(mode, database, outcomes)
    assert [f"{scene.named(outcome.point)}: {outcome}" for outcome in outcomes if not outcome.right] == []
    assert counted.killed == POINTS[mode], table([counted])
    assert (counted.lost, counted.twice) == (0, 0)
    assert counted.uncertain <= counted.killed


@pytest.mark.parametrize("database", DATABASES)
def test_another_version_of_the_program_goes_on(database: str, world: World) -> None:
    scene = world.scene("run", database)
    outcomes = list(scene.try_points(2, version="99.0"))
    assert [f"{scene.named(outcome.point)}: {outcome}" for outcome in outcomes if not outcome.right] == []
    assert row("run", database, outcomes).killed == 2


@pytest.mark.parametrize("step", ["body", "end", "kept"])
def test_a_mail_server_that_drops_the_connection_besides(step: str, world: World) -> None:
    scene = world.scene("deliver", "sqlite")
    outcomes = list(scene.try_points(3, drop=step))
    assert [f"{scene.named(outcome.point)}: {outcome}" for outcome in outcomes if not outcome.right] == []
    assert row("deliver", "sqlite", outcomes).killed


def test_a_dead_process_that_is_on_no_list(world: World) -> None:
    """As of one that was taken for dead while it slept, woke up, and died."""
    scene = world.scene("run", "postgres")
    found = scene.points()
    with scene.copy() as order:
        killed = world.zygote.do(replace(order, point=str(found[len(found) // 3])))
        with Store(order.database) as store:
            for worker in store.workers.all():
                store.workers.gone(worker.id)
            ended = world.zygote.do(order)
            record = store.editions.get(KEY)
    assert (killed, ended) == (KILLED, ENDED)
    assert record
    assert record.state is EditionState.DONE


def test_a_run_of_another_machine_that_died_is_taken_over_while_it_is_waited_for(world: World) -> None:
    scene = world.scene("run", "postgres")
    found = scene.points()
    with scene.copy() as order:
        killed = world.zygote.do(replace(order, point=str(found[len(found) // 3])))
        # It is not missed when the next process begins, but soon after.
        soon = order.began - PATIENCE.total_seconds() + 3
        with Store(order.database) as store:
            (dead,) = store.workers.all()
            now = NOW + timedelta(seconds=time.monotonic() - order.began)
            store.workers.beat(dead.id, "elsewhere", dead.pid, dead.version, now)
            ended = world.zygote.do(replace(order, began=soon))
            record = store.editions.get(KEY)
    assert (killed, ended) == (KILLED, ENDED)
    assert record
    assert record.state is EditionState.DONE
