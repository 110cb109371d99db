"""``briefing start``."""

from __future__ import annotations

import logging
import os

import click

from briefing.cli import scheduled

log = logging.getLogger("briefing")


@click.command("start")
@scheduled.CONFIG
def command(config: str | None) -> None:
    """Runs the service: starts each edition at its time, makes and sends it, until it is told to stop.

    Logs are JSON, one object a line, on standard error. SIGTERM and an interrupt end it between two messages; what is
    under way then goes on at the next start. Several may run on one database.
    """
    serve(config, schedules=True)


def serve(config: str | None, *, schedules: bool) -> None:
    """Runs until it is told to stop."""
    scheduled.log_to_stderr()
    with scheduled.stoppable() as stop, scheduled.opened(config, stop=stop) as office:
        said = {"editions": len(office.plan.editions), "worker": office.presence.id}
        log.info("started", extra=said)
        ended = office.serve(schedules=schedules)
        log.info("stopped" if ended else "stopped; what is under way goes on at the next start", extra=said)
    if not ended:
        # Its threads would keep the process until they are done.
        os._exit(0)
