"""A run that shows a bar for each stage, where there is a terminal to show it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from briefing.run import PlainRun

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID


class ProgressRun(PlainRun):
    """Draws on standard error; draws nothing when that is not a terminal."""

    def __init__(self, console: Console) -> None:
        # Imported here: a quiet run must not wait for Rich.
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        super().__init__()
        self._progress = Progress(
            TextColumn("{task.description:>8}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._tasks: dict[str, TaskID] = {}

    def begin(self, stage: str, total: int | None) -> None:
        self._tasks[stage] = self._progress.add_task(stage, total=total)

    def advance(self, stage: str) -> None:
        self._progress.advance(self._tasks[stage])

    def end(self, stage: str) -> None:
        task = self._tasks[stage]
        done = self._progress.tasks[task].completed or 1
        self._progress.update(task, total=done, completed=done)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()


def run_for(*, quiet: bool) -> PlainRun:
    """A run with bars, or a plain one when ``quiet`` or when standard error is not a terminal."""
    if quiet:
        return PlainRun()
    from rich.console import Console

    console = Console(stderr=True)
    return ProgressRun(console) if console.is_terminal else PlainRun()
