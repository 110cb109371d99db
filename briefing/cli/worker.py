"""``briefing worker``."""

from __future__ import annotations

import click

from briefing.cli import scheduled
from briefing.cli.start import serve


@click.command("worker")
@scheduled.CONFIG
def command(config: str | None) -> None:
    """Makes and sends what a ``briefing start`` on the same Postgres database has begun; starts nothing itself."""
    serve(config, schedules=False)
