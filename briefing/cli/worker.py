"""``briefing worker``."""

from __future__ import annotations

import click

from briefing.cli import scheduled
from briefing.cli.start import CHECK, look, serve


@click.command("worker")
@CHECK
@scheduled.CONFIG
def command(check: bool, config: str | None) -> None:
    """Makes and sends what a ``briefing start`` on the same Postgres database has begun; starts nothing itself."""
    if check:
        look(config, schedules=False)
        return
    serve(config, schedules=False)
