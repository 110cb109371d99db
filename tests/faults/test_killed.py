"""A process is killed at a step of making and sending an edition, and started again: nobody twice, nobody lost.

``make faults`` tries more points.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.killed import row, table
from tests.faults.scene import DATABASES, MODES, World

# Of each mode and database.
POINTS = 8


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("faults")) as made:
        yield made


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("mode", MODES)
def test_killed_and_started_again(mode: str, database: str, world: World) -> None:
    scene = world.scene(mode, database)
    outcomes = list(scene.try_points(POINTS))
    counted = row(mode, database, outcomes)
    assert [f"{scene.named(outcome.point)}: {outcome}" for outcome in outcomes if not outcome.right] == []
    assert counted.killed >= POINTS, table([counted])
    assert (counted.lost, counted.twice) == (0, 0)
    assert counted.uncertain <= counted.killed
