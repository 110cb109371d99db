"""``briefing start``."""

from __future__ import annotations

import logging
import os

import click

from briefing import cli
from briefing.cli import scheduled

CHECK = click.option("--check", is_flag=True, help="Only say whether one that runs is well.")
log = logging.getLogger("briefing")


@click.command("start")
@CHECK
@scheduled.CONFIG
def command(check: bool, config: str | None) -> None:
    """Runs the service: starts each edition at its time, makes and sends it, until it is told to stop.

    Logs are JSON, one object a line, on standard error. SIGTERM and an interrupt end it between two messages; what is
    under way then goes on at the next start. Several may run on one database.

    With --check it starts nothing: it reads the health file that is set in [service], and exits with 0 where the
    service that writes it is well, else with 1 and the reason.
    """
    if check:
        look(config, schedules=True)
        return
    serve(config, schedules=True)


def look(config: str | None, *, schedules: bool) -> None:
    """Says whether the running service, or worker, is well."""
    from datetime import UTC, datetime

    from briefing.schedule.health import file_of, trouble
    from briefing.schedule.plan import load_plan

    wrong = trouble(file_of(load_plan(config), schedules=schedules), datetime.now(UTC))
    if wrong:
        cli.fail(wrong, cli.ERROR)
    click.echo("well")


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
