"""``briefing doctor``."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import cli
from briefing.cli import scheduled
from briefing.config import FILE
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from briefing.doctor import Diagnosis


@click.command("doctor")
@click.argument("edition", required=False, metavar="[EDITION]")
@click.option("--theme", default="default", metavar="NAME", help="The theme to look for.  [default: default]")
@click.option("--smtp", is_flag=True, help="Speak with the mail server instead, without sending anything.")
@scheduled.CONFIG
@scheduled.JSON
def command(edition: str | None, theme: str, smtp: bool, config: str | None, as_json: bool) -> None:
    """Says what is missing on this machine and the line that mends it.

    Looks at libraries, fonts and keys, and where there is a briefing.toml with editions, at the database and whether a
    service runs. With --smtp it tries the server of [smtp] step by step, up to a message, which it does not send.

    Exits with 0 when briefs can be made, or sent, 1 when something that is needed is missing.
    """
    if edition and not smtp:
        raise click.UsageError(f"an edition is looked at with --smtp; type: briefing doctor --smtp {edition}")
    found: list[Diagnosis] = []
    for diagnosis in _mail(config, edition or "") if smtp else _machine(config, theme):
        found.append(diagnosis)
        if not as_json:
            _say(diagnosis)
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(d) for d in found], ensure_ascii=False, indent=1))
    if any(diagnosis.needed and not diagnosis.well for diagnosis in found):
        sys.exit(cli.ERROR)


def _say(diagnosis: Diagnosis) -> None:
    mark = "ok  " if diagnosis.well else ("FAIL" if diagnosis.needed else "note")
    click.echo(f"{mark}  {diagnosis.name}: {cli.one_line(diagnosis.detail)}")
    if not diagnosis.well and diagnosis.mend:
        click.echo(f"      type: {cli.one_line(diagnosis.mend)}")


def _machine(config: str | None, theme: str) -> Iterator[Diagnosis]:
    from briefing.doctor import Diagnosis, examine

    yield from examine(theme)
    if not config and not Path(FILE).exists():
        return
    from briefing.schedule.checkup import examine as examine_plan
    from briefing.schedule.plan import load_plan

    try:
        plan = load_plan(config)
    except ConfigError as error:
        yield Diagnosis("Settings", False, str(error))
        return
    yield from examine_plan(plan, datetime.now(UTC))


def _mail(config: str | None, edition: str) -> Iterator[Diagnosis]:
    from briefing.schedule.checkup import examine_mail
    from briefing.schedule.plan import load_plan

    yield from examine_mail(load_plan(config), datetime.now(UTC), edition)
