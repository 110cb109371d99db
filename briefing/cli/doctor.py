"""``briefing doctor``."""

from __future__ import annotations

import sys

import click

from briefing import cli


@click.command("doctor")
@click.option("--theme", default="default", metavar="NAME", help="The theme to look for.  [default: default]")
def command(theme: str) -> None:
    """Says what is missing on this machine and the line that mends it.

    Exits with 0 when briefs can be made, 1 when something that is needed is missing.
    """
    from briefing.doctor import examine

    sick = False
    for diagnosis in examine(theme):
        mark = "ok  " if diagnosis.well else ("FAIL" if diagnosis.needed else "note")
        click.echo(f"{mark}  {diagnosis.name}: {diagnosis.detail}")
        if not diagnosis.well and diagnosis.mend:
            click.echo(f"      type: {diagnosis.mend}")
        sick |= diagnosis.needed and not diagnosis.well
    if sick:
        sys.exit(cli.ERROR)
