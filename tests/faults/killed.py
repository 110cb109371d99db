"""Kills processes at the steps of making and sending an edition, and prints what became of it: ``make faults``.

python -m tests.faults.killed --points 100      # so many for each mode and database; 0: every one
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Sequence
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


class Trial(NamedTuple):
    """So many points of a mode on a database (0: all), with a drop of the mail server or another version besides."""

    mode: str
    database: str
    points: int
    drop: str = ""
    version: str = ""

    def __str__(self) -> str:
        return self.mode + (f", drop at {self.drop}" if self.drop else "") + (", upgraded" if self.version else "")


def trials(points: int, modes: Sequence[str], databases: Sequence[str]) -> list[Trial]:
    """All that is tried; with drops and other versions a fifth of the points."""
    some = points // 5
    found = [Trial(mode, database, points) for mode in modes for database in databases]
    if some and "deliver" in modes:
        found += [Trial("deliver", d, some, drop=step) for step in ("body", "end", "kept") for d in databases]
    if some and "run" in modes:
        found += [Trial("run", database, some, version="99.0") for database in databases]
    return found


def tried(trial: Trial) -> tuple[Row, list[str]]:
    """What became of it, and what went wrong."""
    with tempfile.TemporaryDirectory() as folder, World(Path(folder), [trial.database]) as world:
        scene = world.scene(trial.mode, trial.database)
        outcomes = list(scene.try_points(trial.points, drop=trial.drop, version=trial.version))
        told = [f"{trial}, {trial.database}: {scene.named(o.point)}: {o}" for o in outcomes if not o.right]
    return row(str(trial), trial.database, outcomes), told


@click.command(help=__doc__)
@click.option("--points", default=100, show_default=True, help="For each mode and database; 0 for every one.")
@click.option("--at-once", default=2, show_default=True, help="How many trials side by side.")
@click.option("--mode", "modes", multiple=True, type=click.Choice(list(MODES)), default=list(MODES))
@click.option("--database", "databases", multiple=True, type=click.Choice(DATABASES), default=DATABASES)
def main(points: int, at_once: int, modes: tuple[str, ...], databases: tuple[str, ...]) -> None:
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn")) as pool:
        found = []
        for counted, told in pool.map(tried, trials(points, modes, databases)):
            click.echo(f"{counted.mode}, {counted.database}: {counted.killed} killed, {counted.wrong} wrong", err=True)
            found.append((counted, told))
    click.echo(table(counted for counted, _ in found))
    wrong = [line for _, told in found for line in told]
    for line in wrong:
        click.echo(line)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
