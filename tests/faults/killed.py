"""Kills processes at the steps of making and sending an edition, and prints what became of it: ``make faults``.

python -m tests.faults.killed --points 100      # so many for each mode and database; 0: every one
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import click

from tests.faults.scene import DATABASES, MODES, Outcome, World


class Row(NamedTuple):
    """A line of the table: how many points were tried, in how many a process was killed, and what became of it."""

    mode: str
    database: str
    points: int
    killed: int
    not_reached: int
    lost: int
    twice: int
    uncertain: int
    paid_twice: int
    wrong: int


def row(mode: str, database: str, outcomes: Iterable[Outcome]) -> Row:
    """The sums of ``outcomes``."""
    of = list(outcomes)
    killed = sum(outcome.reached for outcome in of)
    return Row(
        mode,
        database,
        len(of),
        killed,
        len(of) - killed,
        sum(outcome.lost for outcome in of),
        sum(outcome.twice for outcome in of),
        sum(outcome.uncertain for outcome in of),
        sum(outcome.paid_twice for outcome in of),
        sum(not outcome.right for outcome in of),
    )


def table(rows: Iterable[Row]) -> str:
    """The rows with their sums, for people."""
    all_rows = list(rows)
    sums = Row("all", "", *(sum(column) for column in list(zip(*all_rows, strict=True))[2:]))
    cells = [[name.replace("_", " ") for name in Row._fields], *([str(c) for c in r] for r in (*all_rows, sums))]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join("  ".join(f"{c:{w}}" for c, w in zip(line, widths, strict=True)).rstrip() for line in cells)


def _tried(mode: str, database: str, points: int) -> tuple[Row, list[str]]:
    with tempfile.TemporaryDirectory() as folder, World(Path(folder), [database]) as world:
        scene = world.scene(mode, database)
        outcomes = list(scene.try_points(points))
        told = [f"{mode}, {database}: {scene.named(o.point)}: {o}" for o in outcomes if not o.right]
    return row(mode, database, outcomes), told


@click.command(help=__doc__)
@click.option("--points", default=100, show_default=True, help="For each mode and database; 0 for every one.")
@click.option("--at-once", default=2, show_default=True, help="How many scenes side by side.")
@click.option("--mode", "modes", multiple=True, type=click.Choice(list(MODES)), default=list(MODES))
@click.option("--database", "databases", multiple=True, type=click.Choice(DATABASES), default=DATABASES)
def main(points: int, at_once: int, modes: tuple[str, ...], databases: tuple[str, ...]) -> None:
    scenes = [(mode, database) for mode in modes for database in databases]
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn")) as pool:
        done = [pool.submit(_tried, mode, database, points) for mode, database in scenes]
        found = [future.result() for future in done]
    click.echo(table(row for row, _ in found))
    wrong = [line for _, told in found for line in told]
    for line in wrong:
        click.echo(line)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
